package org.healthbeam.runners.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.beam.sdk.metrics.MetricKey;
import org.apache.beam.sdk.metrics.MetricName;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.Counter;
import org.healthbeam.pipelines.run.RunningPipeline;
import org.healthbeam.pipelines.run.StepProgress;
import org.healthbeam.transforms.outcome.Outcomes;

/**
 * A job on the Flink of this JVM.
 *
 * <p>Beam hands out a job's counters, and lets it be cancelled, only when it has ended. So Flink is
 * configured to tell {@link JobReporter} of the counters as they are made and {@link JobStart} of
 * the job; both find the job that this thread is starting.
 */
final class EmbeddedJob implements RunningPipeline {
  private static final ThreadLocal<EmbeddedJob> STARTING = new ThreadLocal<>();
  private static final String REPORTER = "healthbeam";
  private static final long PATIENCE_SECONDS = 30;

  private final Map<Counter, MetricName> counters = new ConcurrentHashMap<>();
  private final Map<String, Task> tasks = new ConcurrentSkipListMap<>();
  private final CompletableFuture<JobClient> client = new CompletableFuture<>();
  private final boolean streaming;

  private EmbeddedJob(boolean streaming) {
    this.streaming = streaming;
  }

  /** Begins a job on this thread, which must call {@link #started} in the end. */
  static EmbeddedJob start(boolean streaming) {
    EmbeddedJob job = new EmbeddedJob(streaming);
    STARTING.set(job);
    return job;
  }

  /** The thread starts no job any more. */
  static void started() {
    STARTING.remove();
  }

  /** Returns the job that this thread is starting; one that nobody watches if there is none. */
  static EmbeddedJob starting() {
    EmbeddedJob job = STARTING.get();
    return job == null ? new EmbeddedJob(true) : job;
  }

  /** Writes Flink's configuration, with what tells of the job, into a folder and returns it. */
  static Path configure(@javax.annotation.Nullable String folder) {
    Configuration configuration =
        folder == null
            ? GlobalConfiguration.loadConfiguration()
            : GlobalConfiguration.loadConfiguration(folder);
    String reporters = configuration.get(MetricOptions.REPORTERS_LIST);
    if (reporters != null) {
      configuration.set(MetricOptions.REPORTERS_LIST, reporters + "," + REPORTER);
    }
    configuration.setString(
        "metrics.reporter." + REPORTER + ".factory.class", JobReporter.class.getName());
    List<String> listeners = new ArrayList<>();
    configuration.getOptional(DeploymentOptions.JOB_LISTENERS).ifPresent(listeners::addAll);
    listeners.add(JobStart.class.getName());
    configuration.set(DeploymentOptions.JOB_LISTENERS, listeners);
    try {
      Path written = Files.createTempDirectory("healthbeam-flink-");
      // Flink removes its own when the process lets it; this folder is removed in any case.
      for (ConfigOption<String> place : List.of(CoreOptions.TMP_DIRS, WebOptions.TMP_DIR)) {
        if (!configuration.contains(place)) {
          configuration.set(place, Files.createDirectories(written.resolve("tmp")).toString());
        }
      }
      Files.write(
          written.resolve(GlobalConfiguration.getFlinkConfFilename()),
          ConfigurationUtils.convertConfigToWritableLines(configuration, false));
      return written;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void add(Counter counter, String name) {
    String ours = Outcomes.NAMESPACE + ".";
    if (name.startsWith(ours)) {
      counters.put(counter, MetricName.named(Outcomes.NAMESPACE, name.substring(ours.length())));
    }
  }

  /** Takes the counter of what a task has received, or given. */
  void addOfTask(Counter counter, String task, boolean received) {
    Task counted = tasks.computeIfAbsent(task, name -> new Task());
    (received ? counted.in : counted.out).add(counter);
  }

  private static final class Task {
    private final Set<Counter> in = ConcurrentHashMap.newKeySet();
    private final Set<Counter> out = ConcurrentHashMap.newKeySet();
  }

  /** Of a batch: its bundles, and with them its counters, end with its tasks. */
  @Override
  public List<StepProgress> steps() {
    if (streaming) {
      return List.of();
    }
    FlinkSteps steps = new FlinkSteps();
    tasks.forEach(
        (name, task) -> steps.add(name, sum(task.in), sum(task.out), OptionalDouble.empty()));
    return steps.list();
  }

  private static long sum(Set<Counter> counters) {
    return counters.stream().mapToLong(Counter::getCount).sum();
  }

  void submitted(JobClient job) {
    client.complete(job);
  }

  /** Returns what was counted in bundles that have ended. */
  @Override
  public MetricResults metrics() {
    List<MetricResult<Long>> counts = new ArrayList<>();
    counters.forEach(
        (counter, name) ->
            counts.add(
                MetricResult.attempted(MetricKey.create(REPORTER, name), counter.getCount())));
    return new Counts(
        MetricQueryResults.create(counts, List.of(), List.of(), List.of(), List.of(), List.of()));
  }

  @Override
  public void cancel() throws IOException {
    try {
      client().cancel().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IOException("Flink cannot cancel the job", e);
    }
  }

  /** Returns what the job can be asked by, as soon as Flink has taken it. */
  JobClient client() throws IOException {
    try {
      return client.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("Flink has not taken the job", e);
    }
  }

  /** Counters of ours, which need no filter. */
  private static final class Counts extends MetricResults {
    private final MetricQueryResults all;

    Counts(MetricQueryResults all) {
      this.all = all;
    }

    @Override
    public MetricQueryResults queryMetrics(MetricsFilter filter) {
      return all;
    }
  }
}
