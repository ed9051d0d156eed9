package org.healthbeam.io.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritePartitionsTest {
  private static final Columns COLUMNS = Columns.none().whole("n").text("key").time("at");
  private static final PartitionBy BY_KEY = PartitionBy.column(COLUMNS, "key");

  @TempDir Path folder;

  private String table() {
    return folder.resolve("out/table.avro").toString();
  }

  private static String line(long n, String key) {
    return new TsvLine().add(n).add(key).add("2026-11-20T23:59:59Z").toString();
  }

  /** Returns the numbers in the file of each folder. */
  private Map<String, List<Long>> written() throws IOException {
    Map<String, List<Long>> found = new TreeMap<>();
    try (Stream<Path> files = Files.walk(Path.of(table()))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertEquals("part-00000.avro", file.getFileName().toString());
        List<Long> numbers = new ArrayList<>();
        try (DataFileReader<GenericRecord> rows =
            new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
          rows.forEach(row -> numbers.add((long) row.get("n")));
        }
        numbers.sort(null);
        found.put(file.getParent().getFileName().toString(), numbers);
      }
    }
    return found;
  }

  private List<String> besides() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void write(List<String> lines) {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    pipeline
        .apply(Create.of(lines).withCoder(StringUtf8Coder.of()))
        .apply("Write", WritePartitions.ofLines(table(), BY_KEY));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void linesGoToTheFoldersOfTheirValuesAndOnlyTheMarkIsLeftBeside() throws Exception {
    write(List.of(line(1, "a/b"), line(2, "") + "\n" + line(3, "a/b"), line(4, "\t\\")));
    assertEquals(
        Map.of(
            "key=a%2Fb",
            List.of(1L, 3L),
            "key=__HIVE_DEFAULT_PARTITION__",
            List.of(2L),
            "key=%09%5C",
            List.of(4L)),
        written());
    assertEquals(List.of(".temp-beam-done-table.avro", "table.avro"), besides());
  }

  @Test
  void withoutALineThereIsAFileThatHasTheColumns() throws Exception {
    write(List.of());
    assertEquals(Map.of("key=__HIVE_DEFAULT_PARTITION__", List.of()), written());
    assertEquals(List.of(".temp-beam-done-table.avro", "table.avro"), besides());
  }

  private List<String> parts(String temporary, int keys, int rows) throws IOException {
    try (TableParts<String> parts =
        TableParts.begin("avro", temporary, COLUMNS, BY_KEY, new TsvRows(COLUMNS))) {
      for (int i = 0; i < rows; i++) {
        parts.add(line(i, "k" + i % keys));
      }
      return parts.finish();
    }
  }

  @Test
  void rowsTurnByTurnOfMoreFoldersThanMayBeOpenAreAllThere() throws Exception {
    String temporary = folder.resolve("out/.temp-beam-parts-table.avro-0/").toString() + "/";
    int keys = PartitionParts.OPEN + 1;
    List<String> names = new ArrayList<>(parts(temporary, keys, 3 * keys));
    assertEquals(3 * keys, names.size(), "each row ended a file");
    names.addAll(parts(temporary, PartitionParts.OPEN, PartitionParts.OPEN * 10));
    assertEquals(3 * keys + PartitionParts.OPEN, names.size());
    List<String> many = parts(temporary, 2, PartitionParts.ROWS + 10);
    assertTrue(
        many.size() > 2 && many.size() < 10, "rows that are held have a bound: " + many.size());
    names.addAll(many);
    names.addAll(parts(temporary, 1, 10));

    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    PCollection<String> all = pipeline.apply(Create.of(names).withCoder(StringUtf8Coder.of()));
    all.apply("Write", WritePartitions.ofParts(table(), BY_KEY, temporary));
    pipeline.run().waitUntilFinish();
    Map<String, List<Long>> written = written();
    assertEquals(keys, written.size());
    assertEquals(
        3 * keys + PartitionParts.OPEN * 10 + PartitionParts.ROWS + 10 + 10,
        written.values().stream().mapToInt(List::size).sum());
    assertEquals(List.of(64L, 129L, 194L), written.get("key=k64"));
    assertEquals(List.of(".temp-beam-done-table.avro", "table.avro"), besides());
  }

  @Test
  void aBundleThatFailedLeavesNoFileOpen() throws Exception {
    TableParts<String> parts =
        TableParts.begin("avro", folder + "/", COLUMNS, BY_KEY, new TsvRows(COLUMNS));
    parts.add(line(1, "a"));
    assertThrows(RuntimeException.class, () -> parts.add("no number\ta\t"));
    parts.close();
    assertEquals(List.of(), parts.finish());
  }

  @Test
  void foldersAreNamedAsHiveDoes() {
    assertEquals("key=HLA%2A01%3A01", BY_KEY.folder("HLA*01:01"));
    assertEquals(
        "key=%7Bx%7D%5By%5D%3F%25%27%22%23%5E%3D%0A%7F", BY_KEY.folder("{x}[y]?%'\"#^=\n\u007f"));
    assertEquals("key=é ~+&.", BY_KEY.folder("é ~+&."));
    assertEquals("key=" + PartitionBy.NOTHING, BY_KEY.folder(null));
    PartitionBy byDay = PartitionBy.dayOf(COLUMNS, "at");
    assertEquals("day=2026-11-20", byDay.folder("2026-11-20T23:59:59.999Z"));
    assertEquals("day=" + PartitionBy.NOTHING, byDay.folder(""));
    assertEquals(COLUMNS, byDay.inFiles());
    assertEquals(List.of("n", "at"), BY_KEY.inFiles().names());
    assertThrows(IllegalArgumentException.class, () -> PartitionBy.column(COLUMNS, "n"));
    assertThrows(IllegalArgumentException.class, () -> PartitionBy.column(COLUMNS, "other"));
    assertThrows(IllegalStateException.class, () -> BY_KEY.folder("x".repeat(200)));
  }
}
