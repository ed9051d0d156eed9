package org.healthbeam.transforms.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.runners.core.metrics.MetricUpdates.MetricUpdate;
import org.apache.beam.runners.core.metrics.MetricsContainerImpl;
import org.apache.beam.sdk.metrics.MetricName;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StageMetricsTest {
  private final MetricsContainerImpl metrics = new MetricsContainerImpl("Step");

  @BeforeEach
  void collect() {
    MetricsEnvironment.setCurrentContainer(metrics);
  }

  @AfterEach
  void collectNoMore() {
    MetricsEnvironment.setCurrentContainer(null);
  }

  private Map<String, Long> counters() {
    Map<String, Long> all = new TreeMap<>();
    for (MetricUpdate<Long> each : metrics.getCumulative().counterUpdates()) {
      all.put(each.getKey().metricName().getName(), each.getUpdate());
    }
    return all;
  }

  @Test
  void aHistogramCountsWhatIsUpToEachBoundAndAddsUp() {
    Histogram delay =
        SerializableUtils.clone(StageMetrics.histogram("Read", "delay_ms", 10, 100, 1000));
    for (long value : new long[] {-5, 10, 11, 100, 5000}) {
      delay.add(value);
    }
    delay.flush();
    assertEquals(
        Map.of(
            "Read|delay_ms_le_10", 2L,
            "Read|delay_ms_le_100", 4L,
            "Read|delay_ms_le_1000", 4L,
            "Read|delay_ms_le_Inf", 5L,
            "Read|delay_ms_sum", 5121L),
        counters());
    delay.flush();
    delay.add(7);
    delay.clear();
    delay.flush();
    assertEquals(5, counters().get("Read|delay_ms_le_Inf"), "each is told once, or forgotten");
  }

  @Test
  void aGaugeIsTheLastNumberThatWasSet() {
    StageMetrics.gauge("Read", "age_ms").set(3);
    StageMetrics.gauge("Read", "age_ms").set(2);
    MetricName name = MetricName.named(Outcomes.NAMESPACE, "Read|age_ms");
    assertEquals(2, metrics.getGauge(name).getCumulative().value());
  }

  @Test
  void theLedgerDoesNotTakeThemForOutcomes() {
    for (String name : new String[] {"delay_ms_le_10", "delay_ms_sum", "in_ms"}) {
      assertEquals(Optional.empty(), Outcomes.CounterName.parse("Read|" + name));
    }
    assertThrows(IllegalArgumentException.class, () -> StageMetrics.gauge("Read", "=passed"));
    assertThrows(IllegalArgumentException.class, () -> StageMetrics.gauge("A|b", "age"));
    assertThrows(IllegalArgumentException.class, () -> StageMetrics.histogram("Read", "in"));
    assertThrows(IllegalArgumentException.class, () -> StageMetrics.histogram("Read", "d", 2, 2));
  }
}
