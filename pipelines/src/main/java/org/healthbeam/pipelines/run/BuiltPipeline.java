package org.healthbeam.pipelines.run;

import java.io.IOException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.outcome.Ledger;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.runner.Engine;
import org.healthbeam.transforms.runner.UnsupportedByRunnerException;

/** A pipeline with all that it writes, and how the account of its run is made. */
final class BuiltPipeline {
  private final Pipeline pipeline;
  private final Rejects rejects;
  private final ToldCounts told;

  private BuiltPipeline(Pipeline pipeline, Rejects rejects, ToldCounts told) {
    this.pipeline = pipeline;
    this.rejects = rejects;
    this.told = told;
  }

  /** Returns where the pipeline's stages are to declare themselves; reads the secret key. */
  static Rejects rejects(RunPlan<?> plan, HealthOptions options) throws UsageException {
    Rejects rejects = Rejects.with(PseudonymKey.read(options.getPseudonymKeyFile()));
    // Spark adds up the counters of work that it repeats; a stream has no end at which to tell.
    return Engine.of(options) == Engine.SPARK && !plan.isStreaming()
        ? rejects.tellingCounts()
        : rejects;
  }

  /**
   * Builds it and forgets it, before anything of an earlier run is removed.
   *
   * @throws UsageException if the runner lacks what a transform needs
   */
  static <O extends HealthOptions> void rehearse(RunPlan<O> plan, O options) throws UsageException {
    try {
      of(plan, options, rejects(plan, options));
    } catch (UnsupportedByRunnerException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  static <O extends HealthOptions> BuiltPipeline of(RunPlan<O> plan, O options, Rejects rejects) {
    Pipeline built = Pipeline.create(options);
    plan.pipeline().build(built, options, rejects);
    PCollection<Rejected> rejected = rejects.all(built);
    rejected.apply("Write rejects", new WriteRejected(options.getOutput()));
    plan.pipeline().writeRejects(rejected, options);
    ToldCounts told = new ToldCounts(options.getOutput());
    if (rejects.tellsCounts()) {
      rejects.counts(rejected).apply("Write counts", told.write());
    }
    return new BuiltPipeline(built, rejects, told);
  }

  Pipeline pipeline() {
    return pipeline;
  }

  Rejects rejects() {
    return rejects;
  }

  /**
   * Returns the account of a run.
   *
   * @param ended whether it came to its end, where stages have told what they counted
   */
  Ledger ledger(MetricResults metrics, boolean ended) throws IOException {
    return ended && rejects.tellsCounts()
        ? rejects.ledger(metrics, told.read())
        : rejects.ledger(metrics);
  }
}
