package org.healthbeam.pipelines.summarizevariants;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.SiteCounter;
import org.healthbeam.core.variant.SiteTotals;
import org.healthbeam.io.table.Cells;
import org.healthbeam.io.table.Columns;
import org.healthbeam.io.table.TsvLine;

/** The rows of {@code regions.tsv}: the region, every {@link SiteCounter}, and their ratios. */
final class RegionTable extends DoFn<KV<Region, SiteTotals>, String> {
  private static final long serialVersionUID = 1L;

  private final boolean known;

  RegionTable(boolean known) {
    this.known = known;
  }

  private static Stream<SiteCounter> counters() {
    return Stream.of(SiteCounter.values()).filter(counter -> !counter.isOfKnown());
  }

  /** Returns the columns. */
  static Columns columns(boolean known) {
    return KnownColumns.after(
        Columns.none()
            .text("contig")
            .whole("start,end")
            .text("name")
            .whole(counters().map(SiteCounter::label).collect(Collectors.joining(",")))
            .number("ti_tv,het_hom,ins_del,call_rate"),
        known);
  }

  @ProcessElement
  public void process(@Element KV<Region, SiteTotals> element, OutputReceiver<String> receiver) {
    TsvLine line = new TsvLine();
    row(line, element, known);
    receiver.output(line.toString());
  }

  /** Adds the cells of a row. */
  static void row(Cells row, KV<Region, SiteTotals> element, boolean known) {
    row(row, element.getKey(), element.getValue(), known);
  }

  /** Adds the cells of a row. */
  static void row(Cells row, Region region, SiteTotals sites, boolean known) {
    row.add(region.contig()).add(region.start()).add(region.end()).add(region.name());
    counters().forEach(counter -> row.add(sites.get(counter)));
    row.add(sites.tiTv()).add(sites.hetHom()).add(sites.insDel()).add(sites.callRate());
    if (known) {
      KnownColumns.add(row, sites);
    }
  }
}
