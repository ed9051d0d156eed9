package org.healthbeam.pipelines.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.healthbeam.config.ConfigException;
import org.healthbeam.core.outcome.Ledger;
import org.healthbeam.core.outcome.StageLedger;
import org.healthbeam.io.stream.EndOfStream;
import org.healthbeam.pipelines.graph.GraphFile;
import org.healthbeam.pipelines.option.PipelineArguments;
import org.healthbeam.pipelines.report.Report;
import org.healthbeam.pipelines.run.RunRecord.Ending;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.runner.Engine;

/**
 * Runs a pipeline from a command line: the same for the launcher, a job jar and somebody's own
 * {@code main}.
 *
 * <p>Everything is checked before anything is built. When the pipeline has run, its counters must
 * add up, or the run has failed.
 */
public final class PipelineRun {
  /** Exit status: everything is written and adds up. */
  public static final int DONE = 0;

  /** Exit status: the run failed. */
  public static final int FAILED = 1;

  /** Exit status: it could not be run as asked; nothing was written. */
  public static final int USAGE = 2;

  /** Exit status: everything is written and adds up, but all of the input was rejected. */
  public static final int NOTHING_USED = 3;

  /** Exit status: a stream was stopped; the JVM's own, 130 or 143 by the signal, goes before it. */
  public static final int STOPPED = 130;

  /** The name of the file for people. */
  public static final String REPORT = "report.html";

  private final Terminal terminal;
  private final Map<String, String> environment;
  private final boolean withReport;

  PipelineRun(Terminal terminal, Map<String, String> environment, boolean withReport) {
    this.terminal = terminal;
    this.environment = environment;
    this.withReport = withReport;
  }

  /**
   * Runs a pipeline with the arguments of {@code main} and returns the exit status.
   *
   * @param pipeline that is run
   * @param args the options
   * @return the exit status: {@link #DONE}, {@link #FAILED}, {@link #USAGE}, {@link #NOTHING_USED}
   *     or {@link #STOPPED}
   */
  public static int run(HealthPipeline<?> pipeline, String... args) {
    return new PipelineRun(Terminal.ofProcess(), System.getenv(), true)
        .execute(pipeline, HealthPipelines.name(pipeline), args);
  }

  /**
   * As {@link #run}, for a command that calls itself otherwise and makes one report of many.
   *
   * @param pipeline that is run
   * @param command what it is called in messages
   * @param terminal takes what is said of the run
   * @param args the options
   * @return the exit status: {@link #DONE}, {@link #FAILED}, {@link #USAGE}, {@link #NOTHING_USED}
   *     or {@link #STOPPED}
   */
  public static int runWithoutReport(
      HealthPipeline<?> pipeline, String command, Terminal terminal, String... args) {
    return new PipelineRun(terminal, System.getenv(), false).execute(pipeline, command, args);
  }

  /**
   * As {@link #run}, for a command that calls itself otherwise.
   *
   * @param pipeline that is run
   * @param command what it is called in messages
   * @param terminal takes what is said of the run
   * @param args the options
   * @return the exit status: {@link #DONE}, {@link #FAILED}, {@link #USAGE}, {@link #NOTHING_USED}
   *     or {@link #STOPPED}
   */
  public static int run(
      HealthPipeline<?> pipeline, String command, Terminal terminal, String... args) {
    return new PipelineRun(terminal, System.getenv(), true).execute(pipeline, command, args);
  }

  /**
   * Runs a template.
   *
   * @param pipeline of the template
   * @param arguments the options that it takes
   * @param given their values
   * @param command what the template is called in messages
   * @param terminal takes what is said of the run
   * @return the exit status: {@link #DONE}, {@link #FAILED}, {@link #USAGE}, {@link #NOTHING_USED}
   *     or {@link #STOPPED}
   */
  public static int run(
      HealthPipeline<?> pipeline,
      PipelineArguments arguments,
      GivenValues given,
      String command,
      Terminal terminal) {
    PipelineRun run = new PipelineRun(terminal, System.getenv(), true);
    try {
      return run.execute(
          RunPlan.resolve(pipeline, arguments, given, run.environment), command, run::run);
    } catch (ConfigException | UsageException e) {
      return run.refuse(command, e);
    }
  }

  /** What is done with a plan; returns the exit status. */
  interface Work {
    int on(RunPlan<?> plan) throws ConfigException, UsageException, IOException;
  }

  /** Options that a command knows beside those that were typed. */
  interface MoreOptions {
    void addTo(Map<String, String> typed) throws UsageException;
  }

  int execute(HealthPipeline<?> pipeline, String command, String... args) {
    return execute(pipeline, command, typed -> {}, this::run, args);
  }

  int execute(
      HealthPipeline<?> pipeline, String command, MoreOptions more, Work work, String... args) {
    try {
      PipelineArguments arguments = new PipelineArguments(command, pipeline.optionsClass());
      Map<String, String> typed = arguments.parse(args);
      if (PipelineArguments.asksForHelp(typed)) {
        terminal.out().print(arguments.help(terminal.width()));
        return DONE;
      }
      more.addTo(typed);
      GivenValues given = GivenValues.typed(typed);
      return execute(RunPlan.resolve(pipeline, arguments, given, environment), command, work);
    } catch (ConfigException | UsageException e) {
      return refuse(command, e);
    }
  }

  int execute(RunPlan<?> plan, String command, Work work) {
    try {
      if (plan.isSet(PipelineArguments.EXPLAIN)) {
        terminal.out().print(plan.explanation());
        return DONE;
      }
      Optional<GraphFile> graph = graphFile(plan);
      if (plan.isSet(PipelineArguments.DRY_RUN)) {
        terminal.out().print(rehearse(plan, graph));
        return DONE;
      }
      return work.on(plan);
    } catch (ConfigException | UsageException e) {
      return refuse(command, e);
    } catch (IOException | RuntimeException | Error e) {
      terminal.err().println(command + ": FAILED: " + FailureMessage.of(e));
      terminal
          .err()
          .print(
              plan.isSet(PipelineArguments.STACKTRACE)
                  ? FailureMessage.trace(e)
                  : "  --stacktrace shows where, --log=FILE keeps what the runner says."
                      + System.lineSeparator());
      return FAILED;
    }
  }

  int refuse(String command, Exception e) {
    terminal.err().println(command + ": " + e.getMessage());
    return USAGE;
  }

  /** Does all but run, and writes nothing but the graph where a file for it is named. */
  private <O extends HealthOptions> String rehearse(RunPlan<O> plan, Optional<GraphFile> graph)
      throws ConfigException, UsageException, IOException {
    O options = checkedOptions(plan);
    Pipeline built =
        BuiltPipeline.of(plan, options, BuiltPipeline.rejects(plan, options)).pipeline();
    if (graph.isPresent()) {
      try {
        graph.get().write(built, plan.name());
      } catch (IOException e) {
        throw new UsageException(
            "--graph=%s cannot be written: no such folder, or no permission"
                .formatted(graph.get().path()),
            e);
      }
    }
    return plan.explanation() + System.lineSeparator() + GraphFile.dot(built);
  }

  private static Optional<GraphFile> graphFile(RunPlan<?> plan) throws UsageException {
    Optional<String> name = plan.value(PipelineArguments.GRAPH);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    if (!plan.isSet(PipelineArguments.DRY_RUN)) {
      throw new UsageException("--graph needs --dryRun");
    }
    try {
      return Optional.of(GraphFile.named(name.get()));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--graph=" + e.getMessage(), e);
    }
  }

  private <O extends HealthOptions> int run(RunPlan<O> plan)
      throws ConfigException, UsageException, IOException {
    O options = checkedOptions(plan);
    Rejects rejects = BuiltPipeline.rejects(plan, options);
    keepLog(plan);
    OutputFolder output =
        new OutputFolder(options.getOutput(), plan.name(), plan.pipeline().outputs());
    if (plan.isOnCluster()) {
      plan.runner().requireCluster(options);
    }
    if (plan.runner().onlyDescribes(options)) {
      return describe(plan, options, rejects, output);
    }
    Duration stopTimeout = plan.pipeline().stopTimeout(options);
    if (Engine.of(options) == Engine.SPARK) {
      // The one that lacks something.
      BuiltPipeline.rehearse(plan, options);
    }
    plan.take(output, options);
    try (Interruption interruption =
        Interruption.watch(
            terminal,
            plan.name(),
            output,
            plan.isStreaming(),
            plan.isOnCluster() ? Optional.empty() : Optional.of(() -> EndOfStream.ask(options)),
            stopTimeout)) {
      Optional<RunRecord> record;
      try {
        record = runInto(output, plan, options, rejects, interruption);
      } catch (IOException | RuntimeException | Error e) {
        output.abandon(e);
        throw e;
      }
      // What is to be said of a batch that was told to end is said elsewhere.
      return record.isEmpty()
          ? STOPPED
          : conclude(record.get(), output, options.getMaxRejectedFraction());
    }
  }

  /** Has the job written to where a service starts it; nobody here sees its counters. */
  private <O extends HealthOptions> int describe(
      RunPlan<O> plan, O options, Rejects rejects, OutputFolder output)
      throws UsageException, IOException {
    plan.take(output, options);
    try {
      plan.runner().describe(BuiltPipeline.of(plan, options, rejects).pipeline());
    } finally {
      output.leave();
    }
    terminal
        .out()
        .printf(
            "%s is described for %s, which starts it; results come to %s, without run.json%n",
            plan.name(), plan.runner().name(), output);
    return DONE;
  }

  /** Keeps what the runner logs, if it is asked for. */
  static void keepLog(RunPlan<?> plan) throws UsageException {
    Optional<String> log = plan.value(PipelineArguments.LOG);
    if (log.isPresent()) {
      EngineLog.into(log.get());
    }
  }

  /** Checks may read files for a while, such as large code maps. */
  <O extends HealthOptions> O checkedOptions(RunPlan<O> plan)
      throws ConfigException, UsageException, IOException {
    Waiting waiting = Waiting.begin(terminal, "reading and checking what the options name");
    try {
      return plan.options();
    } finally {
      waiting.end();
    }
  }

  /** Returns nothing of a batch that was told to end. */
  private <O extends HealthOptions> Optional<RunRecord> runInto(
      OutputFolder output, RunPlan<O> plan, O options, Rejects rejects, Interruption interruption)
      throws IOException {
    Instant started = Instant.now();
    BuiltPipeline built = BuiltPipeline.of(plan, options, rejects);
    Optional<MetricResults> metrics = run(plan, built.pipeline(), rejects, interruption);
    Ending ending =
        metrics.isEmpty()
            ? Ending.CUT_OFF
            : interruption.isAsked() && plan.isStreaming() ? Ending.STOPPED : Ending.ENDED;
    if (ending == Ending.CUT_OFF) {
      output.clear();
      if (!plan.isStreaming()) {
        output.leave();
        return Optional.empty();
      }
      metrics = interruption.running().map(RunningPipeline::metrics);
    } else {
      plan.pipeline().finish(options);
    }
    Duration duration = Duration.between(started, Instant.now());
    Ledger ledger =
        metrics.isPresent() ? built.ledger(metrics.get(), ending != Ending.CUT_OFF) : new Ledger();
    return Optional.of(write(output, record(plan, ending, started, duration, ledger)));
  }

  static RunRecord record(
      RunPlan<?> plan, Ending ending, Instant started, Duration duration, Ledger ledger) {
    return new RunRecord(
        plan.name(),
        ending,
        started,
        duration,
        plan.runner().name(),
        plan.shownValues(),
        ledger,
        Versions.of(plan.runner()));
  }

  /** Writes {@code run.json} and the report. */
  RunRecord write(OutputFolder output, RunRecord record) throws IOException {
    // The report is one file on this machine's disk; results on another file system go without.
    Optional<Path> folder = withReport ? output.local() : Optional.empty();
    output.end(record, folder.isPresent() ? REPORT : "");
    if (folder.isPresent()) {
      Report.write(List.of(folder.get()), folder.get().resolve(REPORT));
    }
    return record;
  }

  /** Runs to the end and returns the counters; nothing if a stream was stopped before. */
  private Optional<MetricResults> run(
      RunPlan<?> plan, Pipeline built, Rejects rejects, Interruption interruption) {
    PipelineResult result;
    try (Progress progress = new Progress(terminal, rejects, interruption)) {
      result = plan.runner().run(built, progress);
    } catch (RuntimeException | Error e) {
      // Runners fail in many ways when they are cancelled.
      if (interruption.isAsked()) {
        return Optional.empty();
      }
      throw e;
    }
    if (result.getState() == PipelineResult.State.DONE) {
      return Optional.of(result.metrics());
    }
    if (interruption.isAsked()) {
      return Optional.empty();
    }
    throw new IllegalStateException("The runner ended in state " + result.getState());
  }

  /** Says what came of a run, and returns its exit status. */
  int conclude(RunRecord run, OutputFolder output, double maxRejectedFraction) throws IOException {
    boolean stopped = run.ending() != Ending.ENDED;
    // What was under way when a stream was cut off is in no outcome.
    List<String> failures =
        run.ending() == Ending.CUT_OFF
            ? new ArrayList<>()
            : new ArrayList<>(run.ledger().violations());
    double rejected = run.ledger().rejectedFraction();
    if (!stopped && rejected > maxRejectedFraction) {
      failures.add(
          String.format(
              Locale.ROOT,
              "%.4g of the input was rejected, more than --maxRejectedFraction=%s; everything is"
                  + " written",
              rejected,
              maxRejectedFraction));
    }
    terminal
        .out()
        .printf(
            Locale.ROOT,
            "%s %s in %.1f s on %s%n",
            run.pipeline(),
            !failures.isEmpty() ? "FAILED" : stopped ? "stopped" : "done",
            run.duration().toMillis() / 1000.0,
            run.runner());
    terminal.out().print(RunSummary.of(output, output.written(), run.ledger().stages()));
    failures.forEach(f -> terminal.err().println(run.pipeline() + ": FAILED: " + f));
    Optional<StageLedger> dead = RunSummary.dead(run.ledger().stages());
    if (dead.isPresent()) {
      String sentence = RunSummary.unusable(dead.get(), output.firstRejected());
      terminal.err().println(run.pipeline() + ": " + sentence);
    }
    if (!failures.isEmpty()) {
      return FAILED;
    }
    return stopped ? STOPPED : dead.isPresent() ? NOTHING_USED : DONE;
  }
}
