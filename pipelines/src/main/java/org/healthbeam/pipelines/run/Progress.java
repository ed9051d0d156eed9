package org.healthbeam.pipelines.run;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.healthbeam.core.outcome.StageLedger;
import org.healthbeam.transforms.outcome.Rejects;

/**
 * Shows how far a run is: on a terminal one line, updated in place; elsewhere a line now and then.
 *
 * <p>Nothing is shown in the first two seconds. The counts are those of the stages; a runner that
 * cannot be asked while it runs gets a line with the time only.
 */
public final class Progress implements AutoCloseable {
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final Duration BETWEEN_UPDATES = Duration.ofMillis(500);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  private final Terminal terminal;
  private final Rejects rejects;
  private final long started = System.nanoTime();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "healthbeam-progress");
            thread.setDaemon(true);
            return thread;
          });
  private final ScheduledFuture<?> updates;
  private final Interruption interruption;
  private long nextLine = QUIET.toNanos();
  private long lastCount;
  private long lastTime;
  private int shown;

  Progress(Terminal terminal, Rejects rejects, Interruption interruption) {
    this.terminal = terminal;
    this.rejects = rejects;
    this.interruption = interruption;
    updates =
        clock.scheduleWithFixedDelay(
            this::update, QUIET.toMillis(), BETWEEN_UPDATES.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Says what is running: its counts are shown, and whoever stops the run stops it. */
  public void watch(RunningPipeline running) {
    interruption.cancels(running);
  }

  private synchronized void update() {
    long elapsed = System.nanoTime() - started;
    if (!terminal.interactive() && elapsed < nextLine) {
      return;
    }
    nextLine = elapsed + BETWEEN_LINES.toNanos();
    String line = line(elapsed);
    if (terminal.interactive()) {
      String fitting =
          line.length() < terminal.width() ? line : line.substring(0, terminal.width() - 1);
      terminal.err().print("\r" + fitting + " ".repeat(Math.max(0, shown - fitting.length())));
      shown = fitting.length();
    } else {
      terminal.err().println(line);
    }
    terminal.err().flush();
  }

  private String line(long elapsed) {
    StringBuilder line =
        new StringBuilder(String.format(Locale.ROOT, "  %4d s", elapsed / 1_000_000_000L));
    Map<String, Long> counts = counts();
    long total = counts.values().stream().mapToLong(Long::longValue).sum();
    double seconds = (elapsed - lastTime) / 1e9;
    if (total > 0 && seconds > 0) {
      long rate = Math.round((total - lastCount) / seconds);
      line.append(String.format(Locale.ROOT, "  %,d/s", Math.max(0, rate)));
    }
    lastCount = total;
    lastTime = elapsed;
    counts.forEach((stage, n) -> line.append(String.format(Locale.ROOT, "  %s %,d", stage, n)));
    if (counts.isEmpty()) {
      line.append("  running");
    }
    return line.toString();
  }

  private Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    try {
      Optional<RunningPipeline> running = interruption.running();
      if (running.isPresent()) {
        for (StageLedger stage : rejects.ledger(running.get().metrics()).stages()) {
          if (stage.in() > 0) {
            counts.put(stage.stage(), stage.in());
          }
        }
      }
    } catch (RuntimeException e) {
      // The runner is starting or stopping; the next update asks again.
      return Map.of();
    }
    return counts;
  }

  @Override
  public void close() {
    updates.cancel(false);
    clock.shutdown();
    synchronized (this) {
      if (shown > 0) {
        terminal.err().print("\r" + " ".repeat(shown) + "\r");
        terminal.err().flush();
      }
    }
  }
}
