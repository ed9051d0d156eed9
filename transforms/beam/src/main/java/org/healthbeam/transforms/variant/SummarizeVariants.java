package org.healthbeam.transforms.variant;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTagList;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.core.variant.CohortTotals;
import org.healthbeam.core.variant.Filters;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.Regions;
import org.healthbeam.core.variant.SiteTotals;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;

/** What {@link Variants#summarize} describes. */
public final class SummarizeVariants extends PTransform<PCollection<VcfBlock>, VariantSummaries> {
  private static final long serialVersionUID = 1L;

  /** The stage's name in the ledger; its unit is lines after the header. */
  public static final String STAGE = "Scan variants";

  private final OnInvalid policy;
  private final Filters filters;
  private final long windowWidth;
  @Nullable private final PCollectionView<List<Region>> regions;
  @Nullable private final transient Rejects rejects;

  SummarizeVariants() {
    this(OnInvalid.SKIP, Filters.all(), 0, null, null);
  }

  private SummarizeVariants(
      OnInvalid policy,
      Filters filters,
      long windowWidth,
      @Nullable PCollectionView<List<Region>> regions,
      @Nullable Rejects rejects) {
    this.policy = policy;
    this.filters = filters;
    this.windowWidth = windowWidth;
    this.regions = regions;
    this.rejects = rejects;
  }

  /** Says what becomes of records that break a rule; without it they are rejected. */
  public SummarizeVariants onInvalid(OnInvalid policy) {
    return new SummarizeVariants(
        Objects.requireNonNull(policy, "policy"), filters, windowWidth, regions, rejects);
  }

  /** Says which records are counted; without it all are. */
  public SummarizeVariants withFilters(Filters filters) {
    return new SummarizeVariants(
        policy, Objects.requireNonNull(filters, "filters"), windowWidth, regions, rejects);
  }

  /**
   * Counts by windows side by side along each sequence.
   *
   * @param bases the width, from 1 to 2147483647
   */
  public SummarizeVariants withWindows(long bases) {
    Regions.windows(bases);
    return new SummarizeVariants(policy, filters, bases, null, rejects);
  }

  /**
   * Counts by these regions, which may overlap; a record belongs to those that contain its POS, and
   * the bases it spans to those in which they lie.
   */
  public SummarizeVariants withRegions(PCollectionView<List<Region>> regions) {
    return new SummarizeVariants(
        policy, filters, 0, Objects.requireNonNull(regions, "regions"), rejects);
  }

  /** Sends broken records there; without it the first one fails the pipeline. */
  public SummarizeVariants rejectedTo(Rejects rejects) {
    return new SummarizeVariants(policy, filters, windowWidth, regions, rejects);
  }

  @Override
  public VariantSummaries expand(PCollection<VcfBlock> blocks) {
    Outcomes outcomes = Outcomes.declare(rejects, STAGE, "lines", "");
    ParDo.MultiOutput<VcfBlock, org.healthbeam.core.variant.VariantSummary> scan =
        ParDo.of(new ScanBlocks(outcomes, policy, filters, windowWidth, regions))
            .withOutputTags(
                ScanBlocks.VARIANTS,
                TupleTagList.of(ScanBlocks.COHORT)
                    .and(ScanBlocks.REGIONS)
                    .and(Outcomes.REJECTED)
                    .and(LineRejects.UNNUMBERED)
                    .and(LineRejects.LINES));
    PCollectionTuple scanned =
        blocks.apply("Scan", regions == null ? scan : scan.withSideInputs(regions));
    Rejects.collect(rejects, scanned.get(Outcomes.REJECTED));
    Rejects.collect(rejects, numbered(scanned, outcomes));
    return new VariantSummaries(
        scanned.get(ScanBlocks.VARIANTS).setCoder(VariantSummaryCoder.of()),
        cohort(scanned.get(ScanBlocks.COHORT).setCoder(CohortTotalsCoder.of())),
        regions(scanned.get(ScanBlocks.REGIONS)));
  }

  /** Returns the rejects of files that are read in parts, with their lines' numbers. */
  private PCollection<Rejected> numbered(PCollectionTuple scanned, Outcomes outcomes) {
    PCollectionView<Map<String, Iterable<KV<Integer, Long>>>> lines =
        scanned
            .get(LineRejects.LINES)
            .setCoder(
                KvCoder.of(StringUtf8Coder.of(), KvCoder.of(VarIntCoder.of(), VarLongCoder.of())))
            .apply("Lines of parts", View.asMultimap());
    return scanned
        .get(LineRejects.UNNUMBERED)
        .setCoder(UnnumberedReject.RejectCoder.of())
        .apply(
            "Number rejects",
            ParDo.of(new NumberRejects(outcomes, policy, lines)).withSideInputs(lines));
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
}
