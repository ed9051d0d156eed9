package org.healthbeam.transforms.code;

import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.WindowingStrategy.AccumulationMode;
import org.healthbeam.transforms.runner.NonEmptyPanes;
import org.healthbeam.transforms.runner.RunnerNeed;
import org.healthbeam.transforms.runner.RunnerSupport;

/**
 * Adds counted codes up by source system and outcome: the same as {@link CountCoverage} over their
 * translations, for pipelines that count the codes anyway.
 *
 * <p>Input: counts, bounded or windowed. Output: one {@link Coverage} for each system and outcome
 * that occurs, per window. Windows that accumulate fired panes are refused, since a count would be
 * summed with itself.
 *
 * <pre>{@code
 * PCollection<CodeCount> codes = placedTranslations.apply("Count codes", Codes.count());
 * PCollection<Coverage> coverage = codes.apply("Sum coverage", Codes.coverageOfCounts());
 * }</pre>
 */
public final class SumCoverage extends PTransform<PCollection<CodeCount>, PCollection<Coverage>> {
  private static final long serialVersionUID = 1L;

  SumCoverage() {}

  @Override
  public PCollection<Coverage> expand(PCollection<CodeCount> counts) {
    if (counts.getWindowingStrategy().getMode() == AccumulationMode.ACCUMULATING_FIRED_PANES) {
      throw new IllegalArgumentException(
          "Panes that repeat what earlier ones counted cannot be summed: let the window discard"
              + " fired panes, or use Codes.coverage() on the translations");
    }
    // Counts of a stream are what a grouping gave.
    RunnerSupport.of(counts)
        .require(
            "Counts of codes cannot be summed by outcome",
            "Count the translations with Codes.coverage(), or run on Flink.",
            RunnerNeed.CHAINED_GROUPING);
    return NonEmptyPanes.of("counts", counts)
        .apply("System and outcome", MapElements.via(new SystemAndOutcome()))
        .setCoder(
            KvCoder.of(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()), VarLongCoder.of()))
        .apply("Sum", Sum.longsPerKey())
        .apply("Coverage", MapElements.via(new CountCoverage.ToCoverage()))
        .setCoder(CoverageCoder.of());
  }

  private static final class SystemAndOutcome
      extends SimpleFunction<CodeCount, KV<KV<String, String>, Long>> {
    private static final long serialVersionUID = 1L;

    @Override
    public KV<KV<String, String>, Long> apply(CodeCount count) {
      return KV.of(
          KV.of(count.translation().system(), count.translation().outcome().code()), count.n());
    }
  }
}
