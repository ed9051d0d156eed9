package org.healthbeam.bench.load;

/**
 * How long each part takes.
 *
 * @param minutes at the steady rate
 * @param backend where state is held: {@code filesystem} (the heap) or {@code rocksdb}
 */
record LoadPlan(double minutes, String backend) {
  private static final double MS_PER_MINUTE = 60_000;
  private static final long LEAST_WARM_UP_MS = 30_000;
  private static final long MOST_WARM_UP_MS = 60_000;
  private static final long LEAST_KEEP_BEHIND_MS = 20_000;
  private static final long MOST_KEEP_BEHIND_MS = 60_000;
  private static final long LEAST_TRIAL_MS = 20_000;
  private static final long MOST_TRIAL_MS = 45_000;
  private static final double LEAST_DRAIN_SECONDS = 15;
  private static final double MOST_DRAIN_SECONDS = 30;
  private static final long LEAST_CHECKPOINT_MS = 5_000;
  private static final long MOST_CHECKPOINT_MS = 30_000;
  private static final long LEAST_OVERLOAD_MS = 15_000;
  private static final long MOST_OVERLOAD_MS = 45_000;

  LoadPlan {
    if (!(minutes >= 0.1 && minutes <= 600)) {
      throw new IllegalArgumentException("--minutes=" + minutes + " is not between 0.1 and 600");
    }
  }

  long steadyMs() {
    return (long) (minutes * MS_PER_MINUTE);
  }

  /** How long readings come as fast as they are taken before anything is measured. */
  long warmUpMs() {
    return within(LEAST_WARM_UP_MS, steadyMs() / 8, MOST_WARM_UP_MS);
  }

  /** How long it takes about to work off a backlog. */
  double drainSeconds() {
    return Math.max(LEAST_DRAIN_SECONDS, Math.min(MOST_DRAIN_SECONDS, steadyMs() / 15e3));
  }

  /** A minute where there is time: then windows close once. */
  long keepBehindMs() {
    return within(LEAST_KEEP_BEHIND_MS, steadyMs() / 8, MOST_KEEP_BEHIND_MS);
  }

  /** How long a pace is tried. */
  long trialMs() {
    return within(LEAST_TRIAL_MS, steadyMs() / 12, MOST_TRIAL_MS);
  }

  /** Between the beginnings of checkpoints. */
  long checkpointMs() {
    return within(LEAST_CHECKPOINT_MS, steadyMs() / 20, MOST_CHECKPOINT_MS);
  }

  long overloadMs() {
    return within(LEAST_OVERLOAD_MS, steadyMs() / 10, MOST_OVERLOAD_MS);
  }

  private static long within(long least, long wanted, long most) {
    return Math.max(least, Math.min(most, wanted));
  }
}
