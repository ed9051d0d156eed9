package org.healthbeam.runners.flink;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.annotation.Nullable;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.client.JobCancellationException;
import org.healthbeam.pipelines.run.RunningPipeline;
import org.healthbeam.pipelines.run.StepProgress;
import org.joda.time.Duration;

/**
 * A job on a cluster, which this process can follow and cancel.
 *
 * <p>Beam's own result of a detached job tells neither its id nor why it failed.
 */
final class ClusterJob implements PipelineResult {
  private final JobClient client;

  /** Set when the job has ended well. */
  @Nullable private volatile JobExecutionResult result;

  private ClusterJob(JobClient client) {
    this.client = client;
  }

  /** Hands the pipeline, whose options must say {@code attachedMode=false}, to its cluster. */
  static ClusterJob start(Pipeline pipeline) throws IOException {
    EmbeddedJob job = EmbeddedJob.start(true);
    try {
      pipeline.run();
    } finally {
      EmbeddedJob.started();
    }
    return new ClusterJob(job.client());
  }

  /** Returns what can be asked and done while it runs. */
  RunningPipeline running(SessionCluster cluster) {
    RunningPipeline result = RunningPipeline.of(this);
    return new RunningPipeline() {
      @Override
      public MetricResults metrics() {
        return result.metrics();
      }

      @Override
      public List<StepProgress> steps() throws IOException {
        return cluster.steps(id());
      }

      @Override
      public void cancel() throws IOException {
        result.cancel();
      }
    };
  }

  String id() {
    return client.getJobID().toHexString();
  }

  @Override
  public State getState() {
    try {
      JobStatus status = await(client.getJobStatus());
      return switch (status) {
        case FINISHED -> State.DONE;
        case FAILED -> State.FAILED;
        case CANCELED -> State.CANCELLED;
        default -> State.RUNNING;
      };
    } catch (IOException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /**
   * Returns the counters, which steps hand over when they have ended. When the job has, they come
   * with its result: asked for while it goes on, the cluster tells what it knew up to three seconds
   * ago.
   */
  @Override
  public MetricResults metrics() {
    JobExecutionResult ended = result;
    try {
      Map<String, Object> accumulators =
          ended == null ? await(client.getAccumulators()) : ended.getAllAccumulatorResults();
      return JobCounters.of(accumulators)
          .orElseThrow(() -> new IllegalStateException("The job has no counters yet"));
    } catch (IOException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  @Override
  public State cancel() throws IOException {
    await(client.cancel());
    return State.CANCELLED;
  }

  /** Waits for the end; throws what the job failed on. */
  @Override
  public State waitUntilFinish() {
    return waitUntilFinish(Duration.millis(Long.MAX_VALUE));
  }

  @Override
  public State waitUntilFinish(Duration atMost) {
    try {
      result = client.getJobExecutionResult().get(atMost.getMillis(), TimeUnit.MILLISECONDS);
      return State.DONE;
    } catch (TimeoutException e) {
      return State.RUNNING;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (CancellationException e) {
      return State.CANCELLED;
    } catch (ExecutionException e) {
      if (isCancelled(e)) {
        return State.CANCELLED;
      }
      throw new IllegalStateException("The job failed", e.getCause());
    }
  }

  private static boolean isCancelled(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof JobCancellationException) {
        return true;
      }
    }
    return false;
  }

  private static <T> T await(CompletableFuture<T> answer) throws IOException {
    try {
      return answer.get(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("The Flink cluster gives no answer", e);
    }
  }
}
