package org.healthbeam.transforms.variant;

import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.variant.CohortTotals;
import org.healthbeam.core.variant.PopulationSummary;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.SiteTotals;
import org.healthbeam.core.variant.VariantSummary;

/** What {@link Variants#summarize} gives: every axis of one pass over the records. */
public final class VariantSummaries implements POutput {
  private final Pipeline pipeline;
  private final PCollection<VariantSummary> variants;
  private final PCollection<CohortTotals> cohort;
  private final PCollection<KV<Region, SiteTotals>> regions;
  private final PCollection<PopulationSummary> populations;

  VariantSummaries(
      PCollection<VariantSummary> variants,
      PCollection<CohortTotals> cohort,
      PCollection<KV<Region, SiteTotals>> regions,
      PCollection<PopulationSummary> populations) {
    this.pipeline = variants.getPipeline();
    this.variants = variants;
    this.cohort = cohort;
    this.regions = regions;
    this.populations = populations;
  }

  /** Returns one summary for each alternate allele of each counted record. */
  public PCollection<VariantSummary> variants() {
    return variants;
  }

  /** Returns one element a window: the cohort, with its samples. */
  public PCollection<CohortTotals> cohort() {
    return cohort;
  }

  /** Returns one element for each region that has a record, or called bases of one. */
  public PCollection<KV<Region, SiteTotals>> regions() {
    return regions;
  }

  /**
   * Returns one summary for each alternate allele and each population that has samples; none
   * without {@link SummarizeVariants#withPopulations}.
   */
  public PCollection<PopulationSummary> populations() {
    return populations;
  }

  @Override
  public Pipeline getPipeline() {
    return pipeline;
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    return Map.of(
        ScanBlocks.VARIANTS,
        variants,
        ScanBlocks.COHORT,
        cohort,
        ScanBlocks.REGIONS,
        regions,
        ScanBlocks.POPULATIONS,
        populations);
  }

  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {}
}
