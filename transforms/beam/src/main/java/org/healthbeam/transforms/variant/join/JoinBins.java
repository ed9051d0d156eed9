package org.healthbeam.transforms.variant.join;

import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.variant.CohortTotals;
import org.healthbeam.core.variant.JoinedTotals;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.Regions;
import org.healthbeam.core.variant.SiteTotals;
import org.healthbeam.core.variant.Totals;
import org.healthbeam.core.variant.VariantSummary;
import org.healthbeam.core.variant.join.AbsentGenotype;
import org.healthbeam.core.variant.join.BinJoin;
import org.healthbeam.core.variant.join.GenomeBin;
import org.healthbeam.core.variant.join.Roster;
import org.healthbeam.core.variant.join.SampleCalls;
import org.healthbeam.core.variant.reference.ContigNames;

/**
 * Joins the calls of each bin; emits a summary for each alternate at once, and at the end of the
 * bundle what it has counted. An empty bin begins the cohort even where no record is.
 */
final class JoinBins extends DoFn<KV<GenomeBin, Iterable<SampleCalls>>, VariantSummary> {
  private static final long serialVersionUID = 1L;

  static final TupleTag<VariantSummary> VARIANTS =
      new TupleTag<VariantSummary>("variants") {
        private static final long serialVersionUID = 1L;
      };
  static final TupleTag<CohortTotals> COHORT =
      new TupleTag<CohortTotals>("cohort") {
        private static final long serialVersionUID = 1L;
      };
  static final TupleTag<KV<Region, SiteTotals>> REGIONS =
      new TupleTag<KV<Region, SiteTotals>>("regions") {
        private static final long serialVersionUID = 1L;
      };

  /** A bundle with more regions than this gives them away in between. */
  private static final int MAX_REGIONS = 20_000;

  private final int width;
  private final AbsentGenotype absent;
  private final ContigNames contigs;
  private final long windowWidth;
  @Nullable private final PCollectionView<List<Region>> regionView;
  private final PCollectionView<List<String>> sampleView;
  private final PCollectionView<Map<String, String>> nameView;

  @Nullable private transient Roster roster;
  @Nullable private transient List<String> samples;
  @Nullable private transient BinJoin join;
  @Nullable private transient List<Region> regionList;
  @Nullable private transient JoinedTotals totals;

  JoinBins(
      int width,
      AbsentGenotype absent,
      ContigNames contigs,
      long windowWidth,
      @Nullable PCollectionView<List<Region>> regionView,
      PCollectionView<List<String>> sampleView,
      PCollectionView<Map<String, String>> nameView) {
    this.width = width;
    this.absent = absent;
    this.contigs = contigs;
    this.windowWidth = windowWidth;
    this.regionView = regionView;
    this.sampleView = sampleView;
    this.nameView = nameView;
  }

  @StartBundle
  public void startBundle() {
    totals = null;
  }

  @ProcessElement
  public void process(ProcessContext context, MultiOutputReceiver out) {
    List<String> names = context.sideInput(sampleView);
    if (roster == null || !names.equals(samples)) {
      samples = names;
      roster = new Roster(names);
    }
    if (totals == null) {
      totals = new JoinedTotals(new Totals(), roster.names());
      totals
          .totals()
          .giveRegionsAway(
              MAX_REGIONS, (region, sites) -> out.get(REGIONS).output(KV.of(region, sites)));
    }
    KV<GenomeBin, Iterable<SampleCalls>> bin = context.element();
    OutputReceiver<VariantSummary> rows = out.get(VARIANTS);
    GenomeBin keyed = bin.getKey();
    String name = context.sideInput(nameView).getOrDefault(keyed.contig(), keyed.contig());
    join(context)
        .join(new GenomeBin(name, keyed.index()), bin.getValue(), roster, totals, rows::output);
  }

  private BinJoin join(ProcessContext context) {
    List<Region> regions = regionView == null ? List.of() : context.sideInput(regionView);
    if (join == null || !regions.equals(regionList)) {
      regionList = regions;
      Regions among =
          regionView != null
              ? Regions.of(regions, contigs)
              : windowWidth > 0 ? Regions.windows(windowWidth) : Regions.none();
      join = new BinJoin(width, absent, among);
    }
    return join;
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    if (totals == null) {
      return;
    }
    GlobalWindow window = GlobalWindow.INSTANCE;
    Totals all = totals.totals();
    context.output(COHORT, all.cohort(), window.maxTimestamp(), window);
    all.regions()
        .forEach(
            (region, sites) ->
                context.output(REGIONS, KV.of(region, sites), window.maxTimestamp(), window));
    totals = null;
  }
}
