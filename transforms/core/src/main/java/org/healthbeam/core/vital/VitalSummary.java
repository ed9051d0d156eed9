package org.healthbeam.core.vital;

import java.time.Instant;

/**
 * What the readings of one subject and kind in one window come to; {@code VitalSummaries} of {@code
 * core.vital.window} defines each number. A number that is not defined is NaN.
 *
 * <p>A window may be told several times. Of the rows with one {@link #key} the one with the
 * greatest revision holds; only a row that is final is a result, the others are what was known so
 * far.
 *
 * @param subject whose readings they are
 * @param kind what was measured
 * @param windowStart when the window begins
 * @param windowEnd when it ends, excluded
 * @param revision how many times this window was told before
 * @param isFinal whether it will not be told again
 * @param n distinct plausible readings
 * @param mean in the kind's unit
 * @param sd standard deviation of the population, in the kind's unit
 * @param min the least, in the kind's unit
 * @param max the greatest, in the kind's unit
 * @param first the earliest, in the kind's unit or a code's rank
 * @param last the latest, in the kind's unit or a code's rank
 * @param twa the average over time, in the kind's unit
 * @param slopePerHour in the kind's unit by the hour
 * @param p05 percentile, in the kind's unit
 * @param p50 median, in the kind's unit
 * @param p95 percentile, in the kind's unit
 * @param coverage the share of the expected slots that have a reading, 0 to 1
 * @param maxGapSeconds the longest stretch without a reading, in seconds
 * @param nImplausible readings that were refused as implausible
 * @param nDuplicate readings of a time and value that counts already
 */
public record VitalSummary(
    String subject,
    VitalKind kind,
    Instant windowStart,
    Instant windowEnd,
    long revision,
    boolean isFinal,
    long n,
    double mean,
    double sd,
    double min,
    double max,
    double first,
    double last,
    double twa,
    double slopePerHour,
    double p05,
    double p50,
    double p95,
    double coverage,
    double maxGapSeconds,
    long nImplausible,
    long nDuplicate) {

  /** {@return what this is the newest word on} */
  public SummaryKey key() {
    return new SummaryKey(subject, kind, windowStart, windowEnd);
  }

  /**
   * {@return which of two rows with the same key holds}
   *
   * @param a one row
   * @param b another row of the same subject, kind and window
   */
  public static VitalSummary newest(VitalSummary a, VitalSummary b) {
    if (a.revision != b.revision) {
      return a.revision > b.revision ? a : b;
    }
    return b.isFinal ? b : a;
  }

  /** Shows kind and window only: the rest is a patient's. */
  @Override
  public String toString() {
    return "VitalSummary(" + kind.kindName() + " " + windowStart + " r" + revision + ")";
  }
}
