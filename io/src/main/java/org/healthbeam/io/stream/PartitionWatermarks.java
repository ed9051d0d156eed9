package org.healthbeam.io.stream;

import java.util.HashMap;
import java.util.Map;

/**
 * The watermarks of the partitions that one worker reads together.
 *
 * <p>A partition's watermark is its progress less the longest delay. A partition that has given no
 * event time that can be believed for the idle time-out, also from the start, follows the slowest
 * of those that are not idle, so that it does not hold a ward up: one that gives nothing, and one
 * whose only device dates its readings ahead, or whose messages have no time. If all are idle, it
 * follows the clock less the longest delay, or, where the data are the basis, the one that has come
 * farthest. A watermark never goes back: what an idle partition gives later may be late, and is
 * counted as such.
 *
 * <p>Partitions that go on from a checkpoint may come to one worker from several, at different
 * times: until each of them has been asked for its watermark, nobody goes beyond the one it had.
 *
 * <p>No clock is in here: every call says what time it is, in milliseconds since 1970. Not safe for
 * threads.
 *
 * @param <P> what identifies a partition
 */
public final class PartitionWatermarks<P> {
  /** Stands for a watermark that is not known yet. */
  public static final long NONE = PartitionProgress.NONE;

  private static final class Partition {
    private final PartitionProgress progress;
    private long heardOf;
    private long told;
    private boolean awaited;

    Partition(WatermarkPolicy policy, long now, long told) {
      this.progress = new PartitionProgress(policy);
      this.heardOf = now;
      this.told = told;
      this.awaited = told != NONE;
    }
  }

  private final WatermarkPolicy policy;
  private final long maxDelay;
  private final long idleTimeout;
  private final Map<P, Partition> partitions = new HashMap<>();

  /**
   * Begins without a partition.
   *
   * @param policy says how far the watermark stays behind, and when a partition is idle
   */
  public PartitionWatermarks(WatermarkPolicy policy) {
    this.policy = policy;
    this.maxDelay = policy.maxDelay().toMillis();
    this.idleTimeout = policy.idleTimeout().toMillis();
  }

  /**
   * Takes a partition in. One that is here already and goes on from where it is, as when a reader
   * is opened again, stays as it is; one that goes back begins anew. What was read since its
   * watermark was last asked for is forgotten: it is read again.
   *
   * @param partition that is read from now on
   * @param before its watermark when it was last read, or {@link #NONE}
   * @param now milliseconds since 1970, by the clock
   */
  public void add(P partition, long before, long now) {
    Partition known = partitions.get(partition);
    if (known == null || before < known.told) {
      partitions.put(partition, new Partition(policy, now, before));
    } else if (behind(known) > before) {
      partitions.put(partition, new Partition(policy, known.heardOf, before));
    }
  }

  /**
   * Takes the event time of what a partition gave.
   *
   * @param partition that was added
   * @param eventMillis milliseconds since 1970
   * @param now milliseconds since 1970, by the clock
   */
  public void observe(P partition, long eventMillis, long now) {
    Partition p = partitions.get(partition);
    if (p.progress.observe(eventMillis, now)) {
      p.heardOf = now;
    }
  }

  /**
   * Takes note that a partition has, or may have, something that is not read yet.
   *
   * @param partition that was added
   * @param now milliseconds since 1970, by the clock
   */
  public void heard(P partition, long now) {
    partitions.get(partition).heardOf = now;
  }

  /**
   * {@return the watermark of a partition, or {@link #NONE}}
   *
   * @param partition that was added
   * @param now milliseconds since 1970, by the clock
   */
  public long watermark(P partition, long now) {
    Partition p = partitions.get(partition);
    p.awaited = false;
    long watermark = isIdle(p, now) ? followed(now) : behind(p);
    for (Partition other : partitions.values()) {
      if (other.awaited && !isIdle(other, now)) {
        watermark = Math.min(watermark, other.told);
      }
    }
    p.told = Math.max(p.told, watermark);
    return p.told;
  }

  private boolean isIdle(Partition p, long now) {
    return now - p.heardOf >= idleTimeout;
  }

  private long behind(Partition p) {
    long progress = p.progress.progress();
    return Math.max(p.told, progress == NONE ? NONE : progress - maxDelay);
  }

  private long followed(long now) {
    long slowest = Long.MAX_VALUE;
    for (Partition other : partitions.values()) {
      if (!isIdle(other, now)) {
        slowest = Math.min(slowest, behind(other));
      }
    }
    if (slowest < Long.MAX_VALUE) {
      return slowest;
    }
    if (policy.basis() == WatermarkPolicy.Basis.CLOCK) {
      return now - maxDelay;
    }
    long farthest = NONE;
    for (Partition other : partitions.values()) {
      other.progress.settle();
      farthest = Math.max(farthest, behind(other));
    }
    return farthest;
  }
}
