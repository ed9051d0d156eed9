package org.healthbeam.transforms.variant;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.CohortTotals;
import org.healthbeam.core.variant.PopulationSummary;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.SiteTotals;
import org.healthbeam.core.variant.Totals;
import org.healthbeam.core.variant.VariantScan;
import org.healthbeam.core.variant.VariantSummary;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.core.variant.compat.Compat;
import org.healthbeam.core.variant.compat.CompatTotals;
import org.healthbeam.core.variant.compat.SiteCounts;
import org.healthbeam.core.variant.vcf.FileRemarks;
import org.healthbeam.transforms.variant.lines.LineReading;

/**
 * Reads and scans lines; emits a summary for each alternate at once, and at the end of the bundle
 * what it has counted, window by window.
 */
final class ScanLines<P> extends DoFn<P, VariantSummary> {
  private static final long serialVersionUID = 1L;

  static final TupleTag<VariantSummary> VARIANTS =
      new TupleTag<VariantSummary>("variants") {
        private static final long serialVersionUID = 1L;
      };
  static final TupleTag<CohortTotals> COHORT =
      new TupleTag<CohortTotals>("cohort") {
        private static final long serialVersionUID = 1L;
      };
  static final TupleTag<PopulationSummary> POPULATIONS =
      new TupleTag<PopulationSummary>("populations") {
        private static final long serialVersionUID = 1L;
      };
  static final TupleTag<KV<Region, SiteTotals>> REGIONS =
      new TupleTag<KV<Region, SiteTotals>>("regions") {
        private static final long serialVersionUID = 1L;
      };

  static final TupleTag<CompatTotals> COMPAT =
      new TupleTag<CompatTotals>("compat") {
        private static final long serialVersionUID = 1L;
      };
  static final TupleTag<SiteCounts> SITES =
      new TupleTag<SiteCounts>("sites") {
        private static final long serialVersionUID = 1L;
      };

  /** By file. */
  static final TupleTag<KV<String, FileRemarks>> REMARKS =
      new TupleTag<KV<String, FileRemarks>>("remarks") {
        private static final long serialVersionUID = 1L;
      };

  /** A bundle with more regions than this gives them away in between. */
  private static final int MAX_REGIONS = 20_000;

  private final LineReading<P, ?> reading;
  private final ScanSettings settings;
  @Nullable private final PCollectionView<List<Region>> regionView;

  @Nullable private transient VariantScan scan;
  @Nullable private transient List<Region> regionList;
  @Nullable private transient BoundedWindow regionWindow;
  private final Set<Compat> compat;
  private final RowSinks sinks;
  private transient Map<BoundedWindow, Part> totals;
  @Nullable private transient ScannedRows written;

  /** What a bundle's records of one window come to. */
  private static final class Part {
    private final CompatTotals views;
    private final Totals totals;
    private final Map<String, FileRemarks> remarks = new LinkedHashMap<>();

    Part(Set<Compat> compat) {
      views = new CompatTotals(compat);
      totals = compat.isEmpty() ? new Totals() : new Totals(List.of(views));
    }
  }

  ScanLines(
      LineReading<P, ?> reading,
      ScanSettings settings,
      @Nullable PCollectionView<List<Region>> regionView,
      Set<Compat> compat,
      RowSinks sinks) {
    this.reading = reading;
    this.settings = settings;
    this.regionView = regionView;
    this.compat = compat;
    this.sinks = sinks;
  }

  @StartBundle
  public void startBundle() throws IOException {
    closeRows();
    written = new ScannedRows(sinks);
    totals = new LinkedHashMap<>();
    regionWindow = null;
  }

  @ProcessElement
  public void process(ProcessContext context, BoundedWindow window, MultiOutputReceiver out)
      throws IOException {
    reading.read(context, out, new InWindow(scanner(context, window), window, out));
  }

  /** Counts lines of one window. */
  private final class InWindow implements LineReading.Scanner {
    private final VariantScan scanner;
    private final BoundedWindow window;
    private final MultiOutputReceiver out;
    private final Rows rows;
    private Part here;

    InWindow(VariantScan scanner, BoundedWindow window, MultiOutputReceiver out) {
      this.scanner = scanner;
      this.window = window;
      this.out = out;
      this.rows =
          new Rows(
              written,
              sinks.variantElements() ? out.get(VARIANTS) : null,
              sinks.populations().isEmpty() ? out.get(POPULATIONS) : null);
      this.here = totals.computeIfAbsent(window, w -> new Part(compat));
    }

    @Override
    public void begin(VcfBlock block) {
      if (!here.totals.expect(block.header(), block.source())) {
        emit(
            here,
            cohort -> out.get(COHORT).output(cohort),
            region -> out.get(REGIONS).output(region),
            views -> out.get(COMPAT).output(views),
            file -> out.get(REMARKS).output(file));
        here = new Part(compat);
        here.totals.expect(block.header(), block.source());
        totals.put(window, here);
      }
      here.totals.giveRegionsAway(
          MAX_REGIONS, (region, sites) -> out.get(REGIONS).output(KV.of(region, sites)));
      here.views.sitesTo(site -> out.get(SITES).output(site));
      scanner.begin(here.remarks.computeIfAbsent(block.source(), file -> new FileRemarks()), block);
    }

    @Override
    public VariantScan.Outcome line(VcfBlock block, int from, int to) throws RejectedException {
      return scanner.scan(block.bytes(), from, to, block.header(), here.totals, rows);
    }

    @Override
    public int column() {
      return scanner.column();
    }
  }

  /** Looks at the regions once for each bundle and window, since there may be many. */
  private VariantScan scanner(ProcessContext context, BoundedWindow window) throws IOException {
    if (scan != null && (regionView == null || window.equals(regionWindow))) {
      return scan;
    }
    List<Region> regions = regionView == null ? null : context.sideInput(regionView);
    if (scan == null || !Objects.equals(regions, regionList)) {
      scan = settings.scan(regions);
    }
    regionList = regions;
    regionWindow = window;
    return scan;
  }

  /** Writes or emits what is told of each alternate. */
  private record Rows(
      ScannedRows written,
      @Nullable OutputReceiver<VariantSummary> variants,
      @Nullable OutputReceiver<PopulationSummary> populations)
      implements VariantScan.Rows {
    @Override
    public void variant(VariantSummary row) {
      written.variant(row);
      if (variants != null) {
        variants.output(row);
      }
    }

    @Override
    public void population(PopulationSummary row) {
      written.population(row);
      if (populations != null) {
        populations.output(row);
      }
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) throws IOException {
    written.finish(
        (tag, name) ->
            context.output(tag, name, GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE));
    totals.forEach(
        (window, here) ->
            emit(
                here,
                cohort -> context.output(COHORT, cohort, window.maxTimestamp(), window),
                region -> context.output(REGIONS, region, window.maxTimestamp(), window),
                views -> context.output(COMPAT, views, window.maxTimestamp(), window),
                file -> context.output(REMARKS, file, window.maxTimestamp(), window)));
    totals = new LinkedHashMap<>();
  }

  private void emit(
      Part part,
      Consumer<CohortTotals> cohort,
      Consumer<KV<Region, SiteTotals>> regions,
      Consumer<CompatTotals> views,
      Consumer<KV<String, FileRemarks>> remarks) {
    cohort.accept(part.totals.cohort());
    part.totals.regions().forEach((region, sites) -> regions.accept(KV.of(region, sites)));
    if (!compat.isEmpty()) {
      views.accept(part.views);
    }
    part.remarks.forEach((file, of) -> remarks.accept(KV.of(file, of)));
  }

  /** After a bundle that failed, its files are still open. */
  @Teardown
  public void teardown() throws IOException {
    reading.close();
    closeRows();
  }

  private void closeRows() throws IOException {
    if (written != null) {
      written.close();
      written = null;
    }
  }
}
