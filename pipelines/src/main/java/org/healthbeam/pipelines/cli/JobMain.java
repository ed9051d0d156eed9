package org.healthbeam.pipelines.cli;

import java.util.Arrays;
import org.healthbeam.pipelines.run.HealthPipeline;
import org.healthbeam.pipelines.run.HealthPipelines;
import org.healthbeam.pipelines.run.PipelineRun;
import org.healthbeam.pipelines.run.Terminal;

/**
 * The main class of the job jars: {@code PIPELINE [OPTIONS]}, in a process that an engine has
 * started. It returns when all is done, and throws otherwise, by which engines tell a job that
 * failed; it never ends the process.
 */
public final class JobMain {

  /** What went wrong stands on standard error. */
  public static final class JobFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JobFailedException(String message) {
      super(message);
    }
  }

  private JobMain() {}

  /**
   * Runs one pipeline in a process of an engine.
   *
   * @param args the pipeline's name, then its options
   * @throws JobFailedException if it cannot be run, or has failed
   */
  public static void main(String[] args) {
    if (args.length == 0) {
      throw new JobFailedException("The first argument is the name of a pipeline");
    }
    HealthPipeline<?> pipeline =
        HealthPipelines.byName(args[0])
            .orElseThrow(() -> new JobFailedException(HealthBeam.unknownPipeline(args[0])));
    int status =
        PipelineRun.run(
            pipeline, args[0], Terminal.ofProcess(), Arrays.copyOfRange(args, 1, args.length));
    if (status != PipelineRun.DONE) {
      throw new JobFailedException(args[0] + " ended with status " + status);
    }
  }
}
