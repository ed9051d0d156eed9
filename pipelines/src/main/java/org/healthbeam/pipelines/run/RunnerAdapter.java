package org.healthbeam.pipelines.run;

import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * What differs by runner. Each module under {@code runners-config} that has a runner registers one
 * as a service.
 */
public interface RunnerAdapter {

  /** Returns the name as typed: {@code direct}, {@code flink} or {@code spark}. */
  String name();

  /** Returns the versions of what is used, by name, for {@code run.json}. */
  Map<String, String> versions();

  /** Sets the runner, and what no profile can say. */
  void configure(PipelineOptions options);

  /**
   * Sets what a stream needs beside its profile.
   *
   * @param ends whether the input ends, and so the run
   */
  default void configureStream(PipelineOptions options, boolean ends) {}

  /** Runs to the end, and shows how far it is where that can be known. */
  PipelineResult run(Pipeline pipeline, Progress progress);
}
