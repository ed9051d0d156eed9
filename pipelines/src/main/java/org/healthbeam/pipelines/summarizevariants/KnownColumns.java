package org.healthbeam.pipelines.summarizevariants;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.healthbeam.core.variant.SampleSummary;
import org.healthbeam.core.variant.SiteCounter;
import org.healthbeam.core.variant.SiteTotals;
import org.healthbeam.io.table.TsvLine;

/** The columns that tables have at their end where known alleles are told from novel ones. */
final class KnownColumns {
  private static final List<String> COLUMNS =
      List.of(
          "n_known",
          "n_novel",
          "n_ti_known",
          "n_tv_known",
          "n_ti_novel",
          "n_tv_novel",
          "ti_tv_known",
          "ti_tv_novel");

  private KnownColumns() {}

  /** Returns the columns, with these at the end if they are asked for. */
  static List<String> after(List<String> columns, boolean known) {
    return known ? Stream.concat(columns.stream(), COLUMNS.stream()).toList() : columns;
  }

  static TsvLine add(TsvLine line, SiteTotals sites) {
    counts(sites).values().forEach(line::add);
    return line.add(sites.tiTvKnown()).add(sites.tiTvNovel());
  }

  /** Returns the whole numbers by the names of their columns, in order. */
  static Map<String, Long> counts(SiteTotals sites) {
    long ti = sites.get(SiteCounter.KNOWN_TI);
    long tv = sites.get(SiteCounter.KNOWN_TV);
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put(COLUMNS.get(0), sites.get(SiteCounter.KNOWN));
    counts.put(COLUMNS.get(1), sites.novel());
    counts.put(COLUMNS.get(2), ti);
    counts.put(COLUMNS.get(3), tv);
    counts.put(COLUMNS.get(4), sites.get(SiteCounter.TI) - ti);
    counts.put(COLUMNS.get(5), sites.get(SiteCounter.TV) - tv);
    return counts;
  }

  static TsvLine add(TsvLine line, SampleSummary sample) {
    return line.add(sample.nKnown())
        .add(sample.nNovel())
        .add(sample.nTiKnown())
        .add(sample.nTvKnown())
        .add(sample.nTi() - sample.nTiKnown())
        .add(sample.nTv() - sample.nTvKnown())
        .add(sample.tiTvKnown())
        .add(sample.tiTvNovel());
  }
}
