package org.healthbeam.pipelines.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.healthbeam.io.table.TsvLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run wrote is read back as it was. */
class TsvTableTest {
  private static final List<String> COLUMNS = List.of("text", "count", "number", "last");

  @TempDir Path folder;

  @Test
  void readsWhatTsvLineWrote() throws Exception {
    Random random = new Random(7);
    List<String> texts = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    List<Double> numbers = new ArrayList<>();
    TsvLine lines = new TsvLine();
    COLUMNS.forEach(lines::add);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      // One in a thousand is longer than what is read at once.
      int length = i % 1_000 == 0 ? 200_000 : random.nextInt(12);
      while (text.length() < length) {
        text.append(
            List.of("a", "\t", "\n", "\r", "\\", "é", "\u65e5", "0").get(random.nextInt(8)));
      }
      texts.add(text.toString());
      counts.add(random.nextLong() >>> random.nextInt(1, 64));
      numbers.add(random.nextInt(4) == 0 ? Double.NaN : random.nextDouble());
      lines.next();
      lines.add(texts.get(i)).add(counts.get(i)).add(numbers.get(i)).add("end");
    }
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    lines.next().writeTo(plain);
    for (boolean gzip : new boolean[] {false, true}) {
      Path file = folder.resolve("table-" + gzip + ".tsv");
      try (OutputStream raw = Files.newOutputStream(file);
          OutputStream out = gzip ? new GZIPOutputStream(raw) : raw) {
        out.write(plain.toByteArray());
      }
      List<String> readTexts = new ArrayList<>();
      List<Long> readCounts = new ArrayList<>();
      List<Double> readNumbers = new ArrayList<>();
      long n =
          TsvTable.forEach(
              file,
              row -> {
                // In another order than they stand in.
                readNumbers.add(row.number("number"));
                readTexts.add(row.text("text"));
                assertEquals("end", row.text("last"));
                assertEquals("", row.text("absent"));
                // Beyond 15 digits it is a number like others.
                readCounts.add(row.count("count"));
              });
      assertEquals(5_000, n);
      assertEquals(texts, readTexts);
      assertEquals(numbers, readNumbers);
      for (int i = 0; i < counts.size(); i++) {
        long count = counts.get(i);
        assertEquals(count < 1e15 ? count : Math.round((double) count), readCounts.get(i));
      }
    }
  }

  @Test
  void readsLinesOfOtherSystemsAndShortOnes() throws Exception {
    Path file = folder.resolve("short.tsv");
    Files.write(file, "a\tb\tc\r\n1\t2\t3\r\n\r\n4\n\t5".getBytes(StandardCharsets.UTF_8));
    List<String> rows = new ArrayList<>();
    long n =
        TsvTable.forEach(
            file, row -> rows.add(row.count("c") + "," + row.text("a") + "," + row.number("b")));
    assertEquals(3, n);
    assertEquals(List.of("3,1,2.0", "0,4,NaN", "0,,5.0"), rows);
  }

  @Test
  void anEmptyFileHasNoRows() throws Exception {
    assertEquals(0, TsvTable.forEach(Files.createFile(folder.resolve("empty.tsv")), row -> {}));
    assertEquals(0, TsvTable.forEach(folder.resolve("absent.tsv"), row -> {}));
  }
}
