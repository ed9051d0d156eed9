package org.healthbeam.pipelines.summarizevariants;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.healthbeam.core.variant.SampleSummary;
import org.healthbeam.core.variant.SiteCounter;
import org.healthbeam.core.variant.SiteTotals;
import org.healthbeam.io.table.Cells;
import org.healthbeam.io.table.Columns;

/** The columns that tables have at their end where known alleles are told from novel ones. */
final class KnownColumns {
  private static final Columns COLUMNS =
      Columns.none()
          .whole("n_known,n_novel,n_ti_known,n_tv_known,n_ti_novel,n_tv_novel")
          .number("ti_tv_known,ti_tv_novel");

  private KnownColumns() {}

  /** Returns the columns, with these at the end if they are asked for. */
  static Columns after(Columns columns, boolean known) {
    return known ? columns.and(COLUMNS) : columns;
  }

  static void add(Cells row, SiteTotals sites) {
    for (long count : counts(sites).values()) {
      row.add(count);
    }
    row.add(sites.tiTvKnown()).add(sites.tiTvNovel());
  }

  /** Returns the whole numbers by the names of their columns, in order. */
  static Map<String, Long> counts(SiteTotals sites) {
    long ti = sites.get(SiteCounter.KNOWN_TI);
    long tv = sites.get(SiteCounter.KNOWN_TV);
    List<String> names = COLUMNS.names();
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put(names.get(0), sites.get(SiteCounter.KNOWN));
    counts.put(names.get(1), sites.novel());
    counts.put(names.get(2), ti);
    counts.put(names.get(3), tv);
    counts.put(names.get(4), sites.get(SiteCounter.TI) - ti);
    counts.put(names.get(5), sites.get(SiteCounter.TV) - tv);
    return counts;
  }

  static void add(Cells row, SampleSummary sample) {
    row.add(sample.nKnown())
        .add(sample.nNovel())
        .add(sample.nTiKnown())
        .add(sample.nTvKnown())
        .add(sample.nTi() - sample.nTiKnown())
        .add(sample.nTv() - sample.nTvKnown())
        .add(sample.tiTvKnown())
        .add(sample.tiTvNovel());
  }
}
