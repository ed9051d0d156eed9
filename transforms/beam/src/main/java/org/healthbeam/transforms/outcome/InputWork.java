package org.healthbeam.transforms.outcome;

import java.util.OptionalDouble;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsFilter;

/**
 * How much of the input of a batch is read: what plans the reading counts the work, what reads
 * counts what is done, both in the same measure, such as bytes. So a run can be told how long it
 * will still take.
 */
public final class InputWork {
  private static final String PLANNED = "Input|work_planned";
  private static final String DONE = "Input|work_done";
  private static final Counter TO_DO = Metrics.counter(Outcomes.NAMESPACE, PLANNED);
  private static final Counter READ = Metrics.counter(Outcomes.NAMESPACE, DONE);

  private InputWork() {}

  /**
   * Counts work that is to be done.
   *
   * @param work in bytes or whatever unit the sources agree on
   */
  public static void planned(long work) {
    TO_DO.inc(work);
  }

  /**
   * Counts work that is done.
   *
   * @param work in the unit of what was planned
   */
  public static void done(long work) {
    READ.inc(work);
  }

  /**
   * {@return the share that is done, at most 1, since runners count what they repeat; nothing if no
   * work is planned yet}
   *
   * @param metrics of a run, also while it goes on
   */
  public static OptionalDouble fraction(MetricResults metrics) {
    long planned = sum(metrics, PLANNED);
    return planned == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.min(1, (double) sum(metrics, DONE) / planned));
  }

  private static long sum(MetricResults metrics, String name) {
    MetricsFilter filter =
        MetricsFilter.builder()
            .addNameFilter(MetricNameFilter.named(Outcomes.NAMESPACE, name))
            .build();
    long sum = 0;
    for (MetricResult<Long> counter : metrics.queryMetrics(filter).getCounters()) {
      // Not every runner's results heed the filter.
      if (counter.getName().getName().equals(name)) {
        sum += counter.getAttempted();
      }
    }
    return sum;
  }
}
