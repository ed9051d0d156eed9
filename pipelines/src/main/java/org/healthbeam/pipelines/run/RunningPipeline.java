package org.healthbeam.pipelines.run;

import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResults;

/** A pipeline that is running: what its counters say so far, and how to end it before its time. */
public interface RunningPipeline {

  /** {@return the counters so far; after the end of the pipeline, its last ones} */
  MetricResults metrics();

  /**
   * {@return how far the runner's own steps are, for where counters come late; by default none}
   *
   * @throws IOException if the runner cannot be asked
   */
  default List<StepProgress> steps() throws IOException {
    return List.of();
  }

  /** {@return how far what the runner is doing now is, where it shows that beside counters} */
  default List<TaskProgress> tasks() {
    return List.of();
  }

  /**
   * Ends the pipeline without processing what is under way.
   *
   * @throws IOException if the runner cannot be asked
   */
  void cancel() throws IOException;

  /**
   * {@return the pipeline of this result}
   *
   * @param result of a pipeline that was started
   */
  static RunningPipeline of(PipelineResult result) {
    return new RunningPipeline() {
      @Override
      public MetricResults metrics() {
        return result.metrics();
      }

      @Override
      public void cancel() throws IOException {
        result.cancel();
      }
    };
  }
}
