package org.healthbeam.pipelines.run;

import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;

/** A pipeline, checked, that is to be handed to a cluster: as a pipeline or as a command line. */
public interface Submission {

  /** {@return the checked options} */
  PipelineOptions options();

  /**
   * Builds the pipeline here. From then on the output folder is that of the job, which cannot write
   * its own account: {@link ClusterRun#finish} does, when it has ended.
   *
   * @return the pipeline, ready to be run
   * @throws UsageException if the options do not let it be built
   * @throws IOException if a file that is needed for it cannot be read
   */
  Pipeline build() throws UsageException, IOException;

  /**
   * Builds the pipeline and forgets it: what cannot be built is refused here, not where it would
   * run.
   *
   * @throws UsageException if the options do not let it be built
   * @throws IOException if a file that is needed for it cannot be read
   */
  void rehearse() throws UsageException, IOException;

  /**
   * {@return the command line that runs the pipeline in a process of its own: its name, then every
   * option that is not at its default, whatever layer it comes from}
   */
  List<String> arguments();
}
