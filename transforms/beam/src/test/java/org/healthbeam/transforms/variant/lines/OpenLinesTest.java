package org.healthbeam.transforms.variant.lines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;
import org.healthbeam.core.variant.Region;
import org.junit.jupiter.api.Test;

class OpenLinesTest {
  private static final Region ONE = new Region("chr1", 1, 10, "one");
  private static final Region TWO = new Region("chr1", 20, 30, "two");

  /** Notes what is opened and closed. */
  private static final class Noted implements LineSource<String, Void> {
    private static final long serialVersionUID = 1L;
    private final transient List<String> notes = new ArrayList<>();

    @Override
    public Opened<String, Void> open(@Nullable List<Region> wanted) {
      String name = wanted == null ? "all" : wanted.stream().map(Region::name).toList().toString();
      notes.add("open " + name);
      return new Opened<>() {
        @Override
        @Nullable
        public Void read(String part, LineSource.Blocks blocks) {
          return null;
        }

        @Override
        public void close() {
          notes.add("close " + name);
        }
      };
    }
  }

  @Test
  void anInstanceThatSeesOtherRegionsReadsThose() {
    Noted source = new Noted();
    OpenLines<String, Void> lines = new OpenLines<>(source, null);
    LineSource.Opened<String, Void> first = lines.of(List.of(ONE));
    assertSame(first, lines.of(List.of(ONE)), "of the next element in the window");
    assertNotSame(first, lines.of(List.of(ONE, TWO)));
    lines.close();
    lines.close();
    assertEquals(
        List.of("open [one]", "close [one]", "open [one, two]", "close [one, two]"), source.notes);
  }

  @Test
  void withoutRegionsItIsOpenedOnce() {
    Noted source = new Noted();
    OpenLines<String, Void> lines = new OpenLines<>(source, null);
    assertSame(lines.of((List<Region>) null), lines.of((List<Region>) null));
    lines.close();
    lines.of((List<Region>) null);
    assertEquals(List.of("open all", "close all", "open all"), source.notes);
  }
}
