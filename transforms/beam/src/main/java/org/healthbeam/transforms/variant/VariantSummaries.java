package org.healthbeam.transforms.variant;

import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.variant.CohortTotals;
import org.healthbeam.core.variant.PopulationSummary;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.SiteTotals;
import org.healthbeam.core.variant.VariantSummary;
import org.healthbeam.core.variant.reference.ContigNames;

/** What {@link Variants#summarize} gives: every axis of one pass over the records. */
public final class VariantSummaries implements POutput {
  private final Pipeline pipeline;
  private final PCollection<VariantSummary> variants;
  private final PCollection<CohortTotals> cohort;
  private final PCollection<KV<Region, SiteTotals>> regions;
  private final PCollection<PopulationSummary> populations;

  private VariantSummaries(
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

  /**
   * Returns what parts of a cohort come to, merged window by window.
   *
   * @param variants summaries that are whole
   * @param cohort any number of parts of the cohort
   * @param regions any number of parts of each region
   * @param populations summaries that are whole
   * @param contigs which names of regions' sequences mean the same
   */
  public static VariantSummaries ofParts(
      PCollection<VariantSummary> variants,
      PCollection<CohortTotals> cohort,
      PCollection<KV<Region, SiteTotals>> regions,
      PCollection<PopulationSummary> populations,
      ContigNames contigs) {
    PCollection<CohortTotals> whole = cohort(cohort.setCoder(CohortTotalsCoder.of()));
    return new VariantSummaries(
        variants,
        whole,
        regions(regions).apply("Name sequences", new NameContigs(contigs, whole)),
        populations);
  }

  /**
   * In the global window of a bounded input there is a cohort even of no file. Combine's own
   * default would need Java serialization.
   */
  private static PCollection<CohortTotals> cohort(PCollection<CohortTotals> parts) {
    PCollection<CohortTotals> all = parts;
    if (parts.getWindowingStrategy().getWindowFn() instanceof GlobalWindows
        && parts.isBounded() == PCollection.IsBounded.BOUNDED) {
      PCollection<CohortTotals> none =
          parts
              .getPipeline()
              .apply(
                  "Empty cohort", Create.of(new CohortTotals()).withCoder(CohortTotalsCoder.of()));
      all =
          PCollectionList.of(parts)
              .and(none)
              .apply("With empty cohort", Flatten.pCollections())
              .setCoder(CohortTotalsCoder.of());
    }
    return all.apply("Merge cohort", Combine.globally(new MergeCohort()).withoutDefaults())
        .setCoder(CohortTotalsCoder.of());
  }

  private static PCollection<KV<Region, SiteTotals>> regions(
      PCollection<KV<Region, SiteTotals>> parts) {
    KvCoder<Region, SiteTotals> coder = KvCoder.of(RegionCoder.of(), SiteTotalsCoder.of());
    return parts
        .setCoder(coder)
        .apply("Merge regions", Combine.perKey(new MergeSites()))
        .setCoder(coder);
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
