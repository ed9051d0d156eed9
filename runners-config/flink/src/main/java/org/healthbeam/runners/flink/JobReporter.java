package org.healthbeam.runners.flink;

import com.google.auto.service.AutoService;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.apache.flink.runtime.metrics.MetricNames;
import org.apache.flink.runtime.metrics.scope.ScopeFormat;

/** Tells an {@link EmbeddedJob} of its counters, which stay readable when the job has ended. */
@AutoService(MetricReporterFactory.class)
public final class JobReporter implements MetricReporter, MetricReporterFactory {
  private final EmbeddedJob job = EmbeddedJob.starting();

  @Override
  public MetricReporter createMetricReporter(Properties properties) {
    return new JobReporter();
  }

  @Override
  public void open(MetricConfig config) {}

  @Override
  public void close() {}

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Counter counter) {
      job.add(counter, name);
      Map<String, String> place = group.getAllVariables();
      String task = place.get(ScopeFormat.SCOPE_TASK_NAME);
      boolean received = name.equals(MetricNames.IO_NUM_RECORDS_IN);
      if (task != null
          && !place.containsKey(ScopeFormat.SCOPE_OPERATOR_NAME)
          && (received || name.equals(MetricNames.IO_NUM_RECORDS_OUT))) {
        job.addOfTask(counter, task, received);
      }
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {}
}
