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
 * @param revision how many times this window was told before
 * @param isFinal whether it will not be told again
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

  /** {@return which of two rows with the same key holds} */
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
