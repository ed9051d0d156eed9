package org.healthbeam.io.replay;

import java.io.Serializable;
import java.time.Duration;

/**
 * In which order records are replayed.
 *
 * @param byEventTime by event time, then by file and place; otherwise as they stand in their files
 * @param maxDelay how far the watermark stays behind the progress of event time
 */
public record ReplayOrder(boolean byEventTime, Duration maxDelay) implements Serializable {
  /** By event time: no record is late. */
  public static final ReplayOrder EVENT_TIME = new ReplayOrder(true, Duration.ZERO);

  /**
   * As records stand in their files; the files are merged by how far each has come in event time.
   *
   * @param maxDelay a record that is behind the latest before it by no more than this is not late
   * @return that order
   */
  public static ReplayOrder asInFiles(Duration maxDelay) {
    if (maxDelay.isNegative()) {
      throw new IllegalArgumentException("max delay " + maxDelay + " is negative");
    }
    return new ReplayOrder(false, maxDelay);
  }
}
