package org.healthbeam.io.stream;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Hidden;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * How many workers of Flink read a source: the option of that name of Flink's runner, whose classes
 * nothing here may see.
 *
 * <p>That runner splits a source into as many parts as it could ever have workers, and a source has
 * the parts that it has. A worker that there is no part for, and that reports before the parts are
 * known, is never told so: its watermark stays where it began, and holds that of all steps after
 * it. So a source that has fewer parts than there are workers makes some that are empty.
 */
public interface FlinkWorkers extends PipelineOptions {
  /** {@return the parallelism of the job; not above 0 before Flink's runner has set it} */
  @Hidden
  @Description("The parallelism of Flink's runner.")
  @Default.Integer(-1)
  Integer getParallelism();

  /**
   * Takes what Flink's runner reads under this name; -1 is the cluster's own default.
   *
   * @param parallelism of the job
   */
  void setParallelism(Integer parallelism);

  /**
   * {@return how many workers will read each source; 0 on other runners}
   *
   * @param options of a pipeline on any runner
   */
  static int of(PipelineOptions options) {
    return Math.max(0, options.as(FlinkWorkers.class).getParallelism());
  }
}
