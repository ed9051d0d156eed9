package org.healthbeam.transforms.vital;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TimestampedValue;
import org.healthbeam.core.outcome.Ledger;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.VitalSummary;
import org.healthbeam.core.vital.artefact.ArtefactPolicy;
import org.healthbeam.core.vital.artefact.VitalArtefact;
import org.healthbeam.core.vital.score.EarlyWarningScore;
import org.healthbeam.core.vital.score.News2;
import org.healthbeam.core.vital.window.VitalWindows;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestPipelineExtension.class)
class FilterArtefactsTest {
  private static final Instant T = Instant.parse("2110-01-01T00:00:00Z");
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final Duration LATENESS = Duration.ofMinutes(20);

  /** What comes out of a pipeline of the direct runner, which runs in this JVM. */
  private static final ConcurrentLinkedQueue<String> SEEN = new ConcurrentLinkedQueue<>();

  private final Rejects rejects = Rejects.with(PayloadHash.salted());

  private static VitalSign pulse(int second, double value, ReadingVersion version) {
    Instant time = T.plusSeconds(second);
    return new VitalSign("a", VitalKind.HEART_RATE, value, time, "s", "1", version);
  }

  private static VitalSign pulse(int second, double value) {
    return pulse(second, value, ReadingVersion.ORIGINAL);
  }

  private static List<VitalSign> calmWithASpike() {
    List<VitalSign> signs = new ArrayList<>();
    for (int minute = 0; minute < 9; minute++) {
      signs.add(pulse(60 * minute, minute == 4 ? 240 : 80 + minute % 2));
    }
    return signs;
  }

  private PCollectionTuple filtered(PCollection<VitalSign> signs) {
    return signs.apply(
        "Filter artefacts",
        Vitals.filterArtefacts(ArtefactPolicy.HAMPEL).withAllowedLateness(LATENESS.plus(WINDOW)));
  }

  private static PCollection<VitalSummary> summaries(
      PCollection<VitalSign> signs, Rejects rejects) {
    Duration lateness =
        Vitals.filterArtefacts(ArtefactPolicy.HAMPEL)
            .withAllowedLateness(LATENESS.plus(WINDOW))
            .latenessAfter();
    return signs.apply(
        "Summarize", Vitals.summarize(WINDOW).withAllowedLateness(lateness).rejectedTo(rejects));
  }

  static final class ShowArtefact extends DoFn<VitalArtefact, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element VitalArtefact a, OutputReceiver<String> out) {
      out.output(a.time() + " " + a.value() + " around " + a.median() + " up to " + a.limit());
    }
  }

  static final class ShowScore extends DoFn<EarlyWarningScore, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element EarlyWarningScore s, OutputReceiver<String> out) {
      out.output(s.time() + " " + s.score());
    }
  }

  static final class Remember extends DoFn<VitalSummary, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element VitalSummary s) {
      if (s.isFinal()) {
        SEEN.add(s.windowStart() + " n=" + s.n() + " mean=" + s.mean());
      }
    }
  }

  @Test
  void artefactIsInNoSummaryAndNoScoreButIsToldWithItsValue(TestPipeline pipeline) {
    PCollectionTuple filtered =
        filtered(pipeline.apply(Create.of(calmWithASpike()).withCoder(VitalSignCoder.of())));
    PAssert.that(
            filtered.get(FilterArtefacts.ARTEFACTS).apply("Show", ParDo.of(new ShowArtefact())))
        .containsInAnyOrder("2110-01-01T00:04:00Z 240.0 around 81.0 up to 15.0");
    PCollection<VitalSign> signs = filtered.get(FilterArtefacts.SIGNS);
    summaries(signs, rejects).apply("Remember", ParDo.of(new Remember()));
    PAssert.that(
            signs
                .apply("Score", Vitals.score(News2.SCALE_1))
                .apply("Show scores", ParDo.of(new ShowScore())))
        .satisfies(
            scores -> {
              List<String> all = new ArrayList<>();
              scores.forEach(all::add);
              assertEquals(8, all.size(), all::toString);
              all.forEach(s -> assertEquals("0.0", s.split(" ")[1], s));
              return null;
            });
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertEquals(
        "{artefact=1, passed=8}",
        rejects.ledger(result.metrics()).stages().stream()
            .filter(s -> s.stage().equals(SummarizeVitals.STAGE))
            .findFirst()
            .orElseThrow()
            .outcomes()
            .toString());
  }

  static final class ShowRevision extends DoFn<VitalArtefact, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element VitalArtefact a, OutputReceiver<String> out) {
      out.output(
          "%s %s r%d %s %s"
              .formatted(
                  Duration.between(T, a.time()), a.value(), a.revision(), a.artefact(), a.limit()));
    }
  }

  private static TimestampedValue<VitalSign> at(VitalSign sign) {
    return TimestampedValue.of(
        sign, org.joda.time.Instant.ofEpochMilli(sign.time().toEpochMilli()));
  }

  /** A spike amid equal readings; then, when it was judged, readings come late one by one. */
  private static PCollection<VitalSign> spikeAndThen(TestPipeline pipeline, VitalSign... late) {
    TestStream.Builder<VitalSign> stream = TestStream.create(VitalSignCoder.of());
    for (int minute = 0; minute < 9; minute++) {
      stream =
          stream.addElements(
              at(
                  pulse(
                      60 * minute,
                      minute == 4 ? 240 : 80,
                      ReadingVersion.told(false, 1, "" + minute))));
    }
    stream =
        stream.advanceWatermarkTo(
            org.joda.time.Instant.ofEpochMilli(T.plusSeconds(1200).toEpochMilli()));
    for (VitalSign sign : late) {
      stream = stream.addElements(at(sign));
    }
    return pipeline.apply(stream.advanceWatermarkToInfinity());
  }

  @Test
  void ofAWindowThatIsJudgedAnewOnlyWhatHasChangedIsTold(TestPipeline pipeline) {
    PCollectionTuple filtered =
        filtered(spikeAndThen(pipeline, pulse(210, 80), pulse(270, 80), pulse(271, 200)));
    PAssert.that(
            filtered.get(FilterArtefacts.ARTEFACTS).apply("Show", ParDo.of(new ShowRevision())))
        .containsInAnyOrder("PT4M 240.0 r0 true 15.0", "PT4M31S 200.0 r3 true 15.0");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void artefactThatIsTakenBackOrCorrectedIsNoneAnyMore(TestPipeline pipeline) {
    PCollectionTuple filtered =
        filtered(
            spikeAndThen(
                pipeline,
                pulse(240, 250, ReadingVersion.corrected(2, "4")),
                pulse(240, 0, ReadingVersion.withdrawn(3, "4"))));
    PAssert.that(
            filtered.get(FilterArtefacts.ARTEFACTS).apply("Show", ParDo.of(new ShowRevision())))
        .containsInAnyOrder(
            "PT4M 240.0 r0 true 15.0",
            "PT4M 240.0 r1 false NaN",
            "PT4M 250.0 r1 true 15.0",
            "PT4M 250.0 r2 false NaN");
    pipeline.run().waitUntilFinish();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void finalRowsOfAStreamAreThoseOfTheBatchInAnyOrderWithinTheLateness(long seed) {
    Random random = new Random(seed);
    List<VitalSign> ward = new ArrayList<>();
    for (int second = 0; second < 2400; second += 5 + random.nextInt(50)) {
      double value = random.nextInt(12) == 0 ? 30 + random.nextInt(200) : 70 + random.nextInt(9);
      ward.add(pulse(second, value));
      if (random.nextInt(15) == 0) {
        ward.add(pulse(second, 75, ReadingVersion.corrected(1, "x")));
      }
    }
    NavigableSet<String> expected = finalRows(TestPipeline.create(), batch(ward));
    assertTrue(expected.size() > 30, expected::toString);
    assertEquals(expected, finalRows(TestPipeline.create(), late(ward, random)));
  }

  private interface Signs {
    PCollection<VitalSign> in(TestPipeline pipeline);
  }

  private static Signs batch(List<VitalSign> ward) {
    return pipeline -> pipeline.apply(Create.of(ward).withCoder(VitalSignCoder.of()));
  }

  /** Every reading comes up to the lateness after the watermark has passed it. */
  private static Signs late(List<VitalSign> ward, Random random) {
    record Arrival(long at, VitalSign sign) {}
    List<Arrival> arrivals = new ArrayList<>();
    for (VitalSign sign : ward) {
      long delay = random.nextInt(3) == 0 ? random.nextInt(1200) : 0;
      arrivals.add(new Arrival(sign.time().getEpochSecond() + delay, sign));
    }
    Collections.shuffle(arrivals, random);
    arrivals.sort(Comparator.comparingLong(Arrival::at));
    TestStream.Builder<VitalSign> stream = TestStream.create(VitalSignCoder.of());
    for (Arrival arrival : arrivals) {
      stream =
          stream
              .advanceWatermarkTo(org.joda.time.Instant.ofEpochSecond(arrival.at()))
              .addElements(
                  TimestampedValue.of(
                      arrival.sign(),
                      org.joda.time.Instant.ofEpochMilli(arrival.sign().time().toEpochMilli())));
    }
    TestStream<VitalSign> whole = stream.advanceWatermarkToInfinity();
    return pipeline -> pipeline.apply(whole);
  }

  private NavigableSet<String> finalRows(TestPipeline pipeline, Signs signs) {
    SEEN.clear();
    pipeline.enableAbandonedNodeEnforcement(false);
    Rejects own = Rejects.with(PayloadHash.salted());
    PCollection<VitalSign> inTime =
        signs
            .in(pipeline)
            .apply("Refuse late readings", Vitals.refuseLate(WINDOW, LATENESS).rejectedTo(own));
    summaries(filtered(inTime).get(FilterArtefacts.SIGNS), own)
        .apply("Remember", ParDo.of(new Remember()));
    pipeline.run().waitUntilFinish();
    return new TreeSet<>(SEEN);
  }

  @Test
  void judgementThatComesTooLateIsAnOutcome(TestPipeline pipeline) {
    Rejects rejects = Rejects.with(PayloadHash.salted());
    Outcomes outcomes = Outcomes.declare(rejects, FilterArtefacts.STAGE, "judgements", "");
    ReadingVersion judged = ReadingVersion.judged(true, 0);
    VitalWindows.Rung slot = VitalWindows.fixed(Duration.ofMinutes(1)).slot();
    org.joda.time.Instant last =
        org.joda.time.Instant.ofEpochMilli(pulse(59, 1).time().toEpochMilli() + 60_999);
    PCollection<VitalSign> passed =
        pipeline
            .apply(
                TestStream.create(VitalSignCoder.of())
                    .advanceWatermarkTo(last)
                    .addElements(TimestampedValue.of(pulse(0, 300, judged), last))
                    .advanceWatermarkTo(last.plus(org.joda.time.Duration.millis(1)))
                    .addElements(
                        TimestampedValue.of(
                            pulse(1, 300, judged), last.plus(org.joda.time.Duration.millis(1))))
                    .advanceWatermarkToInfinity())
            .apply("Shards", ParDo.of(new CountJudgements.ByShard(slot, 60_000)))
            .setCoder(KvCoder.of(VarIntCoder.of(), VitalSignCoder.of()))
            .apply("Count", ParDo.of(new CountJudgements(outcomes, slot, 60_000)))
            .setCoder(VitalSignCoder.of());
    PAssert.that(passed).containsInAnyOrder(pulse(0, 300, judged));
    Ledger ledger = rejects.ledger(pipeline.run().metrics());
    assertEquals(List.of(), ledger.violations());
    assertEquals("{late=1, passed=1}", ledger.stages().get(0).outcomes().toString());
  }
}
