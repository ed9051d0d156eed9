package org.healthbeam.io.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollectionView;
import org.healthbeam.io.bgzf.BgzfFile;
import org.healthbeam.io.bgzf.BgzfInputStream;
import org.healthbeam.io.part.JoinParts;
import org.healthbeam.io.part.RemoveParts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteTsvTest {
  @TempDir Path folder;

  @Test
  void linesOfManyBundlesBecomeOneFileWithOneHeaderAndOnlyTheMarkIsLeftBeside() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      lines.add("ä" + i + "\t" + 2 * i);
    }
    write(lines);
    List<String> written = new ArrayList<>(Files.readAllLines(folder.resolve("table.tsv")));
    assertEquals("a\tb", written.remove(0));
    assertEquals(lines.stream().sorted().toList(), written.stream().sorted().toList());
    assertEquals(List.of(".temp-beam-done-table.tsv", "table.tsv"), names());
  }

  @Test
  void withoutALineThereIsTheHeader() throws IOException {
    write(List.of());
    assertEquals("a\tb\n", Files.readString(folder.resolve("table.tsv")));
    assertEquals(List.of(".temp-beam-done-table.tsv", "table.tsv"), names());
  }

  @Test
  void aNameThatEndsInGzIsBgzfWithTheSameLinesAndOneEndMarker() throws IOException {
    List<String> lines =
        IntStream.range(0, 40)
            .mapToObj(i -> i + "\tä" + "%d;".formatted(i * 7919).repeat(500))
            .toList();
    for (boolean inParts : List.of(false, true)) {
      for (List<String> some : List.of(lines, List.<String>of())) {
        write(some, "table.tsv.gz", inParts);
        byte[] bytes = Files.readAllBytes(folder.resolve("table.tsv.gz"));
        int end = bytes.length - BgzfFile.END.length;
        assertArrayEquals(BgzfFile.END, Arrays.copyOfRange(bytes, end, bytes.length));
        List<String> written;
        try (BufferedReader text =
            new BufferedReader(
                new InputStreamReader(
                    new BgzfInputStream(new ByteArrayInputStream(bytes)), UTF_8))) {
          written = new ArrayList<>(text.lines().toList());
        }
        assertEquals("a\tb", written.remove(0));
        assertEquals(some.stream().sorted().toList(), written.stream().sorted().toList());
        assertEquals(List.of(".temp-beam-done-table.tsv.gz", "table.tsv.gz"), names());
      }
    }
  }

  @Test
  void whatStoodThereIsReplaced() throws IOException {
    Files.writeString(folder.resolve("table.tsv"), "something\nelse, and longer\n");
    write(List.of("1\t2"));
    assertEquals("a\tb\n1\t2\n", Files.readString(folder.resolve("table.tsv")));
  }

  @Test
  void whatAttemptsThatDiedHaveLeftIsRemovedToo() throws IOException {
    Path parts = Files.createDirectories(folder.resolve(".temp-beam-parts-1"));
    Files.writeString(parts.resolve("part-00000-of-00001"), "1\n");
    Files.writeString(parts.resolve("whole-1"), "half of");
    remove(parts);
    assertEquals(List.of(), names());
    remove(parts);
  }

  @Test
  void whatCannotBeRemovedFailsNoRunWhoseTableIsWhole() throws IOException {
    Path parts = Files.createDirectories(folder.resolve(".temp-beam-parts-1"));
    Files.writeString(parts.resolve("part-00000-of-00001"), "1\n");
    Files.createDirectories(parts.resolve("of somebody else"));
    remove(parts);
    assertFalse(Files.exists(parts.resolve("part-00000-of-00001")));
    assertEquals(List.of(".temp-beam-parts-1"), names());
  }

  @Test
  void anAttemptToJoinThatFailsLeavesNothingUnfinished() throws IOException {
    Path parts = Files.createDirectories(folder.resolve(".temp-beam-parts-1"));
    String part = Files.writeString(parts.resolve("part-1"), "1\n").toString();
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    PCollectionView<List<String>> view =
        pipeline
            .apply("Parts", Create.of(part, parts.resolve("part-2").toString()))
            .apply(View.asList());
    pipeline
        .apply("File", Create.of(folder.resolve("table.tsv").toString()))
        .apply(
            ParDo.of(new JoinParts(new WriteTsv.Table("a", false), parts + "/", view))
                .withSideInputs(view));
    assertThrows(PipelineExecutionException.class, pipeline::run);
    assertEquals(List.of(".temp-beam-parts-1"), names());
    try (Stream<Path> left = Files.list(parts)) {
      assertEquals(List.of("part-1"), left.map(p -> p.getFileName().toString()).toList());
    }
  }

  @Test
  void aJoinThatIsRepeatedAfterTheRemovalLeavesTheFileAsItIs() throws IOException {
    Files.writeString(folder.resolve("table.tsv"), "of an earlier run\n");
    WriteTsv table =
        WriteTsv.to(folder.resolve("table.tsv").toString()).withColumns(List.of("a", "b"));
    Path parts = Files.createDirectories(Path.of(table.partsFolder()));
    List<String> names = new ArrayList<>();
    for (String text : List.of("1\t2\n", "3\t4\n")) {
      names.add(Files.writeString(parts.resolve("part-" + names.size()), text).toString());
    }
    join(table, parts, names);
    String whole = "a\tb\n1\t2\n3\t4\n";
    assertEquals(whole, Files.readString(folder.resolve("table.tsv")));
    assertFalse(Files.exists(parts));
    // The worker is lost, and what comes before the removal is done again.
    join(table, parts, names);
    remove(parts);
    assertEquals(whole, Files.readString(folder.resolve("table.tsv")));
    // Also when a part was written again, in two.
    Files.createDirectories(parts);
    String first = Files.writeString(parts.resolve("part-3"), "3\t4\n").toString();
    join(table, parts, List.of(names.get(0), first));
    assertEquals(whole, Files.readString(folder.resolve("table.tsv")));
    assertFalse(Files.exists(parts));
  }

  @Test
  void partsThatAreGoneBeforeTheTableIsWholeFailTheJoin() throws IOException {
    Files.writeString(folder.resolve("table.tsv"), "of an earlier run\n");
    WriteTsv table =
        WriteTsv.to(folder.resolve("table.tsv").toString()).withColumns(List.of("a", "b"));
    Path parts = Path.of(table.partsFolder());
    List<String> names = List.of(parts.resolve("part-0").toString());
    assertThrows(PipelineExecutionException.class, () -> join(table, parts, names));
  }

  private static void join(WriteTsv table, Path parts, List<String> names) {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    pipeline
        .apply(Create.of(names).withCoder(StringUtf8Coder.of()))
        .apply(table.ofParts(parts + "/"));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void partsThatARunLeavesAreWhereTheNextRunLooksForThem() throws IOException {
    // The table cannot be put in place, so the parts are left.
    Files.createDirectories(folder.resolve("table.tsv").resolve("of somebody else"));
    assertThrows(PipelineExecutionException.class, () -> write(List.of("1\t2")));
    List<String> left = names();
    assertEquals(2, left.size());
    assertTrue(left.get(0).startsWith(".temp-beam-"));
    assertEquals("table.tsv", left.get(1));
  }

  @Test
  void anElementMayHaveSeveralLines() throws IOException {
    write(List.of("1\t2\n3\t4"));
    assertEquals("a\tb\n1\t2\n3\t4\n", Files.readString(folder.resolve("table.tsv")));
  }

  private static void remove(Path parts) {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    pipeline.apply(Create.of(parts + "/")).apply(new RemoveParts());
    pipeline.run().waitUntilFinish();
  }

  private void write(List<String> lines) {
    write(lines, "table.tsv", true);
  }

  private void write(List<String> lines, String file, boolean inParts) {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    WriteTsv write = WriteTsv.to(folder.resolve(file).toString()).withColumns(List.of("a", "b"));
    pipeline
        .apply(Create.of(lines).withCoder(StringUtf8Coder.of()))
        .apply(Reshuffle.viaRandomKey())
        .apply(inParts ? write.inParts() : write);
    pipeline.run().waitUntilFinish();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }
}
