package org.healthbeam.io.stream;

import java.util.Arrays;

/**
 * How far the event times of one partition have come, leaving out those that lie in the future.
 *
 * <p>A device whose clock is ahead, or a year mistyped, must not move the time of all others. By
 * the clock, an event time is believed up to now and the tolerance. By the data, it is believed up
 * to the median of the last {@value #REMEMBERED} event times and the tolerance, and nothing is
 * known before {@value #ENOUGH} have been seen; after a stretch without data the median follows
 * with the eighth reading, so time goes on. The progress never goes back: late readings, as of a
 * slow device, leave it where it is.
 *
 * <p>It holds {@value #REMEMBERED} numbers.
 */
public final class PartitionProgress {
  /** Stands for no progress yet. */
  public static final long NONE = Long.MIN_VALUE;

  private static final int REMEMBERED = 15;
  private static final int ENOUGH = 5;

  private final WatermarkPolicy policy;
  private final long tolerance;
  private final long[] last = new long[REMEMBERED];
  private final long[] sorted = new long[REMEMBERED];
  private int seen;
  private int next;
  private long progress = NONE;

  /**
   * Begins before the first message.
   *
   * @param policy says what can be believed, and how long a partition may be idle
   */
  public PartitionProgress(WatermarkPolicy policy) {
    this.policy = policy;
    this.tolerance = policy.tolerance().toMillis();
  }

  /**
   * Takes an event time, read at this time of the clock; both in milliseconds since 1970.
   *
   * @param eventMillis of a message
   * @param nowMillis of the clock that reads it
   * @return whether the time can be believed; by the data that is not known at once, and any can
   */
  public boolean observe(long eventMillis, long nowMillis) {
    if (policy.basis() == WatermarkPolicy.Basis.CLOCK) {
      if (eventMillis > nowMillis + tolerance) {
        return false;
      }
      progress = Math.max(progress, eventMillis);
      return true;
    }
    last[next] = eventMillis;
    next = (next + 1) % REMEMBERED;
    seen = Math.min(seen + 1, REMEMBERED);
    if (seen >= ENOUGH) {
      advance();
    }
    return true;
  }

  /** Counts what was seen although it is little: nothing more is to be expected soon. */
  void settle() {
    if (seen > 0 && progress == NONE) {
      advance();
    }
  }

  private void advance() {
    System.arraycopy(last, 0, sorted, 0, seen);
    Arrays.sort(sorted, 0, seen);
    long limit = sorted[(seen - 1) / 2] + tolerance;
    for (int i = seen - 1; i >= 0; i--) {
      if (sorted[i] <= limit) {
        progress = Math.max(progress, sorted[i]);
        return;
      }
    }
  }

  /** {@return the latest event time that is believed, or {@link #NONE}} */
  public long progress() {
    return progress;
  }
}
