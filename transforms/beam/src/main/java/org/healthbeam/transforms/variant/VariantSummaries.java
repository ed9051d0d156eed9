package org.healthbeam.transforms.variant;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.annotation.Nullable;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
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
import org.healthbeam.core.variant.compat.CompatTotals;
import org.healthbeam.core.variant.compat.SiteCounts;
import org.healthbeam.core.variant.reference.ContigNames;
import org.healthbeam.core.variant.vcf.FileRemarks;
import org.healthbeam.transforms.runner.NonEmptyPanes;

/** What {@link Variants#summarize} gives: every axis of one pass over the records. */
public final class VariantSummaries implements POutput {
  /**
   * How many merge the parts of a cohort before one merges what they have. The direct runner copies
   * all parts that wait for the same merge whenever another comes.
   */
  private static final int MERGES = 8;

  private static final KvCoder<String, FileRemarks> REMARKS =
      KvCoder.of(StringUtf8Coder.of(), FileRemarksCoder.of());

  private final Pipeline pipeline;
  private final PCollection<VariantSummary> variants;
  private final PCollection<CohortTotals> cohort;
  private final PCollection<KV<Region, SiteTotals>> regions;
  private final PCollection<PopulationSummary> populations;
  private final PCollection<KV<String, FileRemarks>> remarks;
  @Nullable private final PCollection<CompatTotals> compat;
  @Nullable private final PCollection<SiteCounts> sites;
  private final List<PCollection<String>> writtenVariants;
  private final List<PCollection<String>> writtenPopulations;

  private VariantSummaries(
      PCollection<VariantSummary> variants,
      PCollection<CohortTotals> cohort,
      PCollection<KV<Region, SiteTotals>> regions,
      PCollection<PopulationSummary> populations,
      PCollection<KV<String, FileRemarks>> remarks,
      @Nullable PCollection<CompatTotals> compat,
      @Nullable PCollection<SiteCounts> sites,
      List<PCollection<String>> writtenVariants,
      List<PCollection<String>> writtenPopulations) {
    this.pipeline = variants.getPipeline();
    this.variants = variants;
    this.cohort = cohort;
    this.regions = regions;
    this.populations = populations;
    this.remarks = remarks;
    this.compat = compat;
    this.sites = sites;
    this.writtenVariants = writtenVariants;
    this.writtenPopulations = writtenPopulations;
  }

  /** {@return these, and what the sinks tell of the summaries that they wrote} */
  VariantSummaries withWritten(
      List<PCollection<String>> ofVariants, List<PCollection<String>> ofPopulations) {
    return new VariantSummaries(
        variants,
        cohort,
        regions,
        populations,
        remarks,
        compat,
        sites,
        List.copyOf(ofVariants),
        List.copyOf(ofPopulations));
  }

  /** {@return these, and what other tools count of them: any number of parts, and records} */
  VariantSummaries withCompat(PCollection<CompatTotals> parts, PCollection<SiteCounts> records) {
    return new VariantSummaries(
        variants,
        cohort,
        regions,
        populations,
        remarks,
        NonEmptyPanes.of("views", parts.setCoder(CompatTotalsCoder.of()))
            .apply("Merge views", Combine.globally(new MergeCompat()).withoutDefaults())
            .setCoder(CompatTotalsCoder.of()),
        records.setCoder(SiteCountsCoder.of()),
        writtenVariants,
        writtenPopulations);
  }

  /**
   * {@return what parts of a cohort come to, merged window by window}
   *
   * @param variants summaries that are whole
   * @param cohort any number of parts of the cohort
   * @param regions any number of parts of each region
   * @param populations summaries that are whole
   * @param remarks any number of parts of each file
   * @param contigs by whose keys the regions call their sequences; null where they call them as the
   *     records do
   */
  public static VariantSummaries ofParts(
      PCollection<VariantSummary> variants,
      PCollection<CohortTotals> cohort,
      PCollection<KV<Region, SiteTotals>> regions,
      PCollection<PopulationSummary> populations,
      PCollection<KV<String, FileRemarks>> remarks,
      @Nullable ContigNames contigs) {
    PCollection<CohortTotals> whole = cohort(cohort.setCoder(CohortTotalsCoder.of()));
    return new VariantSummaries(
        variants,
        whole,
        regions
            .setCoder(MergeRegions.REGION)
            .apply("Merge regions", new MergeRegions())
            .apply("Name sequences", new NameContigs(contigs, whole)),
        populations,
        remarks(remarks),
        null,
        null,
        List.of(),
        List.of());
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
    return NonEmptyPanes.of("the cohort", all)
        .apply(
            "Merge cohort",
            Combine.globally(new MergeCohort()).withoutDefaults().withFanout(MERGES))
        .setCoder(CohortTotalsCoder.of());
  }

  /**
   * {@return no remarks, for those who do not make any}
   *
   * @param pipeline in which the collection is
   */
  public static PCollection<KV<String, FileRemarks>> noRemarks(Pipeline pipeline) {
    return pipeline.apply("No remarks", Create.empty(REMARKS));
  }

  private static PCollection<KV<String, FileRemarks>> remarks(
      PCollection<KV<String, FileRemarks>> parts) {
    return NonEmptyPanes.of("remarks", parts.setCoder(REMARKS))
        .apply("Merge remarks", Combine.perKey(new MergeRemarks()))
        .setCoder(REMARKS);
  }

  /** {@return what each sink of variants tells, in the order of {@link RowSinks#variants}} */
  public List<PCollection<String>> writtenVariants() {
    return writtenVariants;
  }

  /** {@return what each sink of populations tells, in the order of {@link RowSinks#populations}} */
  public List<PCollection<String>> writtenPopulations() {
    return writtenPopulations;
  }

  /**
   * {@return one summary for each alternate allele of each counted record; none where {@link
   * RowSinks} says that they are no elements}
   */
  public PCollection<VariantSummary> variants() {
    return variants;
  }

  /** {@return one element a window: the cohort, with its samples} */
  public PCollection<CohortTotals> cohort() {
    return cohort;
  }

  /** {@return one element for each region that has a record, or called bases of one} */
  public PCollection<KV<Region, SiteTotals>> regions() {
    return regions;
  }

  /**
   * {@return one summary for each alternate allele and each population that has samples; none
   * without {@link SummarizeVariants#withPopulations}}
   */
  public PCollection<PopulationSummary> populations() {
    return populations;
  }

  /** {@return one element for each file and window: what its rules are broken by at no cost} */
  public PCollection<KV<String, FileRemarks>> remarks() {
    return remarks;
  }

  /**
   * {@return one element a window with records: what other tools count, of all records and by
   * sample}
   *
   * @throws NullPointerException without {@link SummarizeVariants#withCompat}
   */
  public PCollection<CompatTotals> compat() {
    return Objects.requireNonNull(compat, "withCompat names no tool");
  }

  /**
   * {@return one element for each counted record, for the tables of other tools}
   *
   * @throws NullPointerException without {@link SummarizeVariants#withCompat}
   */
  public PCollection<SiteCounts> sites() {
    return Objects.requireNonNull(sites, "withCompat names no tool");
  }

  @Override
  public Pipeline getPipeline() {
    return pipeline;
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    Map<TupleTag<?>, PValue> outputs = new LinkedHashMap<>();
    outputs.put(ScanLines.VARIANTS, variants);
    outputs.put(ScanLines.COHORT, cohort);
    outputs.put(ScanLines.REGIONS, regions);
    outputs.put(ScanLines.POPULATIONS, populations);
    outputs.put(ScanLines.REMARKS, remarks);
    if (compat != null && sites != null) {
      outputs.put(ScanLines.COMPAT, compat);
      outputs.put(ScanLines.SITES, sites);
    }
    for (PCollection<String> told : writtenVariants) {
      outputs.put(new TupleTag<String>("written " + outputs.size()), told);
    }
    for (PCollection<String> told : writtenPopulations) {
      outputs.put(new TupleTag<String>("written " + outputs.size()), told);
    }
    return outputs;
  }

  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {}
}
