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
   * {@return the name as typed: {@code direct}, {@code flink}, {@code spark} or {@code dataflow}}
   */
  String name();

  /** {@return the versions of what is used, by name, for {@code run.json}} */
  Map<String, String> versions();

  /**
   * Sets the runner, and what no profile can say.
   *
   * @param options of the run; are changed
   */
  void configure(PipelineOptions options);

  /**
   * {@return a sentence for each option of the runner that is missing}
   *
   * @param given says whether an option has a value
   */
  default List<String> missing(Predicate<String> given) {
    return List.of();
  }

  /**
   * Checks what can be checked before any file is looked at.
   *
   * @param options of the run
   * @throws UsageException if the runner cannot run with these options
   */
  default void check(PipelineOptions options) throws UsageException {}

  /**
   * {@return whether the processes that do the work may see the files of this machine's disk}
   *
   * @param options of the run
   */
  default boolean seesDisk(PipelineOptions options) {
    return true;
  }

  /**
   * {@return whether {@link #describe} is to be called rather than {@link #run}: a service will
   * start the job from its description}
   *
   * @param options of the run
   */
  default boolean onlyDescribes(PipelineOptions options) {
    return false;
  }

  /**
   * Writes the job to where the options say, and starts nothing.
   *
   * @param pipeline that is built
   */
  default void describe(Pipeline pipeline) {
    throw new UnsupportedOperationException(name() + " has no service that starts jobs");
  }

  /**
   * Sets what a stream needs beside its profile.
   *
   * @param options of the run; are changed
   * @param ends whether the input ends, and so the run
   */
  default void configureStream(PipelineOptions options, boolean ends) {}

  /**
   * Runs to the end, and shows how far it is where that can be known.
   *
   * @param pipeline that is built
   * @param progress is told what runs, so that it can be shown and stopped
   * @return the result of a run that has ended, one way or another
   */
  PipelineResult run(Pipeline pipeline, Progress progress);

  /** {@return the option that names a cluster, such as {@code flinkMaster}; empty if none does} */
  default String clusterOption() {
    return "";
  }

  /**
   * {@return whether this value of the option means a cluster: processes on machines of their own}
   *
   * @param master the value of {@link #clusterOption}
   */
  default boolean isCluster(String master) {
    return false;
  }

  /**
   * {@return whether the job goes on from the state in which another was stopped, so that what that
   * one has written stays}
   *
   * @param options of the run
   */
  default boolean goesOn(PipelineOptions options) {
    return false;
  }

  /**
   * Asks the cluster whether it can take a job, before anything is built or removed.
   *
   * @param options of the run
   * @throws UsageException if it does not answer, or is of a version that this is not made for
   */
  default void requireCluster(PipelineOptions options) throws UsageException {}

  /**
   * Hands a pipeline to the cluster and does not wait for its end.
   *
   * @param submission what is handed over
   * @return what the cluster calls it
   * @throws UsageException if the cluster does not take it
   * @throws IOException if the cluster cannot be asked, or a file not read or written
   */
  default SubmittedJob submit(Submission submission) throws UsageException, IOException {
    throw new UsageException("The runner " + name() + " has no cluster to submit to");
  }

  /**
   * Asks the cluster what became of a job that {@link #submit} has handed over.
   *
   * @param options with the cluster among them
   * @param job as the cluster calls it
   * @return what the cluster says of it
   * @throws IOException if the cluster cannot be asked
   */
  default JobAccount account(PipelineOptions options, String job) throws IOException {
    throw new UnsupportedOperationException(name() + " has no cluster");
  }
}
