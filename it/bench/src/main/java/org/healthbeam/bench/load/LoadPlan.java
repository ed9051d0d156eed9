package org.healthbeam.bench.load;

/**
 * How long each part takes.
 *
 * @param minutes at the steady rate
 * @param backend where state is held: {@code filesystem} (the heap) or {@code rocksdb}
 */
record LoadPlan(double minutes, String backend) {
  private static final double MS_PER_MINUTE = 60_000;
  private static final long LEAST_LIMIT_MS = 20_000;
  private static final long MOST_LIMIT_MS = 75_000;
  private static final long LEAST_CHECKPOINT_MS = 5_000;
  private static final long MOST_CHECKPOINT_MS = 30_000;
  private static final long LEAST_OVERLOAD_MS = 10_000;
  private static final long MOST_OVERLOAD_MS = 60_000;

  LoadPlan {
    if (!(minutes >= 0.1 && minutes <= 600)) {
      throw new IllegalArgumentException("--minutes=" + minutes + " is not between 0.1 and 600");
    }
  }

  long steadyMs() {
    return (long) (minutes * MS_PER_MINUTE);
  }

  /** How long readings come as fast as they are taken: beyond a minute windows close too. */
  long limitMs() {
    return Math.max(LEAST_LIMIT_MS, Math.min(MOST_LIMIT_MS, steadyMs() / 8));
  }

  /** Between the beginnings of checkpoints. */
  long checkpointMs() {
    return Math.max(LEAST_CHECKPOINT_MS, Math.min(MOST_CHECKPOINT_MS, steadyMs() / 20));
  }

  long overloadMs() {
    return Math.max(LEAST_OVERLOAD_MS, Math.min(MOST_OVERLOAD_MS, steadyMs() / 8));
  }
}
