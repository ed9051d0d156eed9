package org.healthbeam.runners.flink;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** What Flink itself shows of a job's counters; Beam's result has them only when the job ends. */
public final class CountersOfARunningJob implements MetricReporter, MetricReporterFactory {
  /** The line of Flink's configuration that asks for it. */
  static final String CONFIGURATION =
      "metrics.reporter.test.factory.class: " + CountersOfARunningJob.class.getName() + "\n";

  private static final Map<Counter, String> COUNTERS = new ConcurrentHashMap<>();

  /** Returns the sum of the counters of a stage with this name. */
  static long sum(String stage, String name) {
    return COUNTERS.entrySet().stream()
        .filter(each -> each.getValue().contains(stage) && each.getValue().endsWith(name))
        .mapToLong(each -> each.getKey().getCount())
        .sum();
  }

  @Override
  public MetricReporter createMetricReporter(Properties properties) {
    return this;
  }

  @Override
  public void open(MetricConfig config) {
    COUNTERS.clear();
  }

  @Override
  public void close() {}

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Counter counter) {
      COUNTERS.put(counter, name);
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {}
}
