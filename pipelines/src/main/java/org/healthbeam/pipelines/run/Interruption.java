package org.healthbeam.pipelines.run;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What happens when the process of a run is asked to end, by control-C or by SIGTERM.
 *
 * <p>A batch says what is incomplete, and ends. A stream is cancelled; the process then waits, at
 * most a minute, until the run has written its account. The JVM ends with 130 or 143.
 */
final class Interruption implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Terminal terminal;
  private final String pipeline;
  private final OutputFolder output;
  private final boolean streaming;
  private final CountDownLatch concluded = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupted, "healthbeam-interrupted");
  private boolean asked;
  private Optional<RunningPipeline> running = Optional.empty();

  private Interruption(Terminal terminal, String pipeline, OutputFolder output, boolean streaming) {
    this.terminal = terminal;
    this.pipeline = pipeline;
    this.output = output;
    this.streaming = streaming;
  }

  static Interruption watch(
      Terminal terminal, String pipeline, OutputFolder output, boolean streaming) {
    Interruption interruption = new Interruption(terminal, pipeline, output, streaming);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** Says what is to be cancelled. */
  void cancels(RunningPipeline started) {
    synchronized (this) {
      running = Optional.of(started);
      if (!asked) {
        return;
      }
    }
    cancel(started);
  }

  /** Says whether a stream was told to stop. */
  synchronized boolean isAsked() {
    return asked;
  }

  /** Returns the counters that the pipeline has come to, if it has begun. */
  synchronized Optional<RunningPipeline> running() {
    return running;
  }

  private void interrupted() {
    if (streaming && stop()) {
      return;
    }
    say((streaming ? ": stopped; " : ": interrupted; ") + written());
  }

  /** Returns whether the run has written its account. */
  private boolean stop() {
    say(": stopping");
    Optional<RunningPipeline> now;
    synchronized (this) {
      asked = true;
      now = running;
    }
    now.ifPresent(Interruption::cancel);
    try {
      return concluded.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
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
