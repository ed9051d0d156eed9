package org.healthbeam.pipelines.run;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.metrics.MetricResults;
import org.healthbeam.core.outcome.StageLedger;
import org.healthbeam.transforms.outcome.InputWork;
import org.healthbeam.transforms.outcome.Rejects;

/**
 * Shows how far a run is: on a terminal a bar for each step, updated in place; elsewhere a line now
 * and then.
 *
 * <p>Nothing is shown in the first two seconds. The counts are those of the stages, and where the
 * runner has them only when its own steps have ended, those of these steps.
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
  private final ProgressLines lines = new ProgressLines();
  private long nextLine = QUIET.toNanos();
  private int shown;
  private boolean closed;

  Progress(Terminal terminal, Rejects rejects, Interruption interruption) {
    this.terminal = terminal;
    this.rejects = rejects;
    this.interruption = interruption;
    updates =
        clock.scheduleWithFixedDelay(
            this::update, QUIET.toMillis(), BETWEEN_UPDATES.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Says what is running: its counts are shown, and whoever stops the run stops it.
   *
   * @param running from now on; takes the place of one before
   */
  public void watch(RunningPipeline running) {
    interruption.cancels(running);
  }

  private void update() {
    long elapsed = System.nanoTime() - started;
    if (!terminal.interactive() && elapsed < nextLine) {
      return;
    }
    nextLine = elapsed + BETWEEN_LINES.toNanos();
    // Asked without a lock: a cluster may take its time, and the run may end meanwhile.
    ProgressLines.Moment now = now(elapsed);
    synchronized (this) {
      // After control-C there is a sentence on the terminal, which is not to be written over.
      if (closed || interruption.isAsked()) {
        return;
      }
      PrintStream err = terminal.err();
      if (terminal.interactive()) {
        clear();
        List<String> all = lines.lines(now, terminal.width());
        all.forEach(err::println);
        shown = all.size();
      } else {
        err.println(lines.line(now));
      }
      err.flush();
    }
  }

  private void clear() {
    if (shown > 0) {
      terminal.err().printf("\u001b[%dA\r\u001b[J", shown);
      shown = 0;
    }
  }

  private ProgressLines.Moment now(long elapsed) {
    List<StepProgress> steps = new ArrayList<>();
    List<TaskProgress> tasks = List.of();
    OptionalDouble read = OptionalDouble.empty();
    Optional<RunningPipeline> running = interruption.running();
    if (running.isPresent()) {
      tasks = running.get().tasks();
      try {
        MetricResults metrics = running.get().metrics();
        steps.addAll(stages(metrics));
        if (!interruption.isOfStream()) {
          read = InputWork.fraction(metrics);
        }
      } catch (RuntimeException e) {
        // The runner is starting or stopping, or has no counters yet; the next update asks again.
        steps.clear();
      }
      try {
        List<StepProgress> own = running.get().steps();
        if (!own.isEmpty()) {
          long rejected = steps.stream().mapToLong(StepProgress::rejected).sum();
          steps.clear();
          steps.addAll(own);
          if (rejected > 0) {
            steps.add(new StepProgress("rejected", rejected, rejected, OptionalDouble.empty()));
          }
        }
      } catch (IOException | RuntimeException e) {
        // As before.
        return new ProgressLines.Moment(elapsed, steps, tasks, read);
      }
    }
    return new ProgressLines.Moment(elapsed, steps, tasks, read);
  }

  /** The bar of a stage is what has come in of what the stage before it has let through so far. */
  private List<StepProgress> stages(MetricResults metrics) {
    List<StepProgress> all = new ArrayList<>();
    Map<String, Long> out = new HashMap<>();
    for (StageLedger stage : rejects.ledger(metrics).stages()) {
      out.put(stage.stage(), stage.out());
      if (stage.in() == 0) {
        continue;
      }
      Long before = out.get(rejects.before(stage.stage()));
      OptionalDouble fraction =
          before == null || before == 0
              ? OptionalDouble.empty()
              : OptionalDouble.of(Math.min(1, (double) stage.in() / before));
      all.add(new StepProgress(stage.stage(), stage.in(), stage.rejected(), fraction));
    }
    return all;
  }

  @Override
  public void close() {
    updates.cancel(false);
    clock.shutdown();
    synchronized (this) {
      closed = true;
      if (!interruption.isAsked()) {
        clear();
        terminal.err().flush();
      }
    }
  }
}
