package org.healthbeam.transforms.vital;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TimestampedValue;
import org.healthbeam.core.outcome.Ledger;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.core.vital.PlausibilityPolicy;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.VitalSummary;
import org.healthbeam.core.vital.score.EarlyWarningScore;
import org.healthbeam.core.vital.window.VitalWindows;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
class StreamingVitalsTest {
  private static final Instant T = Instant.parse("2110-01-01T00:00:00Z");
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final Duration LATENESS = Duration.ofMinutes(5);

  private MetricResults metrics;
  private final Rejects rejects = Rejects.with(PayloadHash.salted());

  private static TimestampedValue<VitalSign> pulse(int second, double value) {
    Instant time = T.plusSeconds(second);
    return TimestampedValue.of(
        new VitalSign("a", VitalKind.HEART_RATE, value, time, "s", Integer.toString(second)),
        joda(second));
  }

  private static org.joda.time.Instant joda(int second) {
    return org.joda.time.Instant.ofEpochMilli(T.plusSeconds(second).toEpochMilli());
  }

  private PCollection<VitalSign> inTime(TestPipeline pipeline, TestStream<VitalSign> stream) {
    return pipeline
        .apply(stream)
        .apply("Refuse late readings", Vitals.refuseLate(WINDOW, LATENESS).rejectedTo(rejects));
  }

  private PCollection<String> summaries(PCollection<VitalSign> signs) {
    return signs
        .apply(
            "Summarize",
            Vitals.summarize(WINDOW)
                .withAllowedLateness(LATENESS)
                .after(RefuseLate.STAGE)
                .rejectedTo(rejects))
        .apply("Rows", ParDo.of(new ShowSummary()))
        .apply("Together", Window.into(new GlobalWindows()));
  }

  static final class ShowSummary extends DoFn<VitalSummary, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element VitalSummary s, OutputReceiver<String> out) {
      out.output(
          "%s r%d %s n=%d mean=%s"
              .formatted(
                  s.windowStart(), s.revision(), s.isFinal() ? "final" : "open", s.n(), s.mean()));
    }
  }

  static final class ShowScore extends DoFn<EarlyWarningScore, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element EarlyWarningScore s, OutputReceiver<String> out) {
      out.output(
          "%s r%d %s %.0f"
              .formatted(s.time(), s.revision(), s.isFinal() ? "final" : "open", s.score()));
    }
  }

  private static TestStream.Builder<VitalSign> stream() {
    return TestStream.create(VitalSignCoder.of()).advanceWatermarkTo(joda(0));
  }

  @Test
  void lateReadingWithinTheLatenessIsARevisionAndTheLastPaneIsFinal(TestPipeline pipeline) {
    PCollection<String> rows =
        summaries(
            inTime(
                pipeline,
                stream()
                    .addElements(pulse(10, 60))
                    .advanceWatermarkTo(joda(90))
                    .addElements(pulse(20, 80))
                    .advanceWatermarkToInfinity()));
    PAssert.that(rows)
        .containsInAnyOrder(
            "2110-01-01T00:00:00Z r0 open n=1 mean=60.0",
            "2110-01-01T00:00:00Z r1 open n=2 mean=70.0",
            "2110-01-01T00:00:00Z r2 final n=2 mean=70.0");
    Ledger ledger = ledger(pipeline);
    assertEquals("{passed=2}", outcomes(ledger, SummarizeVitals.STAGE));
  }

  @Test
  void manyLateReadingsAreARevisionEach(TestPipeline pipeline) {
    TestStream.Builder<VitalSign> stream =
        stream().addElements(pulse(0, 60)).advanceWatermarkTo(joda(90));
    List<String> expected = new ArrayList<>(List.of("2110-01-01T00:00:00Z r0 open n=1 mean=60.0"));
    for (int second = 1; second <= 25; second++) {
      stream = stream.addElements(pulse(second, 60));
      expected.add("2110-01-01T00:00:00Z r%d open n=%d mean=60.0".formatted(second, second + 1));
    }
    expected.add("2110-01-01T00:00:00Z r26 final n=26 mean=60.0");
    PAssert.that(summaries(inTime(pipeline, stream.advanceWatermarkToInfinity())))
        .containsInAnyOrder(expected);
    assertEquals("{passed=26}", outcomes(ledger(pipeline), SummarizeVitals.STAGE));
  }

  @Test
  void readingLaterThanTheLatenessIsRejectedNotDropped(TestPipeline pipeline) {
    PCollection<String> rows =
        summaries(
            inTime(
                pipeline,
                stream()
                    .addElements(pulse(10, 60))
                    .advanceWatermarkTo(joda(60 + 300 - 1))
                    .addElements(pulse(20, 80))
                    .advanceWatermarkTo(joda(60 + 300))
                    .addElements(pulse(30, 90), pulse(70, 100))
                    .advanceWatermarkToInfinity()));
    PAssert.that(rows.apply("Final only", ParDo.of(new FinalOnly())))
        .containsInAnyOrder(
            "2110-01-01T00:00:00Z r2 final n=2 mean=70.0",
            "2110-01-01T00:01:00Z r1 final n=1 mean=100.0");
    PAssert.that(rejects.all(pipeline))
        .satisfies(
            (SerializableFunction<Iterable<Rejected>, Void>)
                all -> {
                  assertEquals(
                      List.of("late at 30"),
                      StreamSupport.stream(all.spliterator(), false)
                          .map(r -> r.reason().code() + " at " + r.position())
                          .toList());
                  return null;
                });
    Ledger ledger = ledger(pipeline);
    assertEquals("{passed=3, rejected:late=1}", outcomes(ledger, RefuseLate.STAGE));
    assertEquals(1, lateness("le_0"), "the first is before the watermark");
    assertEquals(1, lateness("le_60000"));
    assertEquals(4, lateness("le_600000"));
    assertEquals(4, lateness("le_Inf"));
    assertEquals((359 - 20 + 360 - 30 + 360 - 70) * 1000L, lateness("sum"));
    assertEquals("{passed=3}", outcomes(ledger, SummarizeVitals.STAGE));
  }

  static final class FinalOnly extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element String row, OutputReceiver<String> out) {
      if (row.contains("final")) {
        out.output(row);
      }
    }
  }

  @Test
  void earlyFiringsTellALadderBeforeItsWindowsAreOver(TestPipeline pipeline) {
    VitalWindows ladder = VitalWindows.ladder(WINDOW, Duration.ofMinutes(5));
    PCollection<String> rows =
        pipeline
            .apply(
                stream()
                    .addElements(pulse(10, 60))
                    .advanceProcessingTime(org.joda.time.Duration.standardSeconds(31))
                    .advanceProcessingTime(org.joda.time.Duration.standardSeconds(31))
                    .addElements(pulse(20, 80))
                    .advanceWatermarkTo(joda(320))
                    .advanceWatermarkToInfinity())
            .apply(
                "Summarize",
                Vitals.summarize(ladder)
                    .withAllowedLateness(LATENESS)
                    .withEarlyFirings(Duration.ofSeconds(30)))
            .apply("Rows", ParDo.of(new ShowWindow()));
    PAssert.that(rows)
        .containsInAnyOrder(
            "1m r0 open n=1",
            "1m r1 open n=2",
            "1m r2 final n=2",
            "5m r0 open n=1",
            "5m r1 open n=2",
            "5m r2 final n=2");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void lateReadingTellsEachWindowOfALadderOnceMore(TestPipeline pipeline) {
    VitalWindows ladder = VitalWindows.ladder(WINDOW, Duration.ofMinutes(5));
    PCollection<String> rows =
        pipeline
            .apply(
                stream()
                    .addElements(pulse(10, 60), pulse(70, 60))
                    .advanceWatermarkTo(joda(310))
                    .addElements(pulse(20, 80))
                    .advanceWatermarkToInfinity())
            .apply("Summarize", Vitals.summarize(ladder).withAllowedLateness(LATENESS))
            .apply("Rows", ParDo.of(new ShowWindow()));
    PAssert.that(rows)
        .containsInAnyOrder(
            "1m r0 open n=1",
            "1m r1 open n=2",
            "1m r2 final n=2",
            "1m r0 open n=1",
            "1m r1 final n=1",
            "5m r0 open n=2",
            "5m r1 open n=3",
            "5m r2 final n=3");
    pipeline.run().waitUntilFinish();
  }

  static final class ShowWindow extends DoFn<VitalSummary, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element VitalSummary s, OutputReceiver<String> out) {
      out.output(
          "%dm r%d %s n=%d"
              .formatted(
                  Duration.between(s.windowStart(), s.windowEnd()).toMinutes(),
                  s.revision(),
                  s.isFinal() ? "final" : "open",
                  s.n()));
    }
  }

  @Test
  void windowsWithoutAValueGiveNothingWhenTheWatermarkLeaps(TestPipeline pipeline) {
    PCollection<String> rows =
        summaries(
            inTime(
                pipeline,
                stream()
                    .addElements(pulse(10, 60))
                    .advanceWatermarkTo(joda(86_400))
                    .addElements(pulse(86_410, 70))
                    .advanceWatermarkToInfinity()));
    PAssert.that(rows)
        .containsInAnyOrder(
            "2110-01-01T00:00:00Z r0 final n=1 mean=60.0",
            "2110-01-02T00:00:00Z r0 final n=1 mean=70.0");
    assertEquals("{passed=2}", outcomes(ledger(pipeline), SummarizeVitals.STAGE));
  }

  @Test
  void windowWithImplausibleReadingsOnlyGivesNothing(TestPipeline pipeline) {
    PCollection<VitalSign> implausible =
        pipeline.apply(stream().addElements(pulse(10, 999)).advanceWatermarkToInfinity());
    PCollection<VitalSign> none = implausible.apply("None", ParDo.of(new Nothing()));
    PAssert.that(
            none.apply(
                    "Summarize",
                    Vitals.summarize(WINDOW)
                        .withAllowedLateness(LATENESS)
                        .countingImplausible(implausible))
                .apply("Together", Window.into(new GlobalWindows())))
        .empty();
    pipeline.run().waitUntilFinish();
  }

  @Test
  void signsThatComeInWindowsAreSummarizedWithTheImplausibleOnes(TestPipeline pipeline) {
    PCollection<VitalSign> windowed =
        pipeline
            .apply(
                stream()
                    .addElements(pulse(10, 60), pulse(20, 999), pulse(30, 70), pulse(70, 80))
                    .advanceWatermarkToInfinity())
            .apply(
                "Windows of the caller",
                Window.<VitalSign>into(FixedWindows.of(org.joda.time.Duration.standardSeconds(30)))
                    .triggering(AfterWatermark.pastEndOfWindow())
                    .withAllowedLateness(org.joda.time.Duration.ZERO)
                    .discardingFiredPanes());
    PCollectionTuple checked =
        windowed.apply(
            "Check", Vitals.checkPlausibility(PlausibilityPolicy.MIMIC).rejectedTo(rejects));
    PCollection<String> rows =
        checked
            .get(CheckPlausibility.PLAUSIBLE)
            .apply(
                "Refuse late readings",
                Vitals.refuseLate(WINDOW, Duration.ZERO)
                    .after(CheckPlausibility.STAGE)
                    .rejectedTo(rejects))
            .apply(
                "Summarize",
                Vitals.summarize(WINDOW)
                    .countingImplausible(checked.get(CheckPlausibility.IMPLAUSIBLE))
                    .after(RefuseLate.STAGE)
                    .rejectedTo(rejects))
            .apply("Counts", ParDo.of(new ShowCounts()))
            .apply("Together", Window.into(new GlobalWindows()));
    PAssert.that(rows)
        .containsInAnyOrder("2110-01-01T00:00:00Z n=2 + 1", "2110-01-01T00:01:00Z n=1 + 0");
    ledger(pipeline);
  }

  static final class ShowCounts extends DoFn<VitalSummary, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element VitalSummary s, OutputReceiver<String> out) {
      out.output("%s n=%d + %d".formatted(s.windowStart(), s.n(), s.nImplausible()));
    }
  }

  static final class Nothing extends DoFn<VitalSign, VitalSign> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process() {}
  }

  @Test
  void lateReadingCorrectsTheScoresOfItsTimeAndOfThoseAfterIt(TestPipeline pipeline) {
    PCollection<String> rows =
        inTime(
                pipeline,
                stream()
                    .addElements(pulse(10, 80), pulse(130, 80))
                    .advanceWatermarkTo(joda(200))
                    .addElements(temperature(70, 39.5))
                    .advanceWatermarkToInfinity())
            .apply(
                "Score",
                Vitals.news2().withPeriod(Duration.ofMinutes(3)).withAllowedLateness(LATENESS))
            .apply("Rows", ParDo.of(new ShowScore()))
            .apply("Together", Window.into(new GlobalWindows()));
    PAssert.that(rows)
        .containsInAnyOrder(
            "2110-01-01T00:00:10Z r0 open 0",
            "2110-01-01T00:02:10Z r0 open 0",
            "2110-01-01T00:01:10Z r0 open 2",
            "2110-01-01T00:02:10Z r1 open 2",
            "2110-01-01T00:00:10Z r1 final 0",
            "2110-01-01T00:01:10Z r1 final 2",
            "2110-01-01T00:02:10Z r2 final 2");
    ledger(pipeline);
  }

  private static TimestampedValue<VitalSign> temperature(int second, double value) {
    return TimestampedValue.of(
        new VitalSign("a", VitalKind.TEMPERATURE, value, T.plusSeconds(second), "s", "t"),
        joda(second));
  }

  private Ledger ledger(TestPipeline pipeline) {
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    metrics = result.metrics();
    Ledger ledger = rejects.ledger(metrics);
    assertEquals(List.of(), ledger.violations());
    return ledger;
  }

  private long lateness(String what) {
    MetricsFilter filter =
        MetricsFilter.builder()
            .addNameFilter(
                MetricNameFilter.named(
                    Outcomes.NAMESPACE, RefuseLate.STAGE + "|lateness_ms_" + what))
            .build();
    long n = 0;
    for (MetricResult<Long> counter : metrics.queryMetrics(filter).getCounters()) {
      n += counter.getCommitted();
    }
    return n;
  }

  private static String outcomes(Ledger ledger, String stage) {
    return ledger.stages().stream()
        .filter(s -> s.stage().equals(stage))
        .findFirst()
        .orElseThrow()
        .outcomes()
        .toString();
  }
}
