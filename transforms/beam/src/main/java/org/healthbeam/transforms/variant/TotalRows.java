package org.healthbeam.transforms.variant;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.function.Function;
import org.healthbeam.core.variant.CohortTotals;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.RegionSummary;
import org.healthbeam.core.variant.SampleSummary;
import org.healthbeam.core.variant.SiteCounter;
import org.healthbeam.core.variant.SiteTotals;
import org.healthbeam.core.variant.compat.CompatTotals;
import org.healthbeam.core.variant.join.TotalsChange;
import org.healthbeam.core.variant.join.TotalsRevision;
import org.healthbeam.core.variant.vcf.FileRemarks;
import org.healthbeam.core.variant.vcf.Remark;
import org.healthbeam.core.variant.vcf.VcfRule;
import org.healthbeam.transforms.row.RowCells;
import org.healthbeam.transforms.row.RowForm;

/** What the genotypes of regions, samples, files and the cohort come to, as rows. */
final class TotalRows {
  static final RowForm<Region> REGION =
      RowForm.of(Region.class)
          .text("contig", Region::contig)
          .whole("start", Region::start)
          .whole("end", Region::end)
          .text("name", Region::name)
          .from(TotalRows::region);

  static final RowForm<SiteTotals> TOTALS =
      counted(RowForm.of(SiteTotals.class), Function.identity()).from(TotalRows::totals);

  /** The columns of {@code regions.tsv}. */
  static final RowForm<RegionSummary> REGION_SUMMARY =
      counted(
              RowForm.of(RegionSummary.class)
                  .text("contig", summary -> summary.region().contig())
                  .whole("start", summary -> summary.region().start())
                  .whole("end", summary -> summary.region().end())
                  .text("name", summary -> summary.region().name()),
              RegionSummary::totals)
          .from(row -> new RegionSummary(region(row), totals(row)));

  /** The columns of {@code samples.tsv}, then what the inbreeding is counted from. */
  static final RowForm<SampleSummary> SAMPLE =
      RowForm.of(SampleSummary.class)
          .text("sample", SampleSummary::sample)
          .whole("n_called", SampleSummary::nCalled)
          .whole("n_missing", SampleSummary::nMissing)
          .whole("n_partial", SampleSummary::nPartial)
          .whole("n_hom_ref", SampleSummary::nHomRef)
          .whole("n_het", SampleSummary::nHet)
          .whole("n_hom_alt", SampleSummary::nHomAlt)
          .whole("n_hap_ref", SampleSummary::nHapRef)
          .whole("n_hap_alt", SampleSummary::nHapAlt)
          .number("call_rate", SampleSummary::callRate)
          .whole("n_snp", SampleSummary::nSnp)
          .whole("n_ins", SampleSummary::nIns)
          .whole("n_del", SampleSummary::nDel)
          .whole("n_mnp", SampleSummary::nMnp)
          .whole("n_complex", SampleSummary::nComplex)
          .whole("n_star", SampleSummary::nStar)
          .whole("n_symbolic", SampleSummary::nSymbolic)
          .whole("n_ti", SampleSummary::nTi)
          .whole("n_tv", SampleSummary::nTv)
          .number("ti_tv", SampleSummary::tiTv)
          .number("het_hom", SampleSummary::hetHom)
          .number("ins_del", SampleSummary::insDel)
          .whole("n_singleton", SampleSummary::singletons)
          .whole("n_private", SampleSummary::privates)
          .number("f_inbreeding", SampleSummary::inbreeding)
          .number("dp_mean", SampleSummary::dpMean)
          .number("dp_sd", SampleSummary::dpSd)
          .number("gq_mean", SampleSummary::gqMean)
          .number("gq_sd", SampleSummary::gqSd)
          .whole("n_known", SampleSummary::nKnown)
          .whole("n_ti_known", SampleSummary::nTiKnown)
          .whole("n_tv_known", SampleSummary::nTvKnown)
          .number("het_expected", SampleSummary::expectedHet)
          .whole("n_het_observed", SampleSummary::observedHet)
          .whole("n_sites", SampleSummary::sites)
          .from(TotalRows::sample);

  /** The counters of the cohort, and all of it as bytes. */
  static final RowForm<CohortTotals> COHORT =
      counted(RowForm.of(CohortTotals.class), CohortTotals::sites)
          .whole("n_samples", cohort -> cohort.samples().names().size())
          .whole("n_filtered_out", CohortTotals::filteredOut)
          .counts("n_records_by_contig", CohortTotals::recordsByContig)
          .counts("n_records_by_filter", CohortTotals::recordsByFilter)
          .counts("n_records_by_type", CohortTotals::recordsByType)
          .counts("n_by_substitution", CohortTotals::substitutions)
          .bytes("totals", cohort -> StoredBytes.of(cohort::write))
          .from(row -> StoredBytes.read(row.bytes("totals"), CohortTotals::read));

  /** What other tools count, which their own tables tell. */
  static final RowForm<CompatTotals> COMPAT =
      RowForm.of(CompatTotals.class)
          .bytes("totals", totals -> StoredBytes.of(totals::write))
          .from(row -> StoredBytes.read(row.bytes("totals"), CompatTotals::read));

  private static final RowForm<Remark> REMARK =
      RowForm.of(Remark.class)
          .whole("line", Remark::line)
          .whole("column", Remark::column)
          .text("rule", remark -> remark.rule().name().toLowerCase(Locale.ROOT))
          .whole("n_lines", Remark::n)
          .from(
              row ->
                  new Remark(
                      VcfRule.valueOf(row.text("rule").toUpperCase(Locale.ROOT)),
                      row.whole("line"),
                      row.count("column"),
                      row.whole("n_lines")));

  /** The remarks so far, and what they are told from as bytes. */
  static final RowForm<FileRemarks> REMARKS =
      RowForm.of(FileRemarks.class)
          .rows("remarks", REMARK, remarks -> remarks.copy().all())
          .bytes("state", remarks -> StoredBytes.of(remarks.copy()::write))
          .from(row -> StoredBytes.read(row.bytes("state"), FileRemarks::read));

  static final RowForm<TotalsRevision> REVISION =
      RowForm.of(TotalsRevision.class)
          .whole("revision", TotalsRevision::revision)
          .row("cohort", COHORT, TotalsRevision::cohort)
          .texts("gone", TotalsRevision::gone)
          .rows("regions", REGION_SUMMARY, TotalRows::regions)
          .from(TotalRows::revision);

  private TotalRows() {}

  /** {@return the name of a counter's column in files} */
  private static String column(SiteCounter counter) {
    return switch (counter) {
      case KNOWN_TI -> "n_ti_known";
      case KNOWN_TV -> "n_tv_known";
      default -> counter.label();
    };
  }

  private static <T> RowForm.Columns<T> counted(
      RowForm.Columns<T> columns, Function<T, SiteTotals> totals) {
    for (SiteCounter counter : SiteCounter.values()) {
      columns.whole(column(counter), value -> totals.apply(value).get(counter));
    }
    return columns
        .number("ti_tv", value -> totals.apply(value).tiTv())
        .number("het_hom", value -> totals.apply(value).hetHom())
        .number("ins_del", value -> totals.apply(value).insDel())
        .number("call_rate", value -> totals.apply(value).callRate());
  }

  private static Region region(RowCells row) {
    return new Region(row.text("contig"), row.whole("start"), row.whole("end"), row.text("name"));
  }

  private static SiteTotals totals(RowCells row) {
    return SiteTotals.of(counter -> row.whole(column(counter)));
  }

  private static List<RegionSummary> regions(TotalsRevision revision) {
    List<RegionSummary> regions = new ArrayList<>();
    revision.regions().forEach((region, totals) -> regions.add(new RegionSummary(region, totals)));
    return regions;
  }

  private static TotalsRevision revision(RowCells row) {
    SortedMap<Region, SiteTotals> regions = TotalsChange.none().regions();
    row.rows("regions", REGION_SUMMARY).forEach(each -> regions.put(each.region(), each.totals()));
    return new TotalsRevision(
        row.whole("revision"), row.row("cohort", COHORT), row.texts("gone"), regions);
  }

  private static SampleSummary sample(RowCells row) {
    return new SampleSummary(
        row.text("sample"),
        row.whole("n_called"),
        row.whole("n_missing"),
        row.whole("n_partial"),
        row.whole("n_hom_ref"),
        row.whole("n_het"),
        row.whole("n_hom_alt"),
        row.whole("n_hap_ref"),
        row.whole("n_hap_alt"),
        row.whole("n_snp"),
        row.whole("n_ins"),
        row.whole("n_del"),
        row.whole("n_mnp"),
        row.whole("n_complex"),
        row.whole("n_star"),
        row.whole("n_symbolic"),
        row.whole("n_ti"),
        row.whole("n_tv"),
        row.whole("n_singleton"),
        row.whole("n_private"),
        row.number("het_expected"),
        row.whole("n_het_observed"),
        row.whole("n_sites"),
        row.number("dp_mean"),
        row.number("dp_sd"),
        row.number("gq_mean"),
        row.number("gq_sd"),
        row.whole("n_known"),
        row.whole("n_ti_known"),
        row.whole("n_tv_known"));
  }
}
