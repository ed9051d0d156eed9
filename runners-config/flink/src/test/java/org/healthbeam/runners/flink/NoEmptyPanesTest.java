package org.healthbeam.runners.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.code.TranslationOutcome;
import org.healthbeam.core.code.TranslationReason;
import org.healthbeam.core.fhir.CodingInResource;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.transforms.code.CodeCount;
import org.healthbeam.transforms.code.Codes;
import org.healthbeam.transforms.code.Coverage;
import org.healthbeam.transforms.code.PlacedTranslation;
import org.healthbeam.transforms.code.PlacedTranslationCoder;
import org.joda.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * In windows of the caller that allow lateness, Flink adds an empty pane where the watermark leaps
 * over a window, unless it is told not to: that would be counts of nothing.
 */
@Tag("slow")
class NoEmptyPanesTest {
  private static final Queue<String> TOLD = new ConcurrentLinkedQueue<>();

  @Test
  void countsOfCodesAreToldOnceAndNoneOfNothing() {
    TOLD.clear();
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setFlinkMaster("[local]");
    options.setStreaming(true);
    options.setParallelism(1);
    options.setShutdownSourcesAfterIdleMs(0L);
    Pipeline pipeline = Pipeline.create(options);
    PCollection<PlacedTranslation> translations =
        pipeline
            .apply("Read", Read.from(new ReplayedRecords(List.of("a", "b"), List.of(0L, 1000L), 0)))
            .apply("Translate", ParDo.of(new Translate()))
            .setCoder(PlacedTranslationCoder.of())
            .apply(
                "Minutes",
                Window.<PlacedTranslation>into(FixedWindows.of(Duration.standardMinutes(1)))
                    .withAllowedLateness(Duration.standardMinutes(5))
                    .discardingFiredPanes());
    PCollection<CodeCount> counts = translations.apply("Count", Codes.count());
    counts.apply("Tell counts", ParDo.of(new TellCounts()));
    counts
        .apply("Sum coverage", Codes.coverageOfCounts())
        .apply("Tell sums", ParDo.of(new TellCoverage("sum")));
    pipeline.run().waitUntilFinish();
    assertEquals(List.of("count 2", "sum 2"), TOLD.stream().sorted().toList());
  }

  private static final class Translate extends DoFn<InputRecord, PlacedTranslation> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element InputRecord record, OutputReceiver<PlacedTranslation> out) {
      Translation translation =
          new Translation(
              new Coding("urn:s", "", "c", ""),
              "urn:s",
              TranslationOutcome.UNMAPPED,
              TranslationReason.values()[0],
              List.of(),
              0);
      out.output(
          new PlacedTranslation(
              "f",
              record.position(),
              new CodingInResource("Observation", "1", "code", translation)));
    }
  }

  private static final class TellCounts extends DoFn<CodeCount, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element CodeCount count) {
      TOLD.add("count " + count.n());
    }
  }

  private static final class TellCoverage extends DoFn<Coverage, Void> {
    private static final long serialVersionUID = 1L;
    private final String what;

    TellCoverage(String what) {
      this.what = what;
    }

    @ProcessElement
    public void process(@Element Coverage coverage) {
      TOLD.add(what + " " + coverage.n());
    }
  }
}
