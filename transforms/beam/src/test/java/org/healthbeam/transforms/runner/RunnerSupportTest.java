package org.healthbeam.transforms.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.alert.DefaultAlerts;
import org.healthbeam.core.vital.window.VitalWindows;
import org.healthbeam.transforms.code.CodeCount;
import org.healthbeam.transforms.code.Codes;
import org.healthbeam.transforms.variant.Variants;
import org.healthbeam.transforms.variant.lines.VcfBlockCoder;
import org.healthbeam.transforms.variant.lines.VcfLines;
import org.healthbeam.transforms.vital.Vitals;
import org.junit.jupiter.api.Test;

class RunnerSupportTest {
  /** Only the names of these are looked at. */
  abstract static class Named extends PipelineRunner<PipelineResult> {
    @Override
    public PipelineResult run(Pipeline pipeline) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class TestSparkRunner extends Named {
    @SuppressWarnings("unused") // called by Beam
    public static TestSparkRunner fromOptions(PipelineOptions options) {
      return new TestSparkRunner();
    }
  }

  private static final class SomeFlinkRunner extends Named {
    @SuppressWarnings("unused") // called by Beam
    public static SomeFlinkRunner fromOptions(PipelineOptions options) {
      return new SomeFlinkRunner();
    }
  }

  private static final class PrismRunner extends Named {
    @SuppressWarnings("unused") // called by Beam
    public static PrismRunner fromOptions(PipelineOptions options) {
      return new PrismRunner();
    }
  }

  private static Pipeline pipeline(Class<? extends PipelineRunner<?>> runner) {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(runner);
    return Pipeline.create(options);
  }

  private static PCollection<VitalSign> signs(Pipeline pipeline, boolean streaming) {
    PCollection<Long> numbers =
        streaming ? pipeline.apply(GenerateSequence.from(0)) : pipeline.apply(Create.of(1L));
    return numbers.apply(
        MapElements.into(TypeDescriptor.of(VitalSign.class))
            .via(
                (Long n) ->
                    new VitalSign(
                        "a", VitalKind.HEART_RATE, n, java.time.Instant.EPOCH, "s", "p")));
  }

  @Test
  void sentenceSaysWhatCannotBeDoneWhereWhyAndWhatToDoInstead() {
    PCollection<VitalSign> stream = signs(pipeline(TestSparkRunner.class), true);
    assertEquals(
        "Late readings cannot be told on TestSparkRunner in streaming: it has no timers of event"
            + " time. Leave RefuseLate out, or run on Flink.",
        assertThrows(
                UnsupportedOperationException.class,
                () ->
                    stream.apply(
                        "Refuse late readings",
                        Vitals.refuseLate(Duration.ofMinutes(1), Duration.ZERO)))
            .getMessage());
  }

  @Test
  void windowsMadeOfSlotsAreRefusedWhereChainsOfGroupingsLoseTheirOutput() {
    PCollection<VitalSign> stream = signs(pipeline(TestSparkRunner.class), true);
    assertEquals(
        "Vital signs cannot be summarized in sessions with a gap of 1h, cut at 30d on"
            + " TestSparkRunner in streaming: it has no grouping of what a grouping gives, unless"
            + " it allows lateness. Take fixed windows of at most 1h, or run on Flink.",
        assertThrows(
                UnsupportedOperationException.class,
                () ->
                    stream.apply(
                        "Sessions", Vitals.summarize(VitalWindows.sessions(Duration.ofHours(1)))))
            .getMessage());
    stream.apply("Fixed windows", Vitals.summarize(Duration.ofHours(1)));
  }

  @Test
  void boundedInputIsNotAskedForWhatStreamsNeed() {
    signs(pipeline(TestSparkRunner.class), false)
        .apply("Refuse late readings", Vitals.refuseLate(Duration.ofMinutes(1), Duration.ZERO));
  }

  @Test
  void whatIsMissingInStreamingMayBeThereInBatch() {
    assertFalse(
        RunnerSupport.of(signs(pipeline(TestSparkRunner.class), true))
            .has(RunnerNeed.CHAINED_GROUPING));
    assertTrue(
        RunnerSupport.of(signs(pipeline(TestSparkRunner.class), false))
            .has(RunnerNeed.CHAINED_GROUPING));
    assertTrue(
        RunnerSupport.of(signs(pipeline(SomeFlinkRunner.class), true))
            .has(RunnerNeed.CHAINED_GROUPING));
  }

  @Test
  void whatIsMissingInBatchToo() {
    RunnerSupport spark = RunnerSupport.of(signs(pipeline(TestSparkRunner.class), false));
    assertFalse(spark.has(RunnerNeed.WINDOW_EXPIRATION));
    assertFalse(spark.has(RunnerNeed.GROUP_INTO_BATCHES));
    assertTrue(spark.has(RunnerNeed.TIME_SORTED_INPUT));
    assertTrue(
        RunnerSupport.of(signs(pipeline(SomeFlinkRunner.class), false))
            .has(RunnerNeed.WINDOW_EXPIRATION));
  }

  @Test
  void runnerThatNobodyKnowsIsTakenAtItsWord() {
    RunnerSupport prism = RunnerSupport.streaming(pipeline(PrismRunner.class));
    for (RunnerNeed need : RunnerNeed.values()) {
      assertTrue(prism.has(need), need::text);
    }
  }

  @Test
  void alertsOfAStreamAreRefusedOnSparkWithASentence() {
    PCollection<VitalSign> signs = signs(pipeline(TestSparkRunner.class), true);
    UnsupportedOperationException e =
        assertThrows(
            UnsupportedOperationException.class,
            () -> signs.apply("Alert", Vitals.alert(DefaultAlerts.RULES)));
    assertEquals(
        "Alerts cannot be told on TestSparkRunner in streaming: it has no timers of event time."
            + " Leave alerts out (--alerts=off), or run on Flink.",
        e.getMessage());
  }

  @Test
  void countsOfAStreamAreNotSummedAgainOnSpark() {
    PCollection<CodeCount> counts =
        signs(pipeline(TestSparkRunner.class), true)
            .apply(MapElements.into(TypeDescriptor.of(CodeCount.class)).via(sign -> null));
    assertEquals(
        "Counts of codes cannot be summed by outcome on TestSparkRunner in streaming: it has no"
            + " grouping of what a grouping gives, unless it allows lateness. Count the translations"
            + " with Codes.coverage(), or run on Flink.",
        assertThrows(
                UnsupportedOperationException.class,
                () -> counts.apply("Sum coverage", Codes.coverageOfCounts()))
            .getMessage());
  }

  @Test
  void variantsOfAStreamAreRefusedOnSparkWithASentence() {
    Pipeline pipeline = pipeline(TestSparkRunner.class);
    PCollection<VcfBlock> blocks =
        signs(pipeline, true)
            .apply(MapElements.into(TypeDescriptor.of(VcfBlock.class)).via(sign -> null))
            .setCoder(VcfBlockCoder.of());
    assertEquals(
        "Variants cannot be summarized as they come on TestSparkRunner in streaming: it has no"
            + " grouping of what a grouping gives, unless it allows lateness. Read bounded input, or"
            + " run on Flink.",
        assertThrows(
                UnsupportedOperationException.class,
                () -> VcfLines.of(blocks).apply("Summarize", Variants.summarize()))
            .getMessage());
  }

  @Test
  void alertsOfABatchAreBuiltOnSpark() {
    signs(pipeline(TestSparkRunner.class), false).apply("Alert", Vitals.alert(DefaultAlerts.RULES));
  }
}
