package org.healthbeam.core.vital.artefact;

import java.util.Arrays;
import org.healthbeam.core.vital.ReadingSeries;
import org.healthbeam.core.vital.VitalKind;

/**
 * The Hampel identifier: a reading is an artefact if it is further from the median of the readings
 * around it than a number of standard deviations, which are told from the median of the absolute
 * deviations (MAD).
 *
 * <p>Around a reading at t are those in [t - span, t + span], itself and others of the same time
 * among them; the standard deviation is 1.4826 MAD, or the policy's least spread where that is
 * greater, since MAD is 0 as soon as more than half of the readings are equal. With fewer readings
 * than the policy asks for, and for kinds that it does not list, nothing is judged. The judgement
 * is a function of the readings in the span and of their times, not of their order of arrival.
 *
 * <p>Source: F. R. Hampel, "The influence curve and its role in robust estimation", Journal of the
 * American Statistical Association 69 (1974) 383–393; L. Davies and U. Gather, "The identification
 * of multiple outliers", the same 88 (1993) 782–792; as a moving window: R. K. Pearson, "Outliers
 * in process modeling and identification", IEEE Transactions on Control Systems Technology 10
 * (2002) 55–63.
 */
public final class HampelFilter {
  /** Makes of the MAD the standard deviation of a normal distribution. */
  private static final double NORMAL = 1.4826;

  private final ArtefactPolicy policy;

  /**
   * Judges by a policy.
   *
   * @param policy with the span, the least number of neighbours, the sigmas and the least spreads
   */
  public HampelFilter(ArtefactPolicy policy) {
    this.policy = policy;
  }

  /** Takes a judgement. */
  @FunctionalInterface
  public interface Judgements {
    /**
     * Takes the judgement of one reading.
     *
     * @param timeMillis when it was measured, in milliseconds since 1970
     * @param value in the kind's unit
     * @param artefact whether the value is further from the median than the limit
     * @param median of the readings around it
     * @param limit how far from it a reading may be
     */
    void take(long timeMillis, double value, boolean artefact, double median, double limit);
  }

  /**
   * Judges the readings of a series in [from, until); those around them must be in it.
   *
   * @param kind what they are of
   * @param series is not changed
   * @param from in milliseconds since 1970
   * @param until in milliseconds since 1970
   * @param judgements takes one for each reading in the range, in the order of time; where too few
   *     are around it, no artefact, with a median and a limit that are not numbers
   */
  public void judge(
      VitalKind kind, ReadingSeries series, long from, long until, Judgements judgements) {
    if (!policy.judges(kind)) {
      return;
    }
    long span = policy.span().toMillis();
    int n = series.size();
    int first = 0;
    int end = 0;
    for (int i = 0; i < n; i++) {
      long time = series.timeAt(i);
      if (time < from || time >= until) {
        continue;
      }
      while (series.timeAt(first) < time - span) {
        first++;
      }
      while (end < n && series.timeAt(end) <= time + span) {
        end++;
      }
      if (end - first < policy.neighbours()) {
        judgements.take(time, series.valueAt(i), false, Double.NaN, Double.NaN);
        continue;
      }
      double[] around = new double[end - first];
      for (int j = first; j < end; j++) {
        around[j - first] = series.valueAt(j);
      }
      double median = median(around);
      for (int j = 0; j < around.length; j++) {
        around[j] = Math.abs(around[j] - median);
      }
      double spread = Math.max(NORMAL * median(around), policy.leastSpread(kind));
      double limit = policy.sigmas() * spread;
      double value = series.valueAt(i);
      judgements.take(time, value, Math.abs(value - median) > limit, median, limit);
    }
  }

  /** Sorts the values; of an even number, the median is the mean of the middle two. */
  private static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1
        ? values[middle]
        : values[middle - 1] + (values[middle] - values[middle - 1]) / 2;
  }
}
