package org.healthbeam.runners.spark;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.annotation.Nullable;
import org.apache.beam.runners.core.metrics.MetricsContainerStepMap;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.GaugeResult;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.source.Source;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.storage.RDDInfo;
import org.healthbeam.pipelines.run.RunningPipeline;
import org.healthbeam.pipelines.run.TaskProgress;
import org.healthbeam.transforms.outcome.Outcomes;
import scala.collection.JavaConverters;

/**
 * A job of Spark's, as {@link JobListener} is told of it.
 *
 * <p>Beam knows the counts of tasks that have ended, and of a batch there are few and long ones. So
 * what running tasks have counted is added, which executors tell with their heartbeats. All of it
 * is a source of Spark's own metrics too.
 */
final class SparkJob implements RunningPipeline {
  /** Of the name of an output, in which steps of steps follow one another, the first step. */
  private static final Pattern STEP = Pattern.compile("([^/.]+)(?:/.*)?\\.[^/.]+");

  private static final ThreadLocal<SparkJob> STARTING = new ThreadLocal<>();

  private final Map<Integer, Stage> stages = new TreeMap<>();
  private final Map<Long, MetricsContainerStepMap> running = new HashMap<>();
  private final MetricsContainerStepMap ended = new MetricsContainerStepMap();
  private final MetricRegistry registry = new MetricRegistry();
  @Nullable private Map<String, Number> numbers;
  @Nullable private PipelineResult result;
  private boolean cancelled;

  private static final class Stage {
    private final String step;
    private final int tasks;
    private int done;

    Stage(String step, int tasks) {
      this.step = step;
      this.tasks = tasks;
    }
  }

  /** Begins a job on this thread, which must call {@link #started} in the end. */
  static SparkJob start() {
    SparkJob job = new SparkJob();
    STARTING.set(job);
    return job;
  }

  /** The thread starts no job any more. */
  static void started() {
    STARTING.remove();
  }

  /** Returns the job that this thread is starting; one that nobody watches if there is none. */
  static SparkJob starting() {
    SparkJob job = STARTING.get();
    return job == null ? new SparkJob() : job;
  }

  synchronized void begin(StageInfo stage) {
    stages.put(stage.stageId(), new Stage(step(stage), stage.numTasks()));
  }

  synchronized void end(StageInfo stage) {
    stages.remove(stage.stageId());
    register();
  }

  /** Returns the last step of the pipeline that is in a stage; Beam calls data after steps. */
  private static String step(StageInfo stage) {
    return JavaConverters.seqAsJavaList(stage.rddInfos()).stream()
        .sorted(Comparator.comparingInt(RDDInfo::id).reversed())
        .map(data -> STEP.matcher(String.valueOf(data.name())))
        .filter(Matcher::matches)
        .map(step -> step.group(1))
        .findFirst()
        .orElse("");
  }

  synchronized void endTask(int stage, long task, boolean successful, @Nullable Object metrics) {
    MetricsContainerStepMap told = running.remove(task);
    numbers = null;
    if (!successful) {
      return;
    }
    if (metrics instanceof MetricsContainerStepMap last) {
      told = last;
    }
    if (told != null) {
      ended.updateAll(told);
    }
    Stage of = stages.get(stage);
    if (of != null) {
      of.done++;
    }
  }

  /** Takes what a task that is running has counted so far. */
  synchronized void update(long task, @Nullable Object metrics) {
    if (metrics instanceof MetricsContainerStepMap told) {
      running.put(task, told);
      numbers = null;
      register();
    }
  }

  @Override
  public synchronized List<TaskProgress> tasks() {
    List<TaskProgress> all = new ArrayList<>();
    stages.forEach(
        (id, stage) ->
            all.add(new TaskProgress("stage " + id, stage.step, stage.done, stage.tasks)));
    return all;
  }

  @Override
  public synchronized MetricResults metrics() {
    MetricsContainerStepMap all = new MetricsContainerStepMap();
    all.updateAll(ended);
    running.values().forEach(all::updateAll);
    return MetricsContainerStepMap.asAttemptedOnlyMetricResults(all);
  }

  /** Has Spark publish the counters and gauges with its own metrics. */
  void publish() {
    SparkEnv.get()
        .metricsSystem()
        .registerSource(
            new Source() {
              @Override
              public String sourceName() {
                return Outcomes.NAMESPACE;
              }

              @Override
              public MetricRegistry metricRegistry() {
                return registry;
              }
            });
  }

  private void register() {
    for (String name : numbers().keySet()) {
      if (!registry.getMetrics().containsKey(name)) {
        registry.register(name, (Gauge<Number>) () -> number(name));
      }
    }
  }

  private synchronized Number number(String name) {
    return numbers().getOrDefault(name, 0L);
  }

  private Map<String, Number> numbers() {
    if (numbers != null) {
      return numbers;
    }
    Map<String, Number> now = new HashMap<>();
    MetricQueryResults all = metrics().allMetrics();
    for (MetricResult<Long> counter : all.getCounters()) {
      if (isOurs(counter)) {
        now.merge(
            counter.getName().getName(),
            counter.getAttempted(),
            (a, b) -> a.longValue() + b.longValue());
      }
    }
    for (MetricResult<GaugeResult> gauge : all.getGauges()) {
      if (isOurs(gauge)) {
        now.merge(
            gauge.getName().getName(),
            gauge.getAttempted().getValue(),
            (a, b) -> Math.max(a.longValue(), b.longValue()));
      }
    }
    numbers = now;
    return now;
  }

  private static boolean isOurs(MetricResult<?> metric) {
    return metric.getName().getNamespace().equals(Outcomes.NAMESPACE);
  }

  /** Says what has been started, and ends it if that has been asked for meanwhile. */
  void started(PipelineResult pipeline) throws IOException {
    synchronized (this) {
      result = pipeline;
      if (!cancelled) {
        return;
      }
    }
    pipeline.cancel();
  }

  @Override
  public void cancel() throws IOException {
    PipelineResult started;
    synchronized (this) {
      cancelled = true;
      started = result;
    }
    if (started != null) {
      started.cancel();
    }
  }
}
