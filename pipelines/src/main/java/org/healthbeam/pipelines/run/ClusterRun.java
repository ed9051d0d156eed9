package org.healthbeam.pipelines.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.healthbeam.config.ConfigException;
import org.healthbeam.core.outcome.Ledger;
import org.healthbeam.pipelines.option.PipelineArguments;
import org.healthbeam.pipelines.run.RunRecord.Ending;
import org.healthbeam.transforms.outcome.Rejects;

/**
 * Hands a pipeline to a cluster and does not wait; and writes the account of a job that has ended
 * there, where the job cannot.
 *
 * <p>Everything is checked here, as {@link PipelineRun} does, before anything is sent.
 */
public final class ClusterRun {
  private final Terminal terminal;
  private final PipelineRun run;

  ClusterRun(Terminal terminal, Map<String, String> environment) {
    this.terminal = terminal;
    this.run = new PipelineRun(terminal, environment, true);
  }

  /**
   * Submits a pipeline and returns the exit status.
   *
   * @param pipeline that is built here, or by a process of the cluster
   * @param command what the pipeline is called in messages
   * @param terminal takes what is said of the submission
   * @param to the cluster, as {@link Destination} has it
   * @param args the options, as a run takes them
   * @return {@link PipelineRun#DONE} if the cluster has taken it, else {@link PipelineRun#FAILED}
   *     or {@link PipelineRun#USAGE}
   */
  public static int submit(
      HealthPipeline<?> pipeline, String command, Terminal terminal, String to, String... args) {
    return new ClusterRun(terminal, System.getenv()).submit(pipeline, command, to, args);
  }

  /**
   * Submits a template and returns the exit status.
   *
   * @param pipeline of the template
   * @param arguments the options that it takes
   * @param given their values; takes those that {@code to} means
   * @param command what the template is called in messages
   * @param terminal takes what is said of the submission
   * @param to the cluster, as {@link Destination} has it
   * @return {@link PipelineRun#DONE} if the cluster has taken it, else {@link PipelineRun#FAILED}
   *     or {@link PipelineRun#USAGE}
   */
  public static int submit(
      HealthPipeline<?> pipeline,
      PipelineArguments arguments,
      GivenValues given,
      String command,
      Terminal terminal,
      String to) {
    ClusterRun cluster = new ClusterRun(terminal, System.getenv());
    try {
      addCluster(to, given.typed());
      return cluster.run.execute(
          RunPlan.resolve(pipeline, arguments, given, System.getenv()),
          command,
          plan -> cluster.submit(plan, to));
    } catch (ConfigException | UsageException e) {
      return cluster.run.refuse(command, e);
    }
  }

  /**
   * Writes {@code run.json} and the report of a job that has ended, and returns the exit status.
   *
   * @param command what the pipeline is called in messages
   * @param terminal takes what is said of the job
   * @param folder the output folder of the job
   * @param forget whether the folder is only to be freed of a job that nobody knows any more
   * @return {@link PipelineRun#DONE} if the account is written and the job has done well, else
   *     another status of {@link PipelineRun}
   */
  public static int finish(String command, Terminal terminal, String folder, boolean forget) {
    return new ClusterRun(terminal, Map.of()).finish(command, folder, forget);
  }

  int submit(HealthPipeline<?> pipeline, String command, String to, String... args) {
    return run.execute(
        pipeline, command, typed -> addCluster(to, typed), plan -> submit(plan, to), args);
  }

  private static void addCluster(String to, Map<String, String> typed) throws UsageException {
    Destination destination = Destination.parse(to);
    String option = Runners.byName(destination.runner()).clusterOption();
    if (typed.containsKey(option)) {
      throw new UsageException("--to and --" + option + " both name a cluster; --to is enough");
    }
    typed.put(option, destination.address());
    typed.putIfAbsent(PipelineArguments.RUNNER, destination.runner());
  }

  private <O extends HealthOptions> int submit(RunPlan<O> plan, String to)
      throws ConfigException, UsageException, IOException {
    Map<String, String> values = plan.portableValues();
    O options = run.checkedOptions(plan);
    Rejects rejects = BuiltPipeline.rejects(plan, options);
    PipelineRun.keepLog(plan);
    OutputFolder output = output(plan, options);
    output.check(options.getInput());
    plan.runner().requireCluster(options);
    Instant started = Instant.now();
    Submitted<O> submitted = new Submitted<>(plan, options, rejects, output, values);
    SubmittedJob job;
    try {
      job = plan.runner().submit(submitted);
    } catch (IOException | RuntimeException | Error e) {
      submitted.abandon(e);
      throw e;
    }
    if (!job.accounts()) {
      output.handTo(new HandedJob(job.id(), started, values));
    }
    terminal.out().println(plan.name() + " is job " + job.id() + " on " + to);
    job.hints().forEach((what, how) -> terminal.out().printf("  %-9s %s%n", what, how));
    terminal
        .out()
        .println(
            job.accounts()
                ? "  It writes its results, run.json and the report to " + output
                : "  at its end  healthbeam finish " + output + "  writes run.json and the report");
    return PipelineRun.DONE;
  }

  private static OutputFolder output(RunPlan<?> plan, HealthOptions options) {
    return new OutputFolder(options.getOutput(), plan.name(), plan.pipeline().outputs());
  }

  /** What a runner hands over. */
  private static final class Submitted<O extends HealthOptions> implements Submission {
    private final RunPlan<O> plan;
    private final O options;
    private final Rejects rejects;
    private final OutputFolder output;
    private final Map<String, String> values;
    private boolean begun;

    Submitted(
        RunPlan<O> plan,
        O options,
        Rejects rejects,
        OutputFolder output,
        Map<String, String> values) {
      this.plan = plan;
      this.options = options;
      this.rejects = rejects;
      this.output = output;
      this.values = values;
    }

    @Override
    public PipelineOptions options() {
      return options;
    }

    @Override
    public Pipeline build() throws UsageException, IOException {
      plan.take(output, options);
      begun = true;
      return BuiltPipeline.of(plan, options, rejects).pipeline();
    }

    @Override
    public void rehearse() throws UsageException, IOException {
      BuiltPipeline.rehearse(plan, options);
    }

    @Override
    public List<String> arguments() {
      List<String> arguments = new ArrayList<>(List.of(plan.name()));
      values.forEach((name, value) -> arguments.add("--" + name + "=" + value));
      return arguments;
    }

    void abandon(Throwable failure) {
      if (begun) {
        output.abandon(failure);
      }
    }
  }

  private int finish(String command, String folder, boolean forget) {
    try {
      HadoopFiles.register(PipelineOptionsFactory.create());
      Location.requireFileSystem("output", folder);
      JsonNode mark = OutputFolder.markOf(folder);
      if (!mark.has("job")) {
        throw new UsageException(folder + " is the output of no job that was submitted");
      }
      String name = mark.path("pipeline").asText();
      HealthPipeline<?> pipeline =
          HealthPipelines.byName(name)
              .orElseThrow(() -> new UsageException(folder + " is of a pipeline '" + name + "'"));
      if (forget) {
        OutputFolder output = new OutputFolder(folder, name, pipeline.outputs());
        output.resume(mark);
        output.leave();
        terminal.out().println(folder + " is free; the next run of " + name + " replaces it");
        return PipelineRun.DONE;
      }
      HandedJob job = HandedJob.of(mark.path("job"));
      RunPlan<?> plan =
          RunPlan.resolve(
              pipeline,
              new PipelineArguments(command, pipeline.optionsClass()),
              GivenValues.typed(job.options()),
              Map.of());
      return run.execute(plan, command, p -> finish(p, folder, mark, job));
    } catch (ConfigException | UsageException | IOException e) {
      return run.refuse(command, e);
    }
  }

  private <O extends HealthOptions> int finish(
      RunPlan<O> plan, String folder, JsonNode mark, HandedJob job)
      throws ConfigException, UsageException, IOException {
    O options = run.checkedOptions(plan);
    OutputFolder output = new OutputFolder(folder, plan.name(), plan.pipeline().outputs());
    output.resume(mark);
    plan.runner().requireCluster(options);
    JobAccount account = plan.runner().account(options, job.id());
    boolean stopped =
        plan.isEndless(options)
            || account.state() == State.STOPPED
            || (plan.isStreaming() && account.state() == State.CANCELLED);
    switch (account.state()) {
      case STOPPED -> {}
      case DONE -> {
        if (!stopped) {
          plan.pipeline().finish(options);
        }
      }
      case UNKNOWN ->
          throw new UsageException(
              "The cluster knows no job %s any more; 'healthbeam finish %s --forget' frees the folder"
                  .formatted(job.id(), folder));
      case FAILED, CANCELLED -> {
        if (account.state() == State.FAILED || !plan.isStreaming()) {
          return failed(plan, output, job, account);
        }
      }
      default ->
          throw new UsageException(
              "Job %s is still under way; finish it when it has ended".formatted(job.id()));
    }
    if (stopped) {
      output.clear();
    }
    BuiltPipeline built = BuiltPipeline.of(plan, options, BuiltPipeline.rejects(plan, options));
    Ledger ledger =
        account.metrics().isPresent()
            ? built.ledger(account.metrics().get(), !stopped)
            : new Ledger();
    Duration duration = Duration.between(job.started(), account.ended());
    RunRecord record =
        run.write(
            output,
            PipelineRun.record(
                plan, stopped ? Ending.CUT_OFF : Ending.ENDED, job.started(), duration, ledger));
    int status = run.conclude(record, output, options.getMaxRejectedFraction());
    return status == PipelineRun.STOPPED ? PipelineRun.DONE : status;
  }

  private int failed(RunPlan<?> plan, OutputFolder output, HandedJob job, JobAccount account)
      throws IOException {
    output.leave();
    terminal
        .err()
        .printf(
            "%s: FAILED: job %s %s%s; what is in %s is incomplete, the next run replaces it%n",
            plan.name(),
            job.id(),
            account.state() == State.FAILED ? "failed" : "was cancelled",
            account.failure().map(f -> ": " + FailureMessage.of(f)).orElse(""),
            output);
    return PipelineRun.FAILED;
  }
}
