package org.healthbeam.pipelines.run;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What happens when the process of a run is asked to end, by control-C or by SIGTERM.
 *
 * <p>A batch is cancelled, says what is incomplete, and ends, after at most {@value #BATCH_SECONDS}
 * seconds. A stream whose sources are in this JVM ends as if its input did; one that has not ended
 * so after the time that it has for that, or that runs elsewhere, is cancelled. The process then
 * waits, at most {@value #LAST_SECONDS} seconds, until the run has written its account. The JVM
 * ends with 130 or 143.
 */
final class Interruption implements AutoCloseable {
  private static final long LAST_SECONDS = 30;
  private static final long BATCH_SECONDS = 10;

  private final Terminal terminal;
  private final String pipeline;
  private final OutputFolder output;
  private final boolean streaming;
  private final Optional<Runnable> end;
  private final Duration patience;
  private final CountDownLatch concluded = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupted, "healthbeam-interrupted");
  private boolean asked;
  private boolean cancelling;
  private Optional<RunningPipeline> running = Optional.empty();

  private Interruption(
      Terminal terminal,
      String pipeline,
      OutputFolder output,
      boolean streaming,
      Optional<Runnable> end,
      Duration patience) {
    this.terminal = terminal;
    this.pipeline = pipeline;
    this.output = output;
    this.streaming = streaming;
    this.end = end;
    this.patience = patience;
  }

  /**
   * Watches over a run until it is closed.
   *
   * @param end asks the sources of a stream to end, where they can be asked
   * @param patience how long it may take from then to its end
   */
  static Interruption watch(
      Terminal terminal,
      String pipeline,
      OutputFolder output,
      boolean streaming,
      Optional<Runnable> end,
      Duration patience) {
    Interruption interruption =
        new Interruption(terminal, pipeline, output, streaming, end, patience);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** Says what is to be cancelled. */
  void cancels(RunningPipeline started) {
    synchronized (this) {
      running = Optional.of(started);
      if (!cancelling) {
        return;
      }
    }
    cancel(started);
  }

  /** Says whether what runs is a stream. */
  boolean isOfStream() {
    return streaming;
  }

  /** Says whether the run was told to stop. */
  synchronized boolean isAsked() {
    return asked;
  }

  /** Returns the counters that the pipeline has come to, if it has begun. */
  synchronized Optional<RunningPipeline> running() {
    return running;
  }

  private void interrupted() {
    if (streaming ? stop() : endBatch()) {
      return;
    }
    say((streaming ? ": stopped; " : ": interrupted; ") + written());
  }

  /** Has whatever runs end and tidy up; returns whether it had come to its end by itself. */
  private boolean endBatch() {
    Optional<RunningPipeline> now;
    synchronized (this) {
      asked = true;
      cancelling = true;
      now = running;
    }
    // A runner that is starting may let wait for it.
    Thread cancels = new Thread(() -> now.ifPresent(Interruption::cancel), "healthbeam-cancel");
    cancels.setDaemon(true);
    cancels.start();
    try {
      concluded.await(BATCH_SECONDS, TimeUnit.SECONDS);
      return output.written().containsKey(OutputFolder.RUN_FILE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns whether the run has written its account. */
  private boolean stop() {
    say(": stopping");
    synchronized (this) {
      asked = true;
    }
    try {
      if (end.isPresent() && !patience.isZero()) {
        end.get().run();
        if (concluded.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
      Optional<RunningPipeline> now;
      synchronized (this) {
        cancelling = true;
        now = running;
      }
      now.ifPresent(Interruption::cancel);
      return concluded.await(LAST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void cancel(RunningPipeline pipeline) {
    try {
      pipeline.cancel();
    } catch (IOException | RuntimeException e) {
      // It ends with the process all the same.
      return;
    }
  }

  private void say(String what) {
    terminal.err().println();
    terminal.err().println(pipeline + what);
    terminal.err().flush();
  }

  private String written() {
    try {
      Set<String> files = output.written().keySet();
      return files.isEmpty()
          ? "nothing is written"
          : (streaming ? "each part is whole in " : "incomplete in ")
              + output
              + ": "
              + String.join(", ", files)
              + " (the next run replaces it)";
    } catch (IOException e) {
      return "what is in " + output + " is incomplete";
    }
  }

  /** The run has ended; nobody can interrupt it any more. */
  @Override
  public void close() {
    concluded.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is already going down; the hook has its say.
      return;
    }
  }
}
