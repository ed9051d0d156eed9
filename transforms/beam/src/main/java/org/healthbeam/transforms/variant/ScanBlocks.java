package org.healthbeam.transforms.variant;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.CohortTotals;
import org.healthbeam.core.variant.Filters;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.Regions;
import org.healthbeam.core.variant.SiteTotals;
import org.healthbeam.core.variant.Totals;
import org.healthbeam.core.variant.VariantScan;
import org.healthbeam.core.variant.VariantSummary;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.transforms.outcome.Outcomes;

/**
 * Scans blocks of lines; emits a summary for each alternate at once, and at the end of the bundle
 * what it has counted, window by window.
 */
final class ScanBlocks extends DoFn<VcfBlock, VariantSummary> {
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

  private final Outcomes outcomes;
  private final LineRejects rejects;
  private final OnInvalid policy;
  private final Filters filters;
  private final long windowWidth;
  @Nullable private final PCollectionView<List<Region>> regionView;

  @Nullable private transient VariantScan scan;
  @Nullable private transient List<Region> regionList;
  private transient Map<BoundedWindow, Totals> totals;

  ScanBlocks(
      Outcomes outcomes,
      OnInvalid policy,
      Filters filters,
      long windowWidth,
      @Nullable PCollectionView<List<Region>> regionView) {
    this.outcomes = outcomes;
    this.rejects = new LineRejects(outcomes, policy);
    this.policy = policy;
    this.filters = filters;
    this.windowWidth = windowWidth;
    this.regionView = regionView;
  }

  @StartBundle
  public void startBundle() {
    totals = new LinkedHashMap<>();
  }

  @ProcessElement
  public void process(ProcessContext context, BoundedWindow window, MultiOutputReceiver out) {
    VcfBlock block = context.element();
    VariantScan scanner = scanner(context);
    Totals here = totals.computeIfAbsent(window, w -> new Totals());
    if (!here.expect(block.header(), block.source())) {
      emit(
          here,
          cohort -> out.get(COHORT).output(cohort),
          region -> out.get(REGIONS).output(region));
      here = new Totals();
      here.expect(block.header(), block.source());
      totals.put(window, here);
    }
    here.giveRegionsAway(
        MAX_REGIONS, (region, sites) -> out.get(REGIONS).output(KV.of(region, sites)));
    scan(block, scanner, here, out);
    LineRejects.countLines(block, out);
  }

  private VariantScan scanner(ProcessContext context) {
    List<Region> regions = regionView == null ? List.of() : context.sideInput(regionView);
    if (scan == null || !regions.equals(regionList)) {
      regionList = regions;
      Regions among =
          regionView != null
              ? Regions.of(regions)
              : windowWidth > 0 ? Regions.windows(windowWidth) : Regions.none();
      scan = new VariantScan(policy, filters, among);
    }
    return scan;
  }

  private void scan(VcfBlock block, VariantScan scanner, Totals here, MultiOutputReceiver out) {
    byte[] bytes = block.bytes();
    OutputReceiver<VariantSummary> rows = out.get(VARIANTS);
    long[] counts = new long[VariantScan.Outcome.values().length];
    long lines = 0;
    int from = 0;
    while (from < bytes.length) {
      int to = from;
      while (to < bytes.length && bytes[to] != '\n') {
        to++;
      }
      try {
        VariantScan.Outcome outcome =
            scanner.scan(bytes, from, to, block.header(), here, rows::output);
        counts[outcome.index()]++;
      } catch (RejectedException why) {
        rejects.reject(block, block.firstLine() + lines, why, from, to, out);
      }
      lines++;
      from = to + 1;
    }
    outcomes.in(lines);
    for (VariantScan.Outcome outcome : VariantScan.Outcome.values()) {
      if (counts[outcome.index()] > 0) {
        outcomes.out(outcome.label(), counts[outcome.index()]);
      }
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    totals.forEach(
        (window, here) ->
            emit(
                here,
                cohort -> context.output(COHORT, cohort, window.maxTimestamp(), window),
                region -> context.output(REGIONS, region, window.maxTimestamp(), window)));
    totals = new LinkedHashMap<>();
  }

  private static void emit(
      Totals totals, Consumer<CohortTotals> cohort, Consumer<KV<Region, SiteTotals>> regions) {
    cohort.accept(totals.cohort());
    totals.regions().forEach((region, sites) -> regions.accept(KV.of(region, sites)));
  }
}
