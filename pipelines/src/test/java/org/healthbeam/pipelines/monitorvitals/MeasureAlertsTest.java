package org.healthbeam.pipelines.monitorvitals;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.ParDo;
import org.healthbeam.core.vital.alert.Alert;
import org.healthbeam.core.vital.alert.AlertPriority;
import org.healthbeam.core.vital.alert.AlertState;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.vital.alert.AlertCoder;
import org.junit.jupiter.api.Test;

class MeasureAlertsTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  private static Alert alert(
      AlertState state, long before, long revision, boolean isFinal, boolean withdrawn) {
    return new Alert(
        "s",
        NOW.minusMillis(before),
        "r",
        state,
        AlertPriority.LOW,
        1,
        "",
        revision,
        isFinal,
        withdrawn);
  }

  @Test
  void onlyTheFirstTellingOfAnAlertThatIsRaisedIsMeasured() {
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(
            Create.of(
                    alert(AlertState.RAISED, 200, 0, false, false),
                    alert(AlertState.RAISED, 3000, 0, false, false),
                    alert(AlertState.RAISED, 5000, 1, false, false),
                    alert(AlertState.RAISED, 5000, 1, true, false),
                    alert(AlertState.RAISED, 5000, 0, false, true),
                    alert(AlertState.CLEARED, 5000, 0, false, false))
                .withCoder(AlertCoder.of()))
        .apply(ParDo.of(new MeasureAlerts(Clock.fixed(NOW, ZoneOffset.UTC))))
        .setCoder(VoidCoder.of());
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    MetricQueryResults metrics =
        result
            .metrics()
            .queryMetrics(
                MetricsFilter.builder()
                    .addNameFilter(MetricNameFilter.inNamespace(Outcomes.NAMESPACE))
                    .build());
    Map<String, Long> counts = new TreeMap<>();
    metrics.getCounters().forEach(c -> counts.put(c.getName().getName(), c.getCommitted()));
    assertEquals(2, counts.get("Tell alerts|latency_ms_le_Inf"));
    assertEquals(1, counts.get("Tell alerts|latency_ms_le_250"));
    assertEquals(3200, counts.get("Tell alerts|latency_ms_sum"));
  }
}
