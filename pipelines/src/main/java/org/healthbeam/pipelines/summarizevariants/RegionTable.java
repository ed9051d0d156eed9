package org.healthbeam.pipelines.summarizevariants;

import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.SiteCounter;
import org.healthbeam.core.variant.SiteTotals;
import org.healthbeam.io.table.TsvLine;

/** The rows of {@code regions.tsv}: the region, every {@link SiteCounter}, and their ratios. */
final class RegionTable extends DoFn<KV<Region, SiteTotals>, String> {
  private static final long serialVersionUID = 1L;

  static final List<String> COLUMNS =
      Stream.of(
              Stream.of("contig", "start", "end", "name"),
              counters().map(SiteCounter::label),
              Stream.of("ti_tv", "het_hom", "ins_del", "call_rate"))
          .flatMap(s -> s)
          .toList();

  private final boolean known;

  RegionTable(boolean known) {
    this.known = known;
  }

  private static Stream<SiteCounter> counters() {
    return Stream.of(SiteCounter.values()).filter(counter -> !counter.isOfKnown());
  }

  @ProcessElement
  public void process(@Element KV<Region, SiteTotals> element, OutputReceiver<String> receiver) {
    Region region = element.getKey();
    SiteTotals sites = element.getValue();
    TsvLine line =
        new TsvLine().add(region.contig()).add(region.start()).add(region.end()).add(region.name());
    counters().forEach(counter -> line.add(sites.get(counter)));
    line.add(sites.tiTv()).add(sites.hetHom()).add(sites.insDel()).add(sites.callRate());
    receiver.output((known ? KnownColumns.add(line, sites) : line).toString());
  }
}
