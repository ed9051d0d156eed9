package org.healthbeam.io.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.WithTimestamps;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.Ledger;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.core.outcome.StageLedger;
import org.healthbeam.transforms.files.StrictFiles;
import org.healthbeam.transforms.outcome.Rejects;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadFilesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 7, 64, 1 << 20})
  void everyLineIsReadOnceWithItsNumberWhereverTheRangesAreCut(long rangeBytes) throws IOException {
    String text = "\uFEFFa\r\n\nbb\n\n\nccc\nd";
    Path file = Files.writeString(folder.resolve("lines.txt"), text);
    // The numbers count the blank lines, which are no records.
    check(
        false,
        rangeBytes,
        List.of(file + ":1=a", file + ":3=bb", file + ":6=ccc", file + ":7=d"),
        List.of());
  }

  @Test
  void manySmallFilesAreReadTogetherEachWithItsOwnLineNumbers() throws IOException {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Path file = folder.resolve("small" + i + ".txt");
      Files.writeString(file, i % 7 == 0 ? "a".repeat(20) + "\nb" + i : "a\nb" + i);
      if (i % 7 != 0) {
        expected.add(file + ":1=a");
      }
      expected.add(file + ":2=b" + i);
    }
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    Rejects rejects = Rejects.with(PayloadHash.salted());
    ReadFiles read = new ReadFiles(false, rejects, 1 << 20, 10);
    PCollection<FileRanges> ranges =
        pipeline
            .apply("Patterns", Create.of(folder + "/small*"))
            .apply("Plan ranges", read.ranges());
    PAssert.thatSingleton(ranges.apply("Count", Count.globally()))
        .satisfies(
            n -> {
              assertTrue(n > 16 && n <= 64, () -> n + " bundles of some parts each");
              return null;
            });
    PCollection<InputRecord> records =
        pipeline.apply("Patterns again", Create.of(folder + "/small*")).apply("Read", read);
    PAssert.that(
            records.apply(
                "Text",
                MapElements.into(TypeDescriptors.strings())
                    .via(r -> r.source() + ":" + r.position() + "=" + r.text())))
        .containsInAnyOrder(expected);
    PAssert.that(
            rejects
                .all(pipeline)
                .apply(
                    "Positions",
                    MapElements.into(TypeDescriptors.strings()).via(Rejected::position))
                .apply("Each once", Count.perElement())
                .apply(
                    "As text", MapElements.into(TypeDescriptors.strings()).via(Object::toString)))
        .containsInAnyOrder("KV{1, 29}");
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    StageLedger stage = rejects.ledger(result.metrics()).stages().get(0);
    assertEquals(400, stage.in());
    assertEquals(29, stage.rejected());
  }

  @Test
  void rangesOfALargerFileAgreeWithOneRange() throws IOException {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder();
    List<String> expected = new ArrayList<>();
    Path file = folder.resolve("large.txt");
    for (int line = 1; line <= 20_000; line++) {
      String content = random.nextInt(10) == 0 ? "" : "x".repeat(1 + random.nextInt(60));
      text.append(content).append('\n');
      if (!content.isEmpty()) {
        expected.add(file + ":" + line + "=" + content);
      }
    }
    Files.writeString(file, text);
    check(false, 10_007, expected, List.of());
  }

  @Test
  void allMembersOfAGzipFileAreRead() throws IOException {
    Path file =
        Files.write(
            folder.resolve("two.txt"),
            concat(gzip("one\ntw".getBytes(UTF_8)), gzip("o\nthree".getBytes(UTF_8))));
    check(false, 1 << 20, List.of(file + ":1=one", file + ":2=two", file + ":3=three"), List.of());
  }

  @Test
  void theLinesBeforeTheEndOfATruncatedGzipAreReadAndTheRestIsRejected() throws IOException {
    StringBuilder text = new StringBuilder();
    Random random = new Random(1);
    for (int i = 0; i < 5000; i++) {
      text.append("line ").append(random.nextLong()).append('\n');
    }
    byte[] whole = gzip(text.toString().getBytes(UTF_8));
    Files.write(folder.resolve("cut.gz"), Arrays.copyOf(whole, whole.length / 2));
    List<String> lines = text.toString().lines().toList();

    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    Rejects rejects = Rejects.with(PayloadHash.salted());
    read(pipeline, false, 1 << 20, rejects);
    PAssert.that(rejects.all(pipeline))
        .satisfies(
            all -> {
              Rejected rejected = all.iterator().next();
              assertEquals("truncated", rejected.reason().code());
              assertTrue(Integer.parseInt(rejected.position()) > 2000, rejected.position());
              return null;
            });
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    StageLedger stage = rejects.ledger(result.metrics()).stages().get(0);
    assertTrue(stage.isConserved());
    assertEquals(1, stage.rejected());
    assertTrue(stage.out() > 2000 && stage.out() < lines.size(), "read " + stage.out());
  }

  @Test
  void damagedBinaryAndEmptyFilesDoNotStopTheOthers() throws IOException {
    byte[] damaged = gzip("x\n".repeat(100_000).getBytes(UTF_8));
    damaged[damaged.length / 2] ^= 0x55;
    Path bad = Files.write(folder.resolve("a-damaged.ndjson.gz"), damaged);
    Path binary = Files.write(folder.resolve("b-binary.ndjson"), new byte[] {'{', 0, 1, 2, '\n'});
    Files.write(folder.resolve("c-empty.ndjson"), new byte[0]);
    Path good = Files.writeString(folder.resolve("d-good.json"), "{\n}\n{}\n");
    Path cut = Files.writeString(folder.resolve("e-cut.json"), "{\n \"a\": {\n");
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    Rejects rejects = Rejects.with(PayloadHash.salted());
    PCollection<String> records = read(pipeline, true, 1 << 20, rejects);
    String goodName = good.toString();
    PAssert.that(records)
        .satisfies(
            all -> {
              List<String> ofGood = new ArrayList<>();
              all.forEach(
                  r -> {
                    if (r.startsWith(goodName)) {
                      ofGood.add(r);
                    }
                  });
              assertEquals(2, ofGood.size());
              return null;
            });
    PAssert.that(
            rejects
                .all(pipeline)
                .apply(
                    "Place and reason",
                    MapElements.into(TypeDescriptors.strings())
                        .via(r -> r.source() + ":" + r.reason().code())))
        .containsInAnyOrder(bad + ":malformed", binary + ":malformed", cut + ":truncated");
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    Ledger ledger = rejects.ledger(result.metrics());
    assertEquals(List.of(), ledger.violations());
  }

  @Test
  void aNulSpoilsItsLineOnly() throws IOException {
    String good = "x".repeat(200) + "\n";
    Path file = Files.writeString(folder.resolve("nul.txt"), good + "a\0b\n" + good.repeat(3));
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    Rejects rejects = Rejects.with(PayloadHash.salted());
    read(pipeline, false, 100, rejects);
    PAssert.that(
            rejects
                .all(pipeline)
                .apply(
                    "Place and reason",
                    MapElements.into(TypeDescriptors.strings())
                        .via(r -> r.source() + ":" + r.position() + ":" + r.reason().code())))
        .containsInAnyOrder(file + ":2:malformed");
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertEquals(4, rejects.ledger(result.metrics()).stages().get(0).out());
  }

  @Test
  void whatProgramsPutBesideDataIsNotRead() throws IOException {
    Files.writeString(folder.resolve("_SUCCESS"), "");
    Files.writeString(folder.resolve(".part.crc"), "crc");
    assertThrows(
        FileNotFoundException.class, () -> InputFiles.patterns(List.of(folder.toString())));
    Files.writeString(folder.resolve("data.txt"), "a\n");
    String pattern = InputFiles.patterns(List.of(folder.toString())).get(0);
    assertEquals(1, InputFiles.match(pattern).size());
  }

  @Test
  void aFileThatTwoPatternsMatchIsReadOnce() throws IOException {
    Path file = Files.writeString(folder.resolve("once.txt"), "a\n");
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    PCollection<String> records =
        pipeline
            .apply(ReadLines.from(List.of(file.toString(), folder + "/*")))
            .apply(MapElements.into(TypeDescriptors.strings()).via(InputRecord::text));
    PAssert.that(records).containsInAnyOrder("a");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void recordsCanBeGivenEventTimesAndWindowedWithoutBeingLate() throws IOException {
    Files.writeString(folder.resolve("times.txt"), "0\n61000\n62000\n");
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    PCollection<Long> counts =
        pipeline
            .apply(ReadLines.from(List.of(folder + "/*")))
            .apply(WithTimestamps.of(line -> Instant.ofEpochMilli(Long.parseLong(line.text()))))
            .apply(Window.into(FixedWindows.of(Duration.standardMinutes(1))))
            .apply(Combine.globally(Count.<InputRecord>combineFn()).withoutDefaults());
    PAssert.that(counts).containsInAnyOrder(1L, 2L);
    pipeline.run().waitUntilFinish();
  }

  /** As HDFS tells folders. */
  @Test
  void aNameOfNoBytesWithNamesInItIsAFolder() throws Exception {
    StrictFiles.register();
    StrictFiles.put("strict://folders/in", "");
    StrictFiles.put("strict://folders/in/a.txt", "a");
    StrictFiles.put("strict://folders/empty.txt", "");
    StrictFiles.put("strict://folders/full.txt", "b");
    StrictFiles.put("strict://folders/full.txt/c", "c");
    assertEquals(
        List.of("strict://folders/in/*", "strict://folders/empty.txt", "strict://folders/full.txt"),
        InputFiles.patterns(
            List.of(
                "strict://folders/in", "strict://folders/empty.txt", "strict://folders/full.txt")));
  }

  @Test
  void aFolderStandsForItsFilesAndAMissingPathIsNamed() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "a\n");
    assertEquals(List.of(folder + "/[!._]*"), InputFiles.patterns(List.of(folder.toString())));
    Path missing = folder.resolve("missing");
    FileNotFoundException e =
        assertThrows(
            FileNotFoundException.class,
            () -> InputFiles.patterns(List.of(folder + "/a.txt", missing.toString())));
    assertTrue(e.getMessage().contains(missing.toString()));
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThrows(FileNotFoundException.class, () -> InputFiles.patterns(List.of(empty.toString())));
  }

  private void check(boolean json, long rangeBytes, List<String> records, List<String> rejected) {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    Rejects rejects = Rejects.with(PayloadHash.salted());
    PAssert.that(read(pipeline, json, rangeBytes, rejects)).containsInAnyOrder(records);
    PAssert.that(
            rejects
                .all(pipeline)
                .apply(MapElements.into(TypeDescriptors.strings()).via(Rejected::toString)))
        .containsInAnyOrder(rejected);
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    Ledger ledger = rejects.ledger(result.metrics());
    assertEquals(List.of(), ledger.violations());
    assertEquals(records.size(), ledger.stages().get(0).out());
  }

  private PCollection<String> read(
      Pipeline pipeline, boolean json, long rangeBytes, Rejects rejects) {
    return pipeline
        .apply(Create.of(folder + "/*"))
        .apply(new ReadFiles(json, rejects, rangeBytes, 1 << 24))
        .apply(
            "Show",
            MapElements.into(TypeDescriptors.strings())
                .via(r -> r.source() + ":" + r.position() + "=" + r.text()));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
