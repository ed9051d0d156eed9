package org.healthbeam.runners.flink;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.transforms.DoFn;
import org.healthbeam.core.outcome.InputRecord;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Passes records on and fails once: at the first record after a checkpoint that was complete when
 * so many records had passed.
 */
final class FailsOnce extends DoFn<InputRecord, InputRecord> {
  private static final long serialVersionUID = 1L;

  /** 0: no checkpoint yet; 1: there is one; 2: it has failed. By run; the job is in this JVM. */
  private static final Map<String, AtomicInteger> STATES = new ConcurrentHashMap<>();

  /** How many records have passed, by run. */
  private static final Map<String, AtomicInteger> PASSED = new ConcurrentHashMap<>();

  private final String run;
  private final int after;

  FailsOnce(String run, int after) {
    this.run = run;
    this.after = after;
  }

  private static AtomicInteger state(String run) {
    return STATES.computeIfAbsent(run, r -> new AtomicInteger());
  }

  static boolean hasFailed(String run) {
    return state(run).get() == 2;
  }

  @ProcessElement
  public void process(
      @Element InputRecord record, BundleFinalizer finalizer, OutputReceiver<InputRecord> out) {
    if (state(run).compareAndSet(1, 2)) {
      throw new IllegalStateException("on purpose");
    }
    int passed = PASSED.computeIfAbsent(run, r -> new AtomicInteger()).incrementAndGet();
    if (passed > after && state(run).get() == 0) {
      String mine = run;
      finalizer.afterBundleCommit(
          Instant.now().plus(Duration.standardMinutes(5)), () -> state(mine).compareAndSet(0, 1));
    }
    out.output(record);
  }
}
