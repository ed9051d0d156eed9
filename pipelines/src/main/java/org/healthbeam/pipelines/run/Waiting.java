package org.healthbeam.pipelines.run;

import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Says now and then, beginning after two seconds, what a command is still busy with. */
final class Waiting {
  private static final long QUIET_SECONDS = 2;
  private static final long SECONDS_BETWEEN = 10;
  private static final double NANOS = 1e9;

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "healthbeam-waiting");
            thread.setDaemon(true);
            return thread;
          });

  private final ScheduledFuture<?> lines;

  private Waiting(Terminal terminal, String what) {
    long started = System.nanoTime();
    lines =
        clock.scheduleWithFixedDelay(
            () ->
                terminal
                    .err()
                    .printf(
                        Locale.ROOT, "  %s, %.0f s%n", what, (System.nanoTime() - started) / NANOS),
            QUIET_SECONDS,
            SECONDS_BETWEEN,
            TimeUnit.SECONDS);
  }

  static Waiting begin(Terminal terminal, String what) {
    return new Waiting(terminal, what);
  }

  void end() {
    lines.cancel(false);
    clock.shutdown();
  }
}
