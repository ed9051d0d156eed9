package org.healthbeam.runners.spark;

import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationStart;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.Tuple4;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** Tells a {@link SparkJob} of its stages and tasks, and of what running tasks have counted. */
public final class JobListener extends SparkListener {
  /** Beam's name of the accumulator that has all metrics. */
  private static final String METRICS = "Beam.Metrics";

  private final SparkJob job = SparkJob.starting();

  @Override
  public void onApplicationStart(SparkListenerApplicationStart started) {
    job.publish();
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    job.begin(submitted.stageInfo());
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted completed) {
    job.end(completed.stageInfo());
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd ended) {
    job.endTask(
        ended.stageId(),
        ended.taskInfo().taskId(),
        ended.taskInfo().successful(),
        metrics(ended.taskInfo().accumulables()));
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    for (Tuple4<Object, Object, Object, Seq<AccumulableInfo>> task :
        JavaConverters.seqAsJavaList(update.accumUpdates())) {
      job.update((Long) task._1(), metrics(task._4()));
    }
  }

  private static Object metrics(Seq<AccumulableInfo> accumulables) {
    for (AccumulableInfo info : JavaConverters.seqAsJavaList(accumulables)) {
      if (info.name().isDefined()
          && info.name().get().equals(METRICS)
          && info.update().isDefined()) {
        return info.update().get();
      }
    }
    return null;
  }
}
