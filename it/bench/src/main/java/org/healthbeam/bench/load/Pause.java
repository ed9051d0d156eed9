package org.healthbeam.bench.load;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Waits, and fails as soon as the job or the sender has failed. */
final class Pause {
  private static final long PATIENCE_MS = 600_000;
  private static final long BETWEEN_CHECKS_MS = 5000;
  private static final long BETWEEN_LOOKS_MS = 250;

  private final Job job;
  private final Watch watch;
  private final Sender sender;

  Pause(Job job, Watch watch, Sender sender) {
    this.job = job;
    this.watch = watch;
    this.sender = sender;
  }

  void until(long atMs) throws IOException, InterruptedException {
    while (System.currentTimeMillis() < atMs) {
      Thread.sleep(Math.max(1, Math.min(BETWEEN_CHECKS_MS, atMs - System.currentTimeMillis())));
      sender.check();
    }
    job.check();
  }

  void untilRead(long messages) throws IOException, InterruptedException {
    until("read", () -> watch.read() >= messages);
  }

  /** Waits until the job is not more than so many messages behind. */
  void untilBehind(double messages) throws IOException, InterruptedException {
    until("caught up", () -> watch.behind() <= messages);
  }

  private void until(String what, BooleanSupplier so) throws IOException, InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE_MS;
    for (long i = 0; !so.getAsBoolean(); i++) {
      if (System.currentTimeMillis() > end) {
        throw new IOException(
            "The job has not %s: %,d read, %,d behind"
                .formatted(what, watch.read(), watch.behind()));
      }
      Thread.sleep(BETWEEN_LOOKS_MS);
      sender.check();
      if (i % 20 == 19) {
        job.check();
      }
    }
  }
}
