package org.healthbeam.transforms.vital.alert;

import static org.healthbeam.transforms.vital.alert.ShownAlerts.LATENESS;
import static org.healthbeam.transforms.vital.alert.ShownAlerts.PULSE;
import static org.healthbeam.transforms.vital.alert.ShownAlerts.T;
import static org.healthbeam.transforms.vital.alert.ShownAlerts.at;
import static org.healthbeam.transforms.vital.alert.ShownAlerts.joda;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.alert.Acknowledgement;
import org.healthbeam.core.vital.alert.Alert;
import org.healthbeam.core.vital.alert.AlertPriority;
import org.healthbeam.core.vital.alert.AlertRule;
import org.healthbeam.core.vital.alert.AlertSignal;
import org.healthbeam.core.vital.alert.AlertState;
import org.healthbeam.transforms.vital.VitalSignCoder;
import org.healthbeam.transforms.vital.Vitals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is dated ahead of the watermark proves nothing of the time between. */
@ExtendWith(TestPipelineExtension.class)
class AlertsDatedAheadTest {
  /** A timer for each millisecond until then would not come to an end. */
  @Test
  void subjectOfWhomNothingButAReadingFarAheadIsKnownIsLeftAlone(TestPipeline pipeline) {
    AlertRule rule =
        AlertRule.of(
                "pulse", AlertPriority.MEDIUM, AlertSignal.value(VitalKind.HEART_RATE), ">=120")
            .delayed(Duration.ofSeconds(30), Duration.ZERO);
    int days = 400 * 86_400;
    PCollection<String> told =
        pipeline
            .apply(
                TestStream.create(VitalSignCoder.of())
                    .advanceWatermarkTo(joda(T.toEpochMilli()))
                    .addElements(at(0, 80), at(days, 130))
                    .advanceWatermarkToInfinity())
            .apply("Alert", Vitals.alert(List.of(rule)).withAllowedLateness(LATENESS))
            .get(AlertVitals.ALERTS)
            .apply("Told", ParDo.of(new ToldAt()));
    PAssert.that(told).containsInAnyOrder("PT9600H30S at PT9600H30S");
    pipeline.run().waitUntilFinish();
  }

  /** When alerts were told that they are raised, in event time. */
  static final class ToldAt extends DoFn<Alert, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element Alert alert, @Timestamp org.joda.time.Instant told, OutputReceiver<String> out) {
      if (alert.state() == AlertState.RAISED && alert.revision() == 0) {
        out.output(
            Duration.between(T, alert.time())
                + " at "
                + Duration.between(T, Instant.ofEpochMilli(told.getMillis())));
      }
    }
  }

  @Test
  void firstReadingOfAStreamWaitsForTheFirstWatermarkOnly(TestPipeline pipeline) {
    AlertRule rule =
        AlertRule.of(
            "pulse", AlertPriority.MEDIUM, AlertSignal.value(VitalKind.HEART_RATE), ">=120");
    PCollection<String> told =
        pipeline
            .apply(
                TestStream.create(VitalSignCoder.of())
                    .addElements(at(0, 130))
                    .advanceWatermarkTo(joda(T.minusSeconds(600).toEpochMilli()))
                    .advanceWatermarkTo(joda(T.plusSeconds(600).toEpochMilli()))
                    .advanceWatermarkToInfinity())
            .apply("Alert", Vitals.alert(List.of(rule)).withAllowedLateness(LATENESS))
            .get(AlertVitals.ALERTS)
            .apply("Told", ParDo.of(new ToldAt()));
    PAssert.that(told).containsInAnyOrder("PT0S at PT-1H");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void whatIsDatedAheadTellsNothingBeforeItsTime(TestPipeline pipeline) {
    PCollection<Acknowledgement> seen =
        pipeline.apply("Seen", Create.of(new Acknowledgement("a", T.plusSeconds(3000), "pulse")));
    AlertRule gone =
        AlertRule.of("gone", AlertPriority.LOW, AlertSignal.missing(null, Duration.ofHours(3)))
            .repeating(Duration.ofHours(3), 0);
    PCollection<String> told =
        pipeline
            .apply(
                TestStream.create(VitalSignCoder.of())
                    .advanceWatermarkTo(joda(T.toEpochMilli()))
                    .addElements(at(50_000, 80), at(0, 130))
                    .addElements(at(10, 90))
                    .advanceWatermarkTo(joda(T.plusSeconds(60).toEpochMilli()))
                    .addElements(at(600, 80))
                    .advanceWatermarkToInfinity())
            .apply(
                "Alert",
                Vitals.alert(List.of(PULSE, gone))
                    .withAllowedLateness(LATENESS)
                    .acknowledgedBy(seen))
            .get(AlertVitals.ALERTS)
            .apply("Show", ParDo.of(new ShownAlerts.Show(false)));
    PAssert.that(told)
        .containsInAnyOrder(
            "PT10S delayed r0 told",
            "PT10S delayed r1 final",
            "PT50M acknowledged r0 told",
            "PT50M acknowledged r1 final",
            "PT3H10M missing r0 told",
            "PT3H10M missing r1 final",
            "PT6H10M expired r0 told",
            "PT6H10M expired r1 final",
            "PT16H53M20S missing r0 told",
            "PT16H53M20S missing r1 final",
            "PT19H53M20S expired r0 told",
            "PT19H53M20S expired r1 final");
    pipeline.run().waitUntilFinish();
  }
}
