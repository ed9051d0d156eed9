package org.healthbeam.it.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.healthbeam.transforms.runner.Engine;
import org.healthbeam.transforms.runner.RunnerNeed;

/**
 * Asks one runner, in a JVM that has it on its class path: {@code ENGINE batch|streaming NEED ...}
 * says a line for each need, {@code ANSWER NEED ANSWER}.
 */
final class AskRunner {
  static final String ANSWER = "ANSWER ";

  /** How long a pipeline may take to come to its end; only one that stands still takes it. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** How long a yes is waited for once nothing more should come. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  private static final List<Probe> PROBES =
      List.of(
          new TimerProbes.EventTime(),
          new TimerProbes.Family(),
          new TimerProbes.ProcessingTime(),
          new TimerProbes.WindowEnd(),
          new StateProbes.TimeSorted(),
          new StateProbes.OrderedList(),
          new PaneProbes.ChainedGrouping(),
          new PaneProbes.EmptyPanes(),
          new SourceProbes.Splittable(),
          new SourceProbes.ChangingSideInput(),
          new StateProbes.Batches());

  private AskRunner() {}

  static Probe probe(RunnerNeed need) {
    return PROBES.stream().filter(p -> p.need() == need).findFirst().orElseThrow();
  }

  public static void main(String[] args) throws Exception {
    // As EngineLog does: Spark's libraries lead java.util.logging to slf4j, which leads it back.
    LogManager.getLogManager().reset();
    Logger.getLogger("").setLevel(Level.OFF);
    Engine engine = Engine.valueOf(args[0]);
    boolean streaming = args[1].equals("streaming");
    for (String need : List.of(args).subList(2, args.length)) {
      System.out.println(
          ANSWER + need + " " + ask(engine, streaming, probe(RunnerNeed.valueOf(need))));
    }
    // Without waiting for what the runners have left running.
    Runtime.getRuntime().halt(0);
  }

  private static Answer ask(Engine engine, boolean streaming, Probe probe) throws Exception {
    String run = "%s in %s: %s".formatted(engine, streaming ? "streams" : "batch", probe.need());
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs(options(engine, streaming)).create());
    probe.build(new Feed(pipeline, run, streaming));
    CompletableFuture<PipelineResult> started =
        CompletableFuture.supplyAsync(pipeline::run, AskRunner::start);
    CompletableFuture<Void> ended =
        started.thenAcceptAsync(PipelineResult::waitUntilFinish, AskRunner::start);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!ended.isDone() && !(streaming && probe.settled(run)) && System.nanoTime() < end) {
      Thread.sleep(10);
    }
    if (ended.isCompletedExceptionally()) {
      show(ended);
      return refused(ended) ? Answer.REFUSED : Answer.FAILS;
    }
    if (System.nanoTime() >= end) {
      System.err.println(run + " stands still: " + Marks.of(run));
      return Answer.STANDS_STILL;
    }
    end = System.nanoTime() + GRACE.toNanos();
    while (probe.judge(run) != Answer.YES && streaming && System.nanoTime() < end) {
      Thread.sleep(10);
    }
    Answer answer = probe.judge(run);
    System.err.println(run + ": " + Marks.of(run));
    Marks.add(run, Script.END);
    return answer;
  }

  /** The runners refuse in these two ways; anything else is a fault, perhaps of this probe. */
  private static boolean refused(CompletableFuture<?> ended) throws InterruptedException {
    try {
      ended.get();
      return false;
    } catch (ExecutionException e) {
      Throwable cause = e;
      while (cause != null
          && !(cause instanceof UnsupportedOperationException)
          && !(cause instanceof IllegalStateException)) {
        cause = cause.getCause();
      }
      return cause != null;
    }
  }

  private static void show(CompletableFuture<?> ended) throws InterruptedException {
    try {
      ended.get();
    } catch (ExecutionException e) {
      e.printStackTrace(System.err);
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "probe");
    thread.setDaemon(true);
    thread.start();
  }

  private static String[] options(Engine engine, boolean streaming) throws IOException {
    String name = engine.name().charAt(0) + engine.name().substring(1).toLowerCase(Locale.ROOT);
    return switch (engine) {
      case DIRECT -> new String[] {"--runner=DirectRunner", "--targetParallelism=2"};
      case FLINK ->
          new String[] {
            "--runner=" + name + "Runner",
            "--streaming=" + streaming,
            "--parallelism=2",
            "--maxBundleTimeMills=50",
            "--autoWatermarkInterval=20",
            "--shutdownSourcesAfterIdleMs=0"
          };
      case SPARK ->
          new String[] {
            "--runner=" + name + "Runner",
            "--streaming=" + streaming,
            "--sparkMaster=local[2]",
            "--batchIntervalMillis=200",
            "--minReadTimeMillis=50",
            "--checkpointDir=" + Files.createTempDirectory("probe")
          };
      case OTHER -> throw new IllegalArgumentException("No runner " + engine);
    };
  }
}
