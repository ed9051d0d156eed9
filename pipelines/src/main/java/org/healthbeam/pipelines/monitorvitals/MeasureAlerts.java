package org.healthbeam.pipelines.monitorvitals;

import java.time.Clock;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.transforms.DoFn;
import org.healthbeam.core.vital.alert.Alert;
import org.healthbeam.core.vital.alert.AlertState;
import org.healthbeam.transforms.outcome.Histogram;
import org.healthbeam.transforms.outcome.StageMetrics;

/**
 * Measures how long after its time an alert of a stream is told: each that is raised, when it is
 * told first. Gives nothing.
 */
final class MeasureAlerts extends DoFn<Alert, Void> {
  private static final long serialVersionUID = 1L;

  /** The stage under whose name the figures are shown. */
  static final String STAGE = "Tell alerts";

  private final Clock clock;
  private final Histogram latency =
      StageMetrics.histogram(
          STAGE, "latency_ms", 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 60_000, 600_000);
  private final Gauge last = StageMetrics.gauge(STAGE, "latency_last_ms");

  MeasureAlerts(Clock clock) {
    this.clock = clock;
  }

  @StartBundle
  public void begin() {
    latency.clear();
  }

  @ProcessElement
  public void process(@Element Alert alert) {
    if (alert.state() == AlertState.RAISED
        && alert.revision() == 0
        && !alert.isFinal()
        && !alert.withdrawn()) {
      long millis = Math.max(0, clock.millis() - alert.time().toEpochMilli());
      latency.add(millis);
      last.set(millis);
    }
  }

  @FinishBundle
  public void finish() {
    latency.flush();
  }
}
