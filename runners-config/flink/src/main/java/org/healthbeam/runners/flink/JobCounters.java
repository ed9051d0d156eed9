package org.healthbeam.runners.flink;

import java.util.Map;
import java.util.Optional;
import org.apache.beam.runners.core.metrics.MetricsContainerStepMap;
import org.apache.beam.runners.flink.metrics.FlinkMetricContainer;
import org.apache.beam.sdk.metrics.MetricResults;

/** The counters of a job of Beam's, which Flink keeps as one accumulator. */
final class JobCounters {
  private JobCounters() {}

  /** Returns the counters of what has ended; nothing if no step has. */
  static Optional<MetricResults> of(Map<String, Object> accumulators) {
    return accumulators.get(FlinkMetricContainer.ACCUMULATOR_NAME)
            instanceof MetricsContainerStepMap steps
        ? Optional.of(MetricsContainerStepMap.asAttemptedOnlyMetricResults(steps))
        : Optional.empty();
  }
}
