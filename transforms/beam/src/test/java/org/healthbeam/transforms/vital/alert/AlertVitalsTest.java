package org.healthbeam.transforms.vital.alert;

import static org.healthbeam.transforms.vital.alert.ShownAlerts.LATENESS;
import static org.healthbeam.transforms.vital.alert.ShownAlerts.PULSE;
import static org.healthbeam.transforms.vital.alert.ShownAlerts.T;
import static org.healthbeam.transforms.vital.alert.ShownAlerts.at;
import static org.healthbeam.transforms.vital.alert.ShownAlerts.joda;
import static org.healthbeam.transforms.vital.alert.ShownAlerts.show;
import static org.healthbeam.transforms.vital.alert.ShownAlerts.sign;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
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
import org.healthbeam.core.vital.alert.Acknowledgement;
import org.healthbeam.core.vital.alert.AlertFollower;
import org.healthbeam.core.vital.alert.AlertInput;
import org.healthbeam.core.vital.alert.AlertLog;
import org.healthbeam.core.vital.alert.AlertPlan;
import org.healthbeam.core.vital.alert.AlertPriority;
import org.healthbeam.core.vital.alert.AlertRule;
import org.healthbeam.core.vital.alert.AlertSignal;
import org.healthbeam.core.vital.alert.DefaultAlerts;
import org.healthbeam.core.vital.score.Horizons;
import org.healthbeam.core.vital.score.KnownScores;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.vital.VitalSignCoder;
import org.healthbeam.transforms.vital.Vitals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
class AlertVitalsTest {
  private static final List<AlertRule> RULES =
      List.of(
          AlertRule.of("high", AlertPriority.HIGH, AlertSignal.score("NEWS2"), ">=5")
              .clearing("<=3")
              .suppressedFor(Duration.ofMinutes(30)),
          AlertRule.of(
                  "pulse", AlertPriority.MEDIUM, AlertSignal.value(VitalKind.HEART_RATE), ">=120")
              .delayed(Duration.ofMinutes(3), Duration.ofMinutes(5)),
          AlertRule.of("gone", AlertPriority.LOW, AlertSignal.missing(null, Duration.ofMinutes(10)))
              .repeating(Duration.ofMinutes(10), 2));

  private static List<VitalSign> ward(int seed) {
    Random random = new Random(seed);
    List<VitalSign> signs = new ArrayList<>();
    VitalKind[] kinds = {VitalKind.HEART_RATE, VitalKind.RESPIRATORY_RATE, VitalKind.SYSTOLIC_BP};
    double[] low = {70, 10, 85};
    double[] high = {145, 30, 130};
    int second = 0;
    for (int i = 0; i < 300; i++) {
      second += random.nextInt(10) == 0 ? random.nextInt(400) : random.nextInt(60);
      int kind = random.nextInt(3);
      double value = Math.rint(low[kind] + random.nextDouble() * (high[kind] - low[kind]));
      signs.add(sign("s" + random.nextInt(2), second, kinds[kind], value));
    }
    return signs;
  }

  private static List<Acknowledgement> seen() {
    return List.of(
        new Acknowledgement("s0", T.plusSeconds(1500), ""),
        new Acknowledgement("s1", T.plusSeconds(2500), "high"));
  }

  /** What the follower says of each subject's sorted inputs. */
  private static List<String> expected(List<VitalSign> signs, List<Acknowledgement> seen) {
    List<String> rows = new ArrayList<>();
    for (String subject : List.of("s0", "s1")) {
      List<AlertInput> inputs = new ArrayList<>();
      signs.stream()
          .filter(s -> s.subject().equals(subject))
          .forEach(
              s -> inputs.add(AlertInput.reading(s.time().toEpochMilli(), s.kind(), s.value())));
      seen.stream()
          .filter(a -> a.subject().equals(subject))
          .forEach(a -> inputs.add(AlertInput.acknowledgement(a.time().toEpochMilli(), a.rule())));
      inputs.sort(Comparator.comparingLong(AlertInput::time));
      AlertFollower follower =
          new AlertFollower(AlertPlan.of(RULES, KnownScores.ALL, Horizons.STANDARD));
      AlertLog log = new AlertLog();
      inputs.forEach(
          i ->
              follower.addInOrder(subject, log, i, a -> rows.add(show(a)), b -> rows.add(show(b))));
      follower.finish(subject, log, a -> rows.add(show(a)), b -> rows.add(show(b)));
    }
    assertTrue(rows.size() > 40, "there is something to compare");
    return rows;
  }

  private static PCollection<String> rows(PCollectionTuple told) {
    return org.apache.beam.sdk.values.PCollectionList.of(
            told.get(AlertVitals.ALERTS)
                .apply("Final alerts", ParDo.of(new ShownAlerts.Show(true))))
        .and(told.get(AlertVitals.BURDEN).apply("Burden", ParDo.of(new ShownAlerts.ShowBurden())))
        .apply("Rows", org.apache.beam.sdk.transforms.Flatten.pCollections());
  }

  @Test
  void boundedInputTellsWhatTheMachineSaysOfItSorted(TestPipeline pipeline) {
    List<VitalSign> signs = ward(1);
    List<String> expected = expected(signs, seen());
    Collections.shuffle(signs, new Random(2));
    PCollection<Acknowledgement> seen = pipeline.apply("Seen", Create.of(seen()));
    PAssert.that(
            rows(
                pipeline
                    .apply("Signs", Create.of(signs))
                    .apply("Alert", Vitals.alert(RULES).acknowledgedBy(seen))))
        .containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void streamOutOfOrderTellsTheSameInTheEnd(TestPipeline pipeline) {
    List<VitalSign> signs = ward(3);
    List<String> expected = expected(signs, List.of());
    Random random = new Random(4);
    List<long[]> order = new ArrayList<>();
    for (int i = 0; i < signs.size(); i++) {
      long delay = random.nextInt((int) LATENESS.toMillis());
      order.add(new long[] {signs.get(i).time().toEpochMilli() + delay, i});
    }
    order.sort(Comparator.comparingLong(a -> a[0]));
    TestStream.Builder<VitalSign> stream = TestStream.create(VitalSignCoder.of());
    long watermark = Long.MIN_VALUE;
    int n = 0;
    for (long[] arrival : order) {
      VitalSign sign = signs.get((int) arrival[1]);
      stream = stream.addElements(TimestampedValue.of(sign, joda(sign.time().toEpochMilli())));
      watermark = Math.max(watermark, sign.time().toEpochMilli());
      if (n++ % 20 == 0) {
        stream = stream.advanceWatermarkTo(joda(watermark));
      }
    }
    PAssert.that(
            rows(
                pipeline
                    .apply("Arrivals", stream.advanceWatermarkToInfinity())
                    .apply("Alert", Vitals.alert(RULES).withAllowedLateness(LATENESS))))
        .containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void alertIsToldAtOnceAndAgainWhenLateReadingsUndoIt(TestPipeline pipeline) {
    AlertRule rule =
        AlertRule.of(
                "pulse", AlertPriority.MEDIUM, AlertSignal.value(VitalKind.HEART_RATE), ">=120")
            .delayed(Duration.ofSeconds(30), Duration.ZERO);
    PCollection<String> told =
        pipeline
            .apply(
                TestStream.create(VitalSignCoder.of())
                    .advanceWatermarkTo(joda(T.toEpochMilli()))
                    .addElements(at(0, 130))
                    .advanceWatermarkTo(joda(T.plusSeconds(60).toEpochMilli()))
                    .addElements(at(20, 90))
                    .advanceWatermarkToInfinity())
            .apply("Alert", Vitals.alert(List.of(rule)).withAllowedLateness(LATENESS))
            .get(AlertVitals.ALERTS)
            .apply("Show", ParDo.of(new ShownAlerts.Show(false)));
    PAssert.that(told)
        .containsInAnyOrder(
            "PT30S raised r0 told",
            "PT30S raised r1 withdrawn",
            "PT20S delayed r0 told",
            "PT20S delayed r1 final");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void missingDeviceIsToldWhenTimePassesWithoutAReading(TestPipeline pipeline) {
    AlertRule rule =
        AlertRule.of("gone", AlertPriority.LOW, AlertSignal.missing(null, Duration.ofMinutes(5)))
            .repeating(Duration.ofMinutes(5), 1);
    PCollection<String> told =
        pipeline
            .apply(
                TestStream.create(VitalSignCoder.of())
                    .advanceWatermarkTo(joda(T.toEpochMilli()))
                    .addElements(at(0, 80))
                    .advanceWatermarkTo(joda(T.plusSeconds(700).toEpochMilli()))
                    .addElements(at(710, 80))
                    .advanceWatermarkToInfinity())
            .apply("Alert", Vitals.alert(List.of(rule)).withAllowedLateness(LATENESS))
            .get(AlertVitals.ALERTS)
            .apply("Show", ParDo.of(new ShownAlerts.Show(false)))
            .apply("Before the end", ParDo.of(new Until("PT12M")));
    PAssert.that(told)
        .containsInAnyOrder(
            "PT5M missing r0 told",
            "PT5M missing r1 final",
            "PT10M repeated r0 told",
            "PT10M repeated r1 final",
            "PT11M50S reconnected r0 told",
            "PT11M50S reconnected r1 final");
    pipeline.run().waitUntilFinish();
  }

  /** Leaves out what is told of later times, when the test's stream ends. */
  static final class Until extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;
    private final Duration until;

    Until(String until) {
      this.until = Duration.parse(until);
    }

    @ProcessElement
    public void process(@Element String row, OutputReceiver<String> out) {
      if (Duration.parse(row.substring(0, row.indexOf(' '))).compareTo(until) < 0) {
        out.output(row);
      }
    }
  }

  @Test
  void whatIsTooLateIsAnOutcomeAlsoWhenTheSubjectIsForgotten(TestPipeline pipeline) {
    Rejects rejects = Rejects.with(PayloadHash.salted());
    PCollection<Acknowledgement> seen =
        pipeline.apply(
            "Seen",
            TestStream.create(AcknowledgementCoder.of())
                .addElements(
                    TimestampedValue.of(
                        new Acknowledgement("a", T, "pulse"), joda(T.toEpochMilli())))
                .advanceWatermarkToInfinity());
    PCollection<String> told =
        pipeline
            .apply(
                "Arrivals",
                TestStream.create(VitalSignCoder.of())
                    .advanceWatermarkTo(joda(T.toEpochMilli()))
                    .addElements(
                        at(0, 130),
                        at(600, 90),
                        TimestampedValue.of(
                            sign("a", 0, VitalKind.WEIGHT, 80), joda(T.toEpochMilli())))
                    .advanceWatermarkTo(joda(T.plus(Duration.ofDays(3)).toEpochMilli()))
                    .addElements(at(300, 150))
                    .advanceWatermarkToInfinity())
            .apply(
                "Alert",
                Vitals.alert(List.of(PULSE))
                    .withAllowedLateness(LATENESS)
                    .acknowledgedBy(seen)
                    .rejectedTo(rejects))
            .get(AlertVitals.ALERTS)
            .apply("Show", ParDo.of(new ShownAlerts.Show(true)));
    PAssert.that(told)
        .satisfies(
            rows -> {
              for (String row : rows) {
                assertEquals(false, row.contains(" 150 "), "it would have been raised anew");
              }
              return null;
            });
    Ledger ledger = rejects.ledger(pipeline.run().metrics());
    assertEquals(List.of(), ledger.violations());
    assertEquals(
        "{Acknowledge alerts={passed=1}, Alert={late=1, not-looked-at=1, passed=2}}",
        ledger.stages().stream()
            .collect(
                java.util.stream.Collectors.toMap(
                    s -> s.stage(), s -> s.outcomes(), (a, b) -> a, java.util.TreeMap::new))
            .toString());
  }

  @Test
  void noAlertHangsOnWhatIsTakenForAnArtefact(TestPipeline pipeline) {
    ReadingVersion judged = ReadingVersion.judged(true, 0);
    PCollection<String> told =
        pipeline
            .apply(
                Create.of(
                    sign("a", 0, VitalKind.HEART_RATE, 130),
                    new VitalSign("a", VitalKind.HEART_RATE, 130, T, "", "", judged),
                    sign("a", 60, VitalKind.HEART_RATE, 130)))
            .apply("Alert", Vitals.alert(List.of(PULSE)))
            .get(AlertVitals.ALERTS)
            .apply("Show", ParDo.of(new ShownAlerts.Show(true)))
            .apply("Raised", ParDo.of(new ShownAlerts.Of("pulse raised")));
    PAssert.that(told)
        .containsInAnyOrder("a " + T.plusSeconds(30) + " pulse raised NaN heart_rate 130 (>=120)");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void subjectsOnScale2HaveLimitsOfTheirOwn(TestPipeline pipeline) {
    PCollection<String> told =
        pipeline
            .apply(
                Create.of(sign("one", 0, VitalKind.SPO2, 90), sign("two", 0, VitalKind.SPO2, 90)))
            .apply("Alert", Vitals.alert(DefaultAlerts.RULES).withSpo2Scale2(Set.of("two")))
            .get(AlertVitals.ALERTS)
            .apply("Show", ParDo.of(new ShownAlerts.Show(true)))
            .apply("Limits", ParDo.of(new ShownAlerts.Of("spo2-limit raised")));
    PAssert.that(told)
        .containsInAnyOrder("one " + T + " spo2-limit raised 3.0 NEWS2 points of spo2 3 (>=3)");
    pipeline.run().waitUntilFinish();
  }

  /** On air 94 % has no points, on oxygen one: whichever it is, the limit of three is over. */
  @Test
  void recoveredSaturationOnScale2ClearsAlsoWhereOxygenIsNotCharted(TestPipeline pipeline) {
    PCollection<String> told =
        pipeline
            .apply(
                Create.of(
                    sign("two", 0, VitalKind.SPO2, 82),
                    sign("two", 60, VitalKind.SPO2, 97),
                    sign("two", 120, VitalKind.SPO2, 94),
                    sign("two", 180, VitalKind.SPO2, 83)))
            .apply("Alert", Vitals.alert(DefaultAlerts.RULES).withSpo2Scale2(Set.of("two")))
            .get(AlertVitals.ALERTS)
            .apply("Show", ParDo.of(new ShownAlerts.Show(true)))
            .apply("Limits", ParDo.of(new ShownAlerts.Of("spo2-limit")));
    PAssert.that(told)
        .containsInAnyOrder(
            "two " + T + " spo2-limit raised 3.0 NEWS2 points of spo2 3 (>=3)",
            "two " + T.plusSeconds(120) + " spo2-limit cleared 0.0 NEWS2 points of spo2 1",
            "two " + T.plusSeconds(180) + " spo2-limit raised 3.0 NEWS2 points of spo2 3 (>=3)",
            "two " + T.plusSeconds(180 + 43_200) + " spo2-limit expired 3.0 after 12h");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void acknowledgementThatMeetsNoAlertIsToldApart(TestPipeline pipeline) {
    PCollection<Acknowledgement> seen =
        pipeline.apply(
            "Seen",
            Create.of(
                new Acknowledgement("a", T.plusSeconds(60), ""),
                new Acknowledgement("a", T.plusSeconds(60), "pulse"),
                new Acknowledgement("nobody", T, "")));
    PCollection<String> told =
        pipeline
            .apply("Signs", Create.of(sign("a", 0, VitalKind.HEART_RATE, 80)))
            .apply("Alert", Vitals.alert(List.of(PULSE)).acknowledgedBy(seen))
            .get(AlertVitals.ALERTS)
            .apply("Show", ParDo.of(new ShownAlerts.Show(true)));
    PAssert.that(told)
        .containsInAnyOrder(
            "a " + T.plusSeconds(60) + "  acknowledged NaN nothing active",
            "a " + T.plusSeconds(60) + " pulse acknowledged NaN not active; silent for 0s",
            "nobody " + T + "  acknowledged NaN nothing active");
    pipeline.run().waitUntilFinish();
  }
}
