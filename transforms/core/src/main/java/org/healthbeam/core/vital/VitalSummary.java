package org.healthbeam.core.vital;

import java.time.Instant;

/**
 * What the readings of one subject and kind in one window come to; see {@link VitalSummaries} for
 * the definition of each number. A number that is not defined is NaN.
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

  /** Shows kind and window only: the rest is a patient's. */
  @Override
  public String toString() {
    return "VitalSummary(" + kind.kindName() + " " + windowStart + " r" + revision + ")";
  }
}
