package org.healthbeam.pipelines.run;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.transforms.outcome.Rejects;

/**
 * A pipeline that the command line can run. Found by {@code ServiceLoader}.
 *
 * @param <O> its options; annotated with {@code @PipelineTemplate}
 */
public interface HealthPipeline<O extends HealthOptions> {

  /** {@return the interface of its options} */
  Class<O> optionsClass();

  /**
   * {@return its templates: interfaces that extend that of its options and say in which mode, with
   * which of the options, people launch it}
   */
  default List<Class<? extends O>> templates() {
    return List.of();
  }

  /**
   * Checks the options before anything is built.
   *
   * @param options all that the run has
   * @throws UsageException with the option, its value and what it may be
   */
  void check(O options) throws UsageException;

  /**
   * {@return how long a stream that is told to stop may take to tell what it has read}
   *
   * @param options that {@link #check} has passed
   * @throws UsageException if the options do not say it well
   */
  default Duration stopTimeout(O options) throws UsageException {
    return Duration.ofMinutes(1);
  }

  /**
   * {@return whether a run with these options looks for files that come while it runs: then none of
   * its input need be there when it begins}
   *
   * @param options that {@link #check} has passed
   */
  default boolean awaitsFiles(O options) {
    return false;
  }

  /**
   * {@return whether a stream of files with these options ends by itself}
   *
   * @param options that {@link #check} has passed
   */
  default boolean ends(O options) {
    return true;
  }

  /**
   * {@return the names of all that {@link #build} writes below the output folder: files, such as
   * {@code scores.tsv}, and folders of {@code WriteLines}, which end in a slash} A run replaces an
   * earlier run's files of these names and touches no others.
   */
  Set<String> outputs();

  /**
   * Puts the results of a stream that has ended into their final form; of a batch they are in it.
   *
   * @param options those of the run
   * @throws IOException if a file system fails
   */
  default void finish(O options) throws IOException {}

  /**
   * Writes rejects to where the options say, beside {@code rejected/}, which every run writes.
   *
   * @param rejected all of them, in the global window
   * @param options those of the run
   */
  default void writeRejects(PCollection<Rejected> rejected, O options) {}

  /**
   * Builds the whole pipeline, outputs included, but for {@code rejected/}, {@code run.json} and
   * {@code report.html}, which every run writes alike.
   *
   * @param pipeline to which all steps are applied
   * @param options that {@link #check} has passed
   * @param rejects where every stage declares itself and puts its rejects
   */
  void build(Pipeline pipeline, O options, Rejects rejects);
}
