package org.healthbeam.transforms.variant;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.healthbeam.core.variant.Filters;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.Regions;
import org.healthbeam.core.variant.VariantSummary;
import org.healthbeam.core.variant.compat.Compat;
import org.healthbeam.core.variant.reference.ContigNames;
import org.healthbeam.core.variant.reference.KnownSites;
import org.healthbeam.core.variant.reference.Populations;
import org.healthbeam.core.variant.reference.Reference;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.runner.RunnerNeed;
import org.healthbeam.transforms.runner.RunnerSupport;
import org.healthbeam.transforms.variant.lines.LineReading;
import org.healthbeam.transforms.variant.lines.LineRejects;
import org.healthbeam.transforms.variant.lines.VcfLines;

/** What {@link Variants#summarize} describes. */
public final class SummarizeVariants extends PTransform<VcfLines, VariantSummaries> {
  private static final long serialVersionUID = 1L;

  /** The stage's name in the ledger; its unit is lines after the header. */
  public static final String STAGE = "Scan variants";

  private final ScanSettings settings;
  @Nullable private final PCollectionView<List<Region>> regions;
  private final Set<Compat> compat;
  private final RowSinks sinks;
  @Nullable private final transient Rejects rejects;

  SummarizeVariants() {
    this(ScanSettings.defaults(), null, Set.of(), RowSinks.none(), null);
  }

  private SummarizeVariants(
      ScanSettings settings,
      @Nullable PCollectionView<List<Region>> regions,
      Set<Compat> compat,
      RowSinks sinks,
      @Nullable Rejects rejects) {
    this.settings = settings;
    this.regions = regions;
    this.compat = compat;
    this.sinks = sinks;
    this.rejects = rejects;
  }

  private SummarizeVariants with(ScanSettings next) {
    return new SummarizeVariants(next, regions, compat, sinks, rejects);
  }

  /**
   * {@return a copy that has this become of records that break a rule; without it they are
   * rejected}
   *
   * @param policy for such records
   */
  public SummarizeVariants onInvalid(OnInvalid policy) {
    return with(settings.onInvalid(policy));
  }

  /**
   * {@return a copy that says which records are counted; without it all are}
   *
   * @param filters by the FILTER column
   */
  public SummarizeVariants withFilters(Filters filters) {
    return with(settings.withFilters(filters));
  }

  /**
   * {@return a copy that counts by windows side by side along each sequence}
   *
   * @param bases the width, from 1 to 2147483647
   */
  public SummarizeVariants withWindows(long bases) {
    Regions.windows(bases);
    return new SummarizeVariants(settings.withWindows(bases), null, compat, sinks, rejects);
  }

  /**
   * {@return a copy that counts by these regions, which may overlap; a record belongs to those that
   * contain its POS, and the bases it spans to those in which they lie}
   *
   * @param regions 0-based and half open, as BED has them
   */
  public SummarizeVariants withRegions(PCollectionView<List<Region>> regions) {
    return new SummarizeVariants(
        settings.withWindows(0),
        Objects.requireNonNull(regions, "regions"),
        compat,
        sinks,
        rejects);
  }

  /**
   * {@return a copy that says which names mean the same sequence; without it the human chromosomes
   * are known}
   *
   * @param names of sequences
   */
  public SummarizeVariants withContigNames(ContigNames names) {
    return with(settings.withContigNames(names));
  }

  /**
   * {@return a copy that tells known alternates from novel ones by this list, which must be made
   * with the same names of sequences}
   *
   * @param known a list of alternates
   */
  public SummarizeVariants withKnown(Reference<KnownSites> known) {
    return with(settings.withKnown(Objects.requireNonNull(known, "known")));
  }

  /**
   * {@return a copy that counts by these populations too; without it there are none}
   *
   * @param populations each a group of samples
   */
  public SummarizeVariants withPopulations(Reference<Populations> populations) {
    return with(settings.withPopulations(Objects.requireNonNull(populations, "populations")));
  }

  /**
   * {@return a copy that counts what these tools count too, for {@link VariantSummaries#compat}}
   *
   * @param tools each of which counts in its own way
   */
  public SummarizeVariants withCompat(Set<Compat> tools) {
    return new SummarizeVariants(settings, regions, Set.copyOf(tools), sinks, rejects);
  }

  /**
   * {@return a copy that writes summaries where they are made; what the sinks tell is in {@link
   * VariantSummaries#writtenVariants} and {@link VariantSummaries#writtenPopulations}} Lines must
   * be in the global window then.
   *
   * @param sinks where the summaries are made
   */
  public SummarizeVariants writingTo(RowSinks sinks) {
    return new SummarizeVariants(
        settings, regions, compat, Objects.requireNonNull(sinks, "sinks"), rejects);
  }

  /**
   * {@return a copy that sends broken records there; without it the first one fails the pipeline}
   *
   * @param rejects take what is rejected
   */
  public SummarizeVariants rejectedTo(Rejects rejects) {
    return new SummarizeVariants(settings, regions, compat, sinks, rejects);
  }

  @Override
  public VariantSummaries expand(VcfLines lines) {
    if (lines.isBounded() == IsBounded.UNBOUNDED) {
      // The cohort is merged in two steps, and names the sequences of the regions.
      RunnerSupport.streaming(lines.getPipeline())
          .require(
              "Variants cannot be summarized as they come",
              "Read bounded input, or run on Flink.",
              RunnerNeed.CHAINED_GROUPING,
              RunnerNeed.CHANGING_SIDE_INPUT);
    }
    Outcomes outcomes = Outcomes.declare(rejects, STAGE, "lines", "");
    TupleTagList tags =
        TupleTagList.of(ScanLines.COHORT)
            .and(ScanLines.REGIONS)
            .and(ScanLines.POPULATIONS)
            .and(ScanLines.REMARKS);
    if (!compat.isEmpty()) {
      tags = tags.and(ScanLines.COMPAT).and(ScanLines.SITES);
    }
    if (!sinks.isNone() && !lines.isInGlobalWindow()) {
      throw new IllegalStateException("summaries are written by sinks in the global window only");
    }
    for (TupleTag<String> tag : ScannedRows.variantTags(sinks)) {
      tags = tags.and(tag);
    }
    for (TupleTag<String> tag : ScannedRows.populationTags(sinks)) {
      tags = tags.and(tag);
    }
    PCollectionView<?>[] views =
        regions == null ? new PCollectionView<?>[0] : new PCollectionView<?>[] {regions};
    PCollectionTuple scanned =
        lines.scan(
            "Scan", outcomes, settings.policy(), this::scan, ScanLines.VARIANTS, tags, views);
    LineRejects.collect(rejects, scanned, outcomes, settings.policy());
    VariantSummaries summaries =
        VariantSummaries.ofParts(
            scanned.get(ScanLines.VARIANTS).setCoder(VariantSummaryCoder.of()),
            scanned.get(ScanLines.COHORT),
            scanned.get(ScanLines.REGIONS),
            scanned.get(ScanLines.POPULATIONS).setCoder(PopulationSummaryCoder.of()),
            scanned.get(ScanLines.REMARKS),
            settings.contigs());
    summaries =
        summaries.withWritten(
            told(scanned, ScannedRows.variantTags(sinks)),
            told(scanned, ScannedRows.populationTags(sinks)));
    return compat.isEmpty()
        ? summaries
        : summaries.withCompat(scanned.get(ScanLines.COMPAT), scanned.get(ScanLines.SITES));
  }

  private static List<PCollection<String>> told(
      PCollectionTuple scanned, List<TupleTag<String>> tags) {
    return tags.stream().map(tag -> scanned.get(tag).setCoder(StringUtf8Coder.of())).toList();
  }

  private <P, R> DoFn<P, VariantSummary> scan(LineReading<P, R> reading) {
    return new ScanLines<>(reading, settings, regions, compat, sinks);
  }
}
