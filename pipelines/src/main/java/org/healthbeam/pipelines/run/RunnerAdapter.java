package org.healthbeam.pipelines.run;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * What differs by runner. Each module under {@code runners-config} that has a runner registers one
 * as a service.
 */
public interface RunnerAdapter {

  /**
   * Returns the name as typed: {@code direct}, {@code flink}, {@code spark} or {@code dataflow}.
   */
  String name();

  /** Returns the versions of what is used, by name, for {@code run.json}. */
  Map<String, String> versions();

  /** Sets the runner, and what no profile can say. */
  void configure(PipelineOptions options);

  /**
   * Returns a sentence for each option of the runner that is missing.
   *
   * @param given says whether an option has a value
   */
  default List<String> missing(Predicate<String> given) {
    return List.of();
  }

  /**
   * Checks what can be checked before any file is looked at.
   *
   * @throws UsageException if the runner cannot run with these options
   */
  default void check(PipelineOptions options) throws UsageException {}

  /** Says whether the processes that do the work may see the files of this machine's disk. */
  default boolean seesDisk(PipelineOptions options) {
    return true;
  }

  /**
   * Says whether {@link #describe} is to be called rather than {@link #run}: a service will start
   * the job from its description.
   */
  default boolean onlyDescribes(PipelineOptions options) {
    return false;
  }

  /** Writes the job to where the options say, and starts nothing. */
  default void describe(Pipeline pipeline) {
    throw new UnsupportedOperationException(name() + " has no service that starts jobs");
  }

  /**
   * Sets what a stream needs beside its profile.
   *
   * @param ends whether the input ends, and so the run
   */
  default void configureStream(PipelineOptions options, boolean ends) {}

  /** Runs to the end, and shows how far it is where that can be known. */
  PipelineResult run(Pipeline pipeline, Progress progress);

  /** Returns the option that names a cluster, such as {@code flinkMaster}; empty if none does. */
  default String clusterOption() {
    return "";
  }

  /** Says whether this value of the option means a cluster: processes on machines of their own. */
  default boolean isCluster(String master) {
    return false;
  }

  /**
   * Says whether the job goes on from the state in which another was stopped, so that what that one
   * has written stays.
   */
  default boolean goesOn(PipelineOptions options) {
    return false;
  }

  /**
   * Asks the cluster whether it can take a job, before anything is built or removed.
   *
   * @throws UsageException if it does not answer, or is of a version that this is not made for
   */
  default void requireCluster(PipelineOptions options) throws UsageException {}

  /** Hands a pipeline to the cluster and does not wait for its end. */
  default SubmittedJob submit(Submission submission) throws UsageException, IOException {
    throw new UsageException("The runner " + name() + " has no cluster to submit to");
  }

  /** Asks the cluster what became of a job that {@link #submit} has handed over. */
  default JobAccount account(PipelineOptions options, String job) throws IOException {
    throw new UnsupportedOperationException(name() + " has no cluster");
  }
}
