package org.healthbeam.core.vital.window;

import java.time.Duration;
import java.time.Instant;
import org.healthbeam.core.vital.ReadingSeries;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalSummary;

/**
 * The definitions of {@link VitalSummary}'s numbers.
 *
 * <p>All are over the distinct plausible readings of the window. Sums are exact and each number is
 * rounded once, so that the same set of readings gives the same bits, however the window was cut
 * into stretches that were summed apart.
 *
 * <ul>
 *   <li>{@code sd}: of the population, the root of the mean squared deviation.
 *   <li>{@code first}, {@code last}: at the earliest and latest time; of several there, the least
 *       for first and the greatest for last.
 *   <li>{@code twa}: the average over time from the first reading to the window's end, each reading
 *       holding until the next; readings at one time count as their mean. In a session, to its last
 *       reading.
 *   <li>{@code slopePerHour}: of the least-squares line through the readings; NaN if all have the
 *       same time.
 *   <li>{@code p05, p50, p95}: between the closest ranks, linearly, at position {@code (n - 1) p}
 *       (type 7 of Hyndman and Fan 1996), exact while the window has at most 1,000 distinct values;
 *       beyond that the value of the rank below that position, within a thousandth of it.
 *   <li>{@code coverage}: the window is cut by slots of the expected interval, counted since 1970,
 *       those at its ends perhaps shorter; the share of them that has a reading.
 *   <li>{@code maxGapSeconds}: the longest stretch of the window without a reading, its edges
 *       counted as its start and end; in a session, between its first and last reading.
 * </ul>
 *
 * Codes are not averaged: for a coded kind only n, first, last, coverage and the gap are defined.
 */
public final class VitalSummaries {
  private static final long MILLIS_PER_HOUR = 3_600_000;

  private VitalSummaries() {}

  /**
   * {@return the summary of a window; the series must have a plausible reading}
   *
   * @param subject whose window it is
   * @param kind what was measured
   * @param start when the window begins
   * @param end when it ends, excluded
   * @param revision how many times it was told before
   * @param isFinal whether it will not be told again
   * @param series all readings of the window
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
    return of(
        subject,
        kind,
        WindowSpan.of(start, end),
        revision,
        isFinal,
        new WindowFold(expected).addAll(series));
  }

  /**
   * {@return the summary of a window; the fold must have gone over a plausible reading}
   *
   * @param subject whose window it is
   * @param kind what was measured
   * @param span of the window
   * @param revision how many times it was told before
   * @param isFinal whether it will not be told again
   * @param fold has gone over all readings of the window
   * @throws IllegalArgumentException if it has gone over no plausible one
   */
  public static VitalSummary of(
      String subject,
      VitalKind kind,
      WindowSpan span,
      long revision,
      boolean isFinal,
      WindowFold fold) {
    if (fold.n() == 0) {
      throw new IllegalArgumentException("A window without a value has no summary");
    }
    StretchSums sums = fold.sums();
    boolean coded = kind.isCoded();
    return new VitalSummary(
        subject,
        kind,
        span.start(),
        span.end(),
        revision,
        isFinal,
        sums.n(),
        coded ? Double.NaN : sums.values().over(Dyadic.of(sums.n())),
        coded ? Double.NaN : deviation(sums),
        coded ? Double.NaN : sums.min(),
        coded ? Double.NaN : sums.max(),
        sums.first(),
        sums.last(),
        coded ? Double.NaN : timeWeighted(sums, span.measuredUntil().toEpochMilli()),
        coded ? Double.NaN : slopePerHour(sums),
        coded ? Double.NaN : quantile(sums, 0.05),
        coded ? Double.NaN : quantile(sums, 0.5),
        coded ? Double.NaN : quantile(sums, 0.95),
        coverage(sums, span, fold.expectedMillis()),
        maxGapMillis(sums, span) / 1000.0,
        fold.implausible(),
        fold.duplicates());
  }

  private static double deviation(StretchSums sums) {
    Dyadic n = Dyadic.of(sums.n());
    Dyadic squared = n.times(sums.squares()).minus(sums.values().times(sums.values()));
    return Math.sqrt(squared.over(n.times(n)));
  }

  private static double timeWeighted(StretchSums sums, long until) {
    if (until == sums.firstTime()) {
      return sums.lastMean();
    }
    return sums.timeWeighted()
        .plus(Dyadic.of(sums.lastMean()).times(until - sums.lastTime()))
        .over(Dyadic.of(until - sums.firstTime()));
  }

  private static double slopePerHour(StretchSums sums) {
    if (sums.firstTime() == sums.lastTime()) {
      return Double.NaN;
    }
    Dyadic n = Dyadic.of(sums.n());
    Dyadic together = n.times(sums.products()).minus(sums.times().times(sums.values()));
    Dyadic ofTime = n.times(sums.timeSquares()).minus(sums.times().times(sums.times()));
    return together.times(MILLIS_PER_HOUR).over(ofTime);
  }

  private static double quantile(StretchSums sums, double p) {
    return Math.max(sums.min(), Math.min(sums.max(), sums.counts().quantile(p)));
  }

  private static double coverage(StretchSums sums, WindowSpan span, long expected) {
    long first = Math.floorDiv(span.start().toEpochMilli(), expected);
    long last = Math.floorDiv(span.lastInstant(), expected);
    return (double) sums.slots() / (last - first + 1);
  }

  private static long maxGapMillis(StretchSums sums, WindowSpan span) {
    long before = sums.firstTime() - span.start().toEpochMilli();
    long after = span.measuredUntil().toEpochMilli() - sums.lastTime();
    return Math.max(sums.maxGap(), Math.max(before, after));
  }
}
