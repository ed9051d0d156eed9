package org.healthbeam.io.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPipelineExtension.class)
class WritePartsTest {
  @TempDir Path folder;

  private static TestStream.Builder<String> stream() {
    return TestStream.create(StringUtf8Coder.of());
  }

  private void write(TestPipeline pipeline, TestStream<String> stream) {
    pipeline
        .apply(stream)
        .apply(
            "Write",
            WriteParts.to(folder.resolve("rows").toString(), ".tsv")
                .withHeader("h")
                .every(Duration.standardSeconds(10)));
    pipeline.run().waitUntilFinish();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("rows"))) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void partsHoldWhatCameInTheirTimeAndTheLastWhatWasLeft(TestPipeline pipeline) throws Exception {
    write(
        pipeline,
        stream()
            .addElements("1", "2")
            .advanceProcessingTime(Duration.standardSeconds(11))
            .advanceProcessingTime(Duration.standardSeconds(60))
            .addElements("3")
            .advanceProcessingTime(Duration.standardSeconds(11))
            .addElements("4")
            .advanceWatermarkToInfinity());
    assertEquals(List.of("part-00000000.tsv", "part-00000001.tsv", "part-00000002.tsv"), names());
    List<String> first = Files.readAllLines(folder.resolve("rows/part-00000000.tsv"));
    assertEquals("h", first.get(0));
    assertEquals(List.of("1", "2"), first.subList(1, first.size()).stream().sorted().toList());
    assertEquals(List.of("h", "3"), Files.readAllLines(folder.resolve("rows/part-00000001.tsv")));
    assertEquals(List.of("h", "4"), Files.readAllLines(folder.resolve("rows/part-00000002.tsv")));
  }

  @Test
  void partsOfAnAttemptThatFailedAreReplacedAndThoseBeyondTheLastRemoved(TestPipeline pipeline)
      throws Exception {
    Files.createDirectories(folder.resolve("rows"));
    for (int part : new int[] {0, 1, 2}) {
      Files.write(folder.resolve("rows/part-0000000" + part + ".tsv"), List.of("h", "old"));
    }
    Files.write(folder.resolve("rows/other.tsv"), List.of("somebody else's"));
    write(pipeline, stream().addElements("new").advanceWatermarkToInfinity());
    assertEquals(List.of("other.tsv", "part-00000000.tsv"), names());
    assertEquals(List.of("h", "new"), Files.readAllLines(folder.resolve("rows/part-00000000.tsv")));
  }

  /**
   * A stream never ends; what it told before it failed must not stand beside what it tells again.
   */
  @Test
  void theFirstPartThatIsWrittenRemovesThoseBehindIt(TestPipeline pipeline) throws Exception {
    Path rows = Files.createDirectories(folder.resolve("rows"));
    for (int part : new int[] {0, 1, 2}) {
      Files.write(rows.resolve("part-0000000" + part + ".tsv"), List.of("h", "old"));
    }
    pipeline
        .apply(
            stream()
                .addElements("new")
                .advanceProcessingTime(Duration.standardSeconds(11))
                .advanceProcessingTime(Duration.standardSeconds(11))
                .addElements("last")
                .advanceProcessingTime(Duration.standardSeconds(11))
                .advanceWatermarkToInfinity())
        .apply("Look", ParDo.of(new CountsParts(rows.toString())))
        .apply(
            "Write",
            WriteParts.to(rows.toString(), ".tsv")
                .withHeader("h")
                .every(Duration.standardSeconds(10)));
    pipeline.run().waitUntilFinish();
    assertEquals(List.of("part-00000000.tsv", "part-00000001.tsv"), names());
    assertEquals(List.of("h", "new 3"), Files.readAllLines(rows.resolve("part-00000000.tsv")));
    assertEquals(List.of("h", "last 1"), Files.readAllLines(rows.resolve("part-00000001.tsv")));
  }

  /** Adds to each line how many parts there are when it comes. */
  static final class CountsParts extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;
    private final String folder;

    CountsParts(String folder) {
      this.folder = folder;
    }

    @ProcessElement
    public void process(@Element String line, OutputReceiver<String> out) throws IOException {
      try (Stream<Path> parts = Files.list(Path.of(folder))) {
        out.output(
            line + " " + parts.filter(p -> p.getFileName().toString().startsWith("part")).count());
      }
    }
  }

  @Test
  void joinedPartsAreOneFileWithOneHeader(TestPipeline pipeline) throws Exception {
    write(
        pipeline,
        stream()
            .addElements("1")
            .advanceProcessingTime(Duration.standardSeconds(11))
            .addElements("2")
            .advanceWatermarkToInfinity());
    Path whole = folder.resolve("rows.tsv");
    PartFiles.join(folder.resolve("rows").toString(), ".tsv", "h", whole.toString());
    assertEquals(List.of("h", "1", "2"), Files.readAllLines(whole));
    assertEquals(List.of(), names());
  }

  @Test
  void streamWithoutALineIsATableWithItsHeader(TestPipeline pipeline) throws Exception {
    write(pipeline, stream().advanceWatermarkToInfinity());
    assertFalse(Files.exists(folder.resolve("rows/part-00000000.tsv")));
    Path whole = folder.resolve("rows.tsv");
    PartFiles.join(folder.resolve("rows").toString(), ".tsv", "h", whole.toString());
    assertEquals(new ArrayList<>(List.of("h")), Files.readAllLines(whole));
  }
}
