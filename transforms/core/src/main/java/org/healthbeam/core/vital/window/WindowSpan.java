package org.healthbeam.core.vital.window;

import java.time.Instant;

/**
 * From when to when a window is, end excluded.
 *
 * @param start when the window begins
 * @param end when it ends, excluded
 * @param measuredUntil until when time counts for averages over it, coverage and gaps: the end, but
 *     the last reading of a session, whose end is later by the silence that ended it
 */
public record WindowSpan(Instant start, Instant end, Instant measuredUntil) {

  /**
   * {@return a window all of which counts}
   *
   * @param start when the window begins
   * @param end when it ends, excluded
   */
  public static WindowSpan of(Instant start, Instant end) {
    return new WindowSpan(start, end, end);
  }

  /** {@return the last millisecond that may have a reading} */
  long lastInstant() {
    long until = measuredUntil.toEpochMilli();
    return measuredUntil.equals(end) ? until - 1 : until;
  }
}
