package org.healthbeam.transforms.variant;

import java.util.List;
import java.util.function.Function;
import org.healthbeam.core.variant.AlleleType;
import org.healthbeam.core.variant.HardyWeinberg;
import org.healthbeam.core.variant.Moments;
import org.healthbeam.core.variant.Novelty;
import org.healthbeam.core.variant.PopulationSummary;
import org.healthbeam.core.variant.VariantSummary;
import org.healthbeam.core.variant.compat.SiteCounts;
import org.healthbeam.core.variant.join.VariantRevision;
import org.healthbeam.transforms.row.RowCells;
import org.healthbeam.transforms.row.RowForm;

/** What the genotypes of single records come to, as rows. */
final class SiteRows {
  /** The columns of {@code variants.tsv}, then what they are counted from. */
  static final RowForm<VariantSummary> VARIANT =
      moments(
              moments(
                  hardyWeinberg(
                      RowForm.of(VariantSummary.class)
                          .text("contig", VariantSummary::contig)
                          .whole("pos", VariantSummary::pos)
                          .text("id", VariantSummary::id)
                          .text("ref", VariantSummary::ref)
                          .text("alt", VariantSummary::alt)
                          .text("type", variant -> variant.type().label())
                          .text("filter", VariantSummary::filter)
                          .number("qual", VariantSummary::qual)
                          .whole("n_called", VariantSummary::nCalled)
                          .whole("n_missing", VariantSummary::nMissing)
                          .whole("n_partial", VariantSummary::nPartial)
                          .whole("n_hom_ref", VariantSummary::nHomRef)
                          .whole("n_het", VariantSummary::nHet)
                          .whole("n_hom_alt", VariantSummary::nHomAlt)
                          .whole("n_hap_ref", VariantSummary::nHapRef)
                          .whole("n_hap_alt", VariantSummary::nHapAlt)
                          .whole("ac", VariantSummary::ac)
                          .whole("an", VariantSummary::an)
                          .number("af", VariantSummary::af)
                          .number("maf", VariantSummary::maf)
                          .number("call_rate", VariantSummary::callRate),
                      VariantSummary::hardyWeinberg),
                  "dp",
                  VariantSummary::depth,
                  1),
              "gq",
              VariantSummary::quality,
              VariantSummary.QUALITY_SCALE)
          .text("novelty", variant -> variant.novelty().label())
          .whole("ac_second", VariantSummary::acSecond)
          .whole("n_diploid_hom", VariantSummary::diploidHom)
          .whole("n_diploid_het", VariantSummary::diploidHet)
          .whole("n_diploid_rest", VariantSummary::diploidRest)
          .bytes("dp_moments", variant -> StoredBytes.of(variant.depth()::write))
          .bytes("gq_moments", variant -> StoredBytes.of(variant.quality()::write))
          .from(SiteRows::variant);

  /** The columns of {@code populations.tsv}, then what they are counted from. */
  static final RowForm<PopulationSummary> POPULATION =
      hardyWeinberg(
              RowForm.of(PopulationSummary.class)
                  .text("contig", PopulationSummary::contig)
                  .whole("pos", PopulationSummary::pos)
                  .text("ref", PopulationSummary::ref)
                  .text("alt", PopulationSummary::alt)
                  .text("population", PopulationSummary::population)
                  .whole("n_called", PopulationSummary::nCalled)
                  .whole("n_missing", PopulationSummary::nMissing)
                  .whole("n_partial", PopulationSummary::nPartial)
                  .whole("n_hom_ref", PopulationSummary::nHomRef)
                  .whole("n_het", PopulationSummary::nHet)
                  .whole("n_hom_alt", PopulationSummary::nHomAlt)
                  .whole("n_hap_ref", PopulationSummary::nHapRef)
                  .whole("n_hap_alt", PopulationSummary::nHapAlt)
                  .whole("ac", PopulationSummary::ac)
                  .whole("an", PopulationSummary::an)
                  .number("af", PopulationSummary::af)
                  .number("maf", PopulationSummary::maf),
              PopulationSummary::hardyWeinberg)
          .whole("ac_second", PopulationSummary::acSecond)
          .whole("n_diploid_hom", PopulationSummary::diploidHom)
          .whole("n_diploid_het", PopulationSummary::diploidHet)
          .whole("n_diploid_rest", PopulationSummary::diploidRest)
          .from(SiteRows::population);

  static final RowForm<VariantRevision> REVISION =
      RowForm.of(VariantRevision.class)
          .text("contig", VariantRevision::contig)
          .whole("pos", VariantRevision::pos)
          .text("ref", VariantRevision::ref)
          .text("alt", VariantRevision::alt)
          .whole("revision", VariantRevision::revision)
          .flag("gone", VariantRevision::isGone)
          .row("summary", VARIANT, VariantRevision::summary)
          .from(
              row ->
                  new VariantRevision(
                      row.text("contig"),
                      row.count("pos"),
                      row.text("ref"),
                      row.text("alt"),
                      row.whole("revision"),
                      row.isNull("summary") ? null : row.row("summary", VARIANT)));

  /** Which record it is; the counts are what other tools' tables are made of. */
  static final RowForm<SiteCounts> COUNTS =
      RowForm.of(SiteCounts.class)
          .text("contig", SiteCounts::contig)
          .whole("pos", SiteCounts::pos)
          .text("id", SiteCounts::id)
          .text("ref", SiteCounts::ref)
          .texts("alternates", SiteCounts::alternates)
          .bytes("counts", site -> StoredBytes.of(site::write))
          .from(row -> StoredBytes.read(row.bytes("counts"), SiteCounts::read));

  private SiteRows() {}

  private static <T> RowForm.Columns<T> hardyWeinberg(
      RowForm.Columns<T> columns, Function<T, HardyWeinberg> test) {
    return columns.numbers(
        List.of("het_expected", "f_inbreeding", "p_hwe", "p_hwe_midp", "p_excess_het"),
        value -> {
          HardyWeinberg hwe = test.apply(value);
          return new double[] {
            hwe.expectedHet(), hwe.inbreeding(), hwe.exact(), hwe.midP(), hwe.excessHet()
          };
        });
  }

  private static <T> RowForm.Columns<T> moments(
      RowForm.Columns<T> columns, String name, Function<T, Moments> moments, int scale) {
    return columns
        .number(name + "_mean", value -> moments.apply(value).mean(scale))
        .number(name + "_sd", value -> moments.apply(value).sd(scale))
        .number(name + "_min", value -> moments.apply(value).min(scale))
        .number(name + "_max", value -> moments.apply(value).max(scale));
  }

  private static VariantSummary variant(RowCells row) {
    return new VariantSummary(
        row.text("contig"),
        row.count("pos"),
        row.text("id"),
        row.text("ref"),
        row.text("alt"),
        AlleleType.ofLabel(row.text("type")),
        row.text("filter"),
        row.number("qual"),
        row.count("n_called"),
        row.count("n_missing"),
        row.count("n_partial"),
        row.count("n_hom_ref"),
        row.count("n_het"),
        row.count("n_hom_alt"),
        row.count("n_hap_ref"),
        row.count("n_hap_alt"),
        row.whole("ac"),
        row.whole("an"),
        row.whole("ac_second"),
        row.count("n_diploid_hom"),
        row.count("n_diploid_het"),
        row.count("n_diploid_rest"),
        StoredBytes.read(row.bytes("dp_moments"), Moments::read),
        StoredBytes.read(row.bytes("gq_moments"), Moments::read),
        Novelty.ofLabel(row.text("novelty")));
  }

  private static PopulationSummary population(RowCells row) {
    return new PopulationSummary(
        row.text("contig"),
        row.count("pos"),
        row.text("ref"),
        row.text("alt"),
        row.text("population"),
        row.count("n_missing"),
        row.count("n_partial"),
        row.count("n_hom_ref"),
        row.count("n_het"),
        row.count("n_hom_alt"),
        row.count("n_hap_ref"),
        row.count("n_hap_alt"),
        row.count("n_called"),
        row.whole("ac"),
        row.whole("an"),
        row.whole("ac_second"),
        row.count("n_diploid_hom"),
        row.count("n_diploid_het"),
        row.count("n_diploid_rest"));
  }
}
