package org.healthbeam.core.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RegionsTest {
  private static final Comparator<Region> ORDER =
      Comparator.comparingLong(Region::start)
          .thenComparingLong(Region::end)
          .thenComparing(Region::name);

  @Test
  void windowsBeginAtTheFirstBase() {
    assertEquals(List.of(new Region("1", 0, 10, "")), containing(Regions.windows(10), "1", 10));
    assertEquals(List.of(new Region("1", 10, 20, "")), containing(Regions.windows(10), "1", 11));
    assertEquals(List.of(new Region("1", 0, 10, "")), containing(Regions.windows(10), "1", 0));
  }

  @Test
  void widthsHaveAUnit() {
    assertEquals(1_000_000, Regions.widthOf("1mb"));
    assertEquals(50_000, Regions.widthOf("50KB"));
    assertEquals(500, Regions.widthOf("500bp"));
    assertEquals(-1, Regions.widthOf("500"));
    assertEquals(-1, Regions.widthOf("0mb"));
    assertEquals(-1, Regions.widthOf("genes.bed"));
  }

  @Test
  void aWidthOutOfRangeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Regions.windows(0));
  }

  @Property
  void listedRegionsAreFoundAsByLookingAtEach(
      @ForAll("regions") List<Region> regions, @ForAll @IntRange(min = 0, max = 40) int pos) {
    List<Region> expected =
        regions.stream()
            .distinct()
            .filter(r -> r.contig().equals("1") && r.start() < pos && pos <= r.end())
            .sorted(ORDER)
            .toList();
    assertEquals(expected, containing(Regions.of(regions), "1", pos));
  }

  @Provide
  Arbitrary<List<Region>> regions() {
    return Combinators.combine(
            Arbitraries.of("1", "2"),
            Arbitraries.integers().between(0, 30),
            Arbitraries.integers().between(0, 12),
            Arbitraries.of("", "a"))
        .as((contig, start, length, name) -> new Region(contig, start, start + length, name))
        .list()
        .ofMaxSize(25);
  }

  private static List<Region> containing(Regions regions, String contig, int pos) {
    List<Region> found = new ArrayList<>();
    regions.containing(contig, pos, found::add);
    found.sort(ORDER);
    return found;
  }
}
