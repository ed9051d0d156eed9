package org.healthbeam.io.replay;

import java.io.Serializable;

/**
 * How fast event time passes in a replay. It decides when a record is read, and nothing else.
 *
 * @param factor seconds of event time in a second; infinite for as fast as it goes
 */
public record ReplaySpeed(double factor) implements Serializable {
  /** As fast as it goes. */
  public static final ReplaySpeed MAX = new ReplaySpeed(Double.POSITIVE_INFINITY);

  private static final double NANOS_A_MILLI = 1e6;

  /** No wait is longer than that of so much event time: shifted dates leave gaps of years. */
  static final long LONGEST_GAP_MILLIS = 3_600_000;

  /**
   * Refuses what is not more than nothing.
   *
   * @param factor seconds of event time in a second of the clock, more than 0
   */
  public ReplaySpeed {
    if (!(factor > 0)) {
      throw new IllegalArgumentException("speed " + factor + " is not above 0");
    }
  }

  /** {@return whether anything is waited for} */
  public boolean isPaced() {
    return factor < Double.POSITIVE_INFINITY;
  }

  /** {@return how many nanoseconds a stretch of event time takes} */
  long nanos(long eventMillis) {
    long gap = Math.max(0, Math.min(eventMillis, LONGEST_GAP_MILLIS));
    return isPaced() ? Math.round(gap * NANOS_A_MILLI / factor) : 0;
  }
}
