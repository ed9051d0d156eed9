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
import org.healthbeam.config.ConfigException;
import org.healthbeam.core.outcome.Ledger;
import org.healthbeam.pipelines.option.PipelineArguments;
import org.healthbeam.pipelines.report.Report;
import org.healthbeam.transforms.outcome.Rejects;

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

  /** Runs a pipeline with the arguments of {@code main} and returns the exit status. */
  public static int run(HealthPipeline<?> pipeline, String... args) {
    return new PipelineRun(Terminal.ofProcess(), System.getenv(), true)
        .execute(pipeline, HealthPipelines.name(pipeline), args);
  }

  /** As {@link #run}, for a command that calls itself otherwise and makes one report of many. */
  public static int runWithoutReport(
      HealthPipeline<?> pipeline, String command, Terminal terminal, String... args) {
    return new PipelineRun(terminal, System.getenv(), false).execute(pipeline, command, args);
  }

  /** As {@link #run}, for a command that calls itself otherwise. */
  public static int run(
      HealthPipeline<?> pipeline, String command, Terminal terminal, String... args) {
    return new PipelineRun(terminal, System.getenv(), true).execute(pipeline, command, args);
  }

  int execute(HealthPipeline<?> pipeline, String command, String... args) {
    boolean trace = false;
    try {
      PipelineArguments arguments = new PipelineArguments(command, pipeline.optionsClass());
      Map<String, String> typed = arguments.parse(args);
      trace = "true".equals(typed.get(PipelineArguments.STACKTRACE));
      if (PipelineArguments.asksForHelp(typed)) {
        terminal.out().print(arguments.help(terminal.width()));
        return DONE;
      }
      return resolveAndRun(pipeline, arguments, typed);
    } catch (ConfigException | UsageException e) {
      terminal.err().println(command + ": " + e.getMessage());
      return USAGE;
    } catch (IOException | RuntimeException | Error e) {
      terminal.err().println(command + ": FAILED: " + FailureMessage.of(e));
      terminal
          .err()
          .print(
              trace
                  ? FailureMessage.trace(e)
                  : "  --stacktrace shows where, --log=FILE keeps what the runner says."
                      + System.lineSeparator());
      return FAILED;
    }
  }

  private <O extends HealthOptions> int resolveAndRun(
      HealthPipeline<O> pipeline, PipelineArguments arguments, Map<String, String> typed)
      throws ConfigException, UsageException, IOException {
    RunPlan<O> plan = RunPlan.resolve(pipeline, arguments, typed, environment);
    if (plan.isSet(PipelineArguments.EXPLAIN)) {
      terminal.out().print(plan.explanation());
      return DONE;
    }
    RunnerAdapter runner = plan.runner();
    O options = plan.options();
    Rejects rejects = Rejects.with(PseudonymKey.read(options.getPseudonymKeyFile()));
    String name = HealthPipelines.name(pipeline);
    OutputFolder output = new OutputFolder(options.getOutput(), name);
    output.begin();
    Instant started = Instant.now();
    Interruption interruption = Interruption.watch(terminal, name, output);
    PipelineResult result;
    try {
      Pipeline built = Pipeline.create(options);
      pipeline.build(built, options, rejects);
      rejects.all(built).apply("Write rejects", new WriteRejected(options.getOutput()));
      try (Progress progress = new Progress(terminal, rejects)) {
        result = runner.run(built, progress);
      }
    } finally {
      interruption.stop();
    }
    if (result.getState() != PipelineResult.State.DONE) {
      throw new IllegalStateException("The runner ended in state " + result.getState());
    }
    Duration duration = Duration.between(started, Instant.now());
    Ledger ledger = rejects.ledger(result.metrics());
    RunRecord record =
        new RunRecord(
            name,
            started,
            duration,
            runner.name(),
            plan.shownValues(),
            ledger,
            Versions.of(runner));
    // The report is one file on this machine's disk; results on another file system go without.
    Optional<Path> folder = withReport ? output.local() : Optional.empty();
    output.end(record, folder.isPresent() ? REPORT : "");
    if (folder.isPresent()) {
      Report.write(List.of(folder.get()), folder.get().resolve(REPORT));
    }
    return conclude(record, output, options.getMaxRejectedFraction());
  }

  private int conclude(RunRecord run, OutputFolder output, double maxRejectedFraction)
      throws IOException {
    List<String> failures = new ArrayList<>(run.ledger().violations());
    double rejected = run.ledger().rejectedFraction();
    if (rejected > maxRejectedFraction) {
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
            failures.isEmpty() ? "done" : "FAILED",
            run.duration().toMillis() / 1000.0,
            run.runner());
    terminal.out().print(RunSummary.of(output, output.written(), run.ledger().stages()));
    failures.forEach(f -> terminal.err().println(run.pipeline() + ": FAILED: " + f));
    return failures.isEmpty() ? DONE : FAILED;
  }
}
