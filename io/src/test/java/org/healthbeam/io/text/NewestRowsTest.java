package org.healthbeam.io.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewestRowsTest {
  private static final String HEADER = "key\tvalue\tother\trevision\tgone\n";

  @TempDir private Path folder;

  private List<String> joined(long bucket) throws IOException {
    Path file = folder.resolve("rows.tsv");
    new NewestRows(bucket, folder + "/rows", ".tsv", 0, 2).join("key\tvalue\tother", file + "");
    List<String> lines = Files.readAllLines(file);
    assertEquals("key\tvalue\tother", lines.get(0));
    try (Stream<Path> left = Files.list(folder.resolve("rows"))) {
      assertEquals(List.of(), left.toList());
    }
    return lines.subList(1, lines.size()).stream().sorted().toList();
  }

  private void part(int number, String rows) throws IOException {
    Files.createDirectories(folder.resolve("rows"));
    Files.writeString(folder.resolve("rows/part-0000000%d.tsv".formatted(number)), HEADER + rows);
  }

  @Test
  void theGreatestRevisionHoldsWhereverItStandsAndWhatIsGoneIsNotThere() throws IOException {
    part(0, "a\tnew\tx\t12\tfalse\nb\told\tx\t1\tfalse\nc\tback\t\t3\tfalse\n");
    part(1, "a\told\tx\t9\tfalse\nb\t\tx\t2\ttrue\nc\t\t\t2\ttrue\na\tother\ty\t1\tfalse\n");
    assertEquals(List.of("a\tnew\tx", "a\tother\ty", "c\tback\t"), joined(1 << 20));
  }

  @Test
  void whatDoesNotFitIntoMemoryIsSpreadByKey() throws IOException {
    Random random = new Random(3);
    Map<String, String> newest = new TreeMap<>();
    Map<String, Integer> revisions = new TreeMap<>();
    for (int number = 0; number < 5; number++) {
      StringBuilder rows = new StringBuilder();
      for (int i = 0; i < 300; i++) {
        String key = "k" + random.nextInt(100);
        String other = random.nextBoolean() ? "x" : "";
        int revision = revisions.merge(key + other, 1, Integer::sum);
        boolean gone = random.nextInt(5) == 0;
        String cells = key + "\t" + i + "\t" + other;
        rows.append(cells).append('\t').append(revision).append('\t').append(gone).append('\n');
        newest.put(key + other, gone ? "" : cells);
      }
      part(number, rows.toString());
    }
    List<String> expected = new ArrayList<>(newest.values());
    expected.removeIf(String::isEmpty);
    assertEquals(expected.stream().sorted().toList(), joined(1000));
  }

  @Test
  void noPartIsNoRow() throws IOException {
    Files.createDirectories(folder.resolve("rows"));
    assertEquals(List.of(), joined(1000));
  }
}
