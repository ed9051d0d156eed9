package org.healthbeam.core.vital;

import java.time.Duration;
import java.time.Instant;

/**
 * The definitions of {@link VitalSummary}'s numbers.
 *
 * <p>All are over the distinct plausible readings of the window, in the order of time and, at the
 * same time, of value. Every sum runs in that order, so that the same set of readings gives the
 * same bits.
 *
 * <ul>
 *   <li>{@code sd}: of the population, the root of the mean squared deviation.
 *   <li>{@code first}, {@code last}: at the earliest and latest time; of several there, the least
 *       for first and the greatest for last.
 *   <li>{@code twa}: the average over time from the first reading to the window's end, each reading
 *       holding until the next; readings at one time count as their mean.
 *   <li>{@code slopePerHour}: of the least-squares line through the readings; NaN if all have the
 *       same time.
 *   <li>{@code p05, p50, p95}: between the closest ranks, linearly, at position {@code (n - 1) p}
 *       (type 7 of Hyndman and Fan 1996).
 *   <li>{@code coverage}: the window is cut into slots of the expected interval, the last of which
 *       may be shorter; the share of them that has a reading.
 *   <li>{@code maxGapSeconds}: the longest stretch of the window without a reading, its edges
 *       counted as its start and end.
 * </ul>
 *
 * Codes are not averaged: for a coded kind only n, first, last, coverage and the gap are defined.
 */
public final class VitalSummaries {
  private static final double MILLIS_PER_HOUR = 3_600_000;

  private VitalSummaries() {}

  /**
   * Returns the summary of a window; the series must have a plausible reading.
   *
   * @param expected how often a reading is expected
   */
  public static VitalSummary of(
      String subject,
      VitalKind kind,
      Instant start,
      Instant end,
      long revision,
      boolean isFinal,
      ReadingSeries series,
      Duration expected) {
    int n = series.size();
    if (n == 0) {
      throw new IllegalArgumentException("A window without a value has no summary");
    }
    boolean coded = kind.isCoded();
    double[] ascending = series.valuesAscending();
    double mean = coded ? Double.NaN : within(ascending, mean(series));
    return new VitalSummary(
        subject,
        kind,
        start,
        end,
        revision,
        isFinal,
        n,
        mean,
        coded ? Double.NaN : deviation(series, mean),
        coded ? Double.NaN : ascending[0],
        coded ? Double.NaN : ascending[n - 1],
        series.valueAt(0),
        series.valueAt(n - 1),
        coded ? Double.NaN : within(ascending, timeWeighted(series, end.toEpochMilli())),
        coded ? Double.NaN : slopePerHour(series, mean),
        coded ? Double.NaN : quantile(ascending, 0.05),
        coded ? Double.NaN : quantile(ascending, 0.5),
        coded ? Double.NaN : quantile(ascending, 0.95),
        coverage(series, start.toEpochMilli(), end.toEpochMilli(), expected.toMillis()),
        maxGapMillis(series, start.toEpochMilli(), end.toEpochMilli()) / 1000.0,
        series.implausible(),
        series.duplicates());
  }

  /** Rounding must not carry an average past the values that it is of. */
  private static double within(double[] ascending, double average) {
    return Math.max(ascending[0], Math.min(ascending[ascending.length - 1], average));
  }

  private static double mean(ReadingSeries series) {
    int n = series.size();
    double sum = 0;
    double lost = 0;
    for (int i = 0; i < n; i++) {
      double y = series.valueAt(i) - lost;
      double t = sum + y;
      lost = (t - sum) - y;
      sum = t;
    }
    return sum / n;
  }

  private static double deviation(ReadingSeries series, double mean) {
    int n = series.size();
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double d = series.valueAt(i) - mean;
      squares += d * d;
    }
    return Math.sqrt(squares / n);
  }

  private static double timeWeighted(ReadingSeries series, long end) {
    int n = series.size();
    long from = series.timeAt(0);
    double sum = 0;
    int i = 0;
    while (i < n) {
      long time = series.timeAt(i);
      double atTime = 0;
      int count = 0;
      for (; i < n && series.timeAt(i) == time; i++, count++) {
        atTime += series.valueAt(i);
      }
      long until = i < n ? series.timeAt(i) : end;
      sum += atTime / count * (until - time);
    }
    return sum / (end - from);
  }

  private static double slopePerHour(ReadingSeries series, double mean) {
    int n = series.size();
    long origin = series.timeAt(0);
    if (series.timeAt(n - 1) == origin) {
      return Double.NaN;
    }
    double meanTime = 0;
    for (int i = 0; i < n; i++) {
      meanTime += series.timeAt(i) - origin;
    }
    meanTime /= n;
    double xy = 0;
    double xx = 0;
    for (int i = 0; i < n; i++) {
      double x = series.timeAt(i) - origin - meanTime;
      xy += x * (series.valueAt(i) - mean);
      xx += x * x;
    }
    return xy / xx * MILLIS_PER_HOUR;
  }

  private static double quantile(double[] ascending, double p) {
    double at = (ascending.length - 1) * p;
    int below = (int) Math.floor(at);
    if (below + 1 >= ascending.length) {
      return ascending[ascending.length - 1];
    }
    double low = ascending[below];
    return low + (at - below) * (ascending[below + 1] - low);
  }

  private static double coverage(ReadingSeries series, long start, long end, long expected) {
    long slots = (end - start + expected - 1) / expected;
    long hit = 0;
    long last = -1;
    for (int i = 0; i < series.size(); i++) {
      long slot = (series.timeAt(i) - start) / expected;
      if (slot != last) {
        hit++;
        last = slot;
      }
    }
    return (double) hit / slots;
  }

  private static long maxGapMillis(ReadingSeries series, long start, long end) {
    long before = start;
    long gap = 0;
    for (int i = 0; i < series.size(); i++) {
      gap = Math.max(gap, series.timeAt(i) - before);
      before = series.timeAt(i);
    }
    return Math.max(gap, end - before);
  }
}
