package org.healthbeam.transforms.outcome;

import java.io.Serializable;
import javax.annotation.Nullable;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;

/**
 * How large numbers of a stage are, in Beam counters: {@code NAME_le_BOUND} of those up to each
 * bound, {@code NAME_le_Inf} of all, and {@code NAME_sum} of what they add up to. Below zero counts
 * as zero.
 *
 * <p>Not one of Beam's distributions: Flink's reporters export numbers only, and of a distribution
 * nothing; and these add up over workers and time.
 *
 * <p>A DoFn keeps one as a field and {@linkplain #flush flushes} it once for each bundle or block,
 * so that a number costs a few comparisons.
 */
public final class Histogram implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Counter[] counters;
  private final Counter total;
  private final long[] bounds;
  @Nullable private transient long[] counts;
  private transient long sum;

  Histogram(String name, long... bounds) {
    this.bounds = bounds.clone();
    this.counters = new Counter[bounds.length + 1];
    for (int i = 0; i < bounds.length; i++) {
      if (i > 0 && bounds[i] <= bounds[i - 1]) {
        throw new IllegalArgumentException("bounds do not rise at " + bounds[i]);
      }
      counters[i] = Metrics.counter(Outcomes.NAMESPACE, name + "_le_" + bounds[i]);
    }
    counters[bounds.length] = Metrics.counter(Outcomes.NAMESPACE, name + "_le_Inf");
    total = Metrics.counter(Outcomes.NAMESPACE, name + "_sum");
  }

  /**
   * Takes a number.
   *
   * @param value in the unit of the bounds
   */
  public void add(long value) {
    if (counts == null) {
      counts = new long[counters.length];
    }
    int i = 0;
    while (i < bounds.length && value > bounds[i]) {
      i++;
    }
    counts[i]++;
    sum += Math.max(0, value);
  }

  /** Tells the runner what was taken since the last time. */
  public void flush() {
    if (counts == null) {
      return;
    }
    long upTo = 0;
    for (int i = 0; i < counts.length; i++) {
      upTo += counts[i];
      if (upTo > 0) {
        counters[i].inc(upTo);
      }
    }
    if (sum > 0) {
      total.inc(sum);
    }
    clear();
  }

  /** Forgets what was taken since the last time: of a bundle that failed. */
  public void clear() {
    counts = null;
    sum = 0;
  }
}
