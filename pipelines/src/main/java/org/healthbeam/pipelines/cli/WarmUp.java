package org.healthbeam.pipelines.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.io.table.TsvLine;
import org.healthbeam.io.table.WriteTsv;
import org.healthbeam.io.text.ReadLines;
import org.healthbeam.pipelines.run.HealthOptions;
import org.healthbeam.pipelines.run.HealthPipeline;
import org.healthbeam.pipelines.run.Location;
import org.healthbeam.pipelines.run.PipelineRun;
import org.healthbeam.pipelines.run.Terminal;
import org.healthbeam.templates.annotations.PipelineTemplate;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;

/**
 * Counts the lines of a small file of its own. The launcher script runs it once after a build, so
 * that the JVM can store the classes that every run loads.
 */
final class WarmUp implements HealthPipeline<WarmUp.Options> {
  static final String COMMAND = "warm-up";

  private static final TupleTag<String> LENGTHS = new TupleTag<>("lengths") {};

  /** No options but the common ones. */
  @PipelineTemplate(
      name = COMMAND,
      displayName = "Warm up",
      description = "Counts the lines of a small file by length.")
  public interface Options extends HealthOptions {}

  static int run(Terminal terminal, String... args) {
    try {
      Path folder = Files.createTempDirectory("healthbeam-warm-up");
      try {
        Path input = Files.writeString(folder.resolve("lines.txt"), "a\nbb\nbb\n");
        String[] all =
            Stream.concat(
                    Stream.of("--input=" + input, "--output=" + folder.resolve("out")),
                    Stream.of(args))
                .toArray(String[]::new);
        return PipelineRun.run(new WarmUp(), COMMAND, terminal, all);
      } finally {
        try (Stream<Path> files = Files.walk(folder)) {
          files.sorted(java.util.Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Class<Options> optionsClass() {
    return Options.class;
  }

  @Override
  public void check(Options options) {}

  @Override
  public Set<String> outputs() {
    return Set.of("lengths.tsv");
  }

  @Override
  public void build(Pipeline pipeline, Options options, Rejects rejects) {
    Outcomes outcomes = Outcomes.declare(rejects, "Measure lines", "lines", "");
    PCollectionTuple measured =
        pipeline
            .apply("Read lines", ReadLines.from(options.getInput()).rejectedTo(rejects))
            .apply(
                "Measure lines",
                ParDo.of(new MeasureLine(outcomes))
                    .withOutputTags(LENGTHS, TupleTagList.of(Outcomes.REJECTED)));
    Rejects.collect(rejects, measured.get(Outcomes.REJECTED));
    measured
        .get(LENGTHS)
        .setCoder(StringUtf8Coder.of())
        .apply("Count by length", Count.perElement())
        .apply("Format", ParDo.of(new Format()))
        .apply(
            "Write",
            WriteTsv.to(Location.in(options.getOutput(), "lengths.tsv"))
                .withColumns(List.of("length", "n")));
  }

  static final class MeasureLine extends DoFn<InputRecord, String> {
    private static final long serialVersionUID = 1L;
    private final Outcomes outcomes;

    MeasureLine(Outcomes outcomes) {
      this.outcomes = outcomes;
    }

    @ProcessElement
    public void process(@Element InputRecord line, OutputReceiver<String> receiver) {
      outcomes.in();
      outcomes.out();
      receiver.output(String.valueOf(line.bytes().length));
    }
  }

  static final class Format extends DoFn<KV<String, Long>, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<String, Long> count, OutputReceiver<String> receiver) {
      receiver.output(new TsvLine().add(count.getKey()).add(count.getValue()).toString());
    }
  }
}
