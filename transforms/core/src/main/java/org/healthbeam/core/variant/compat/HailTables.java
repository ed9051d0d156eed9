package org.healthbeam.core.variant.compat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.healthbeam.core.variant.HardyWeinberg;
import org.healthbeam.core.variant.Moments;
import org.healthbeam.core.variant.VariantSummary;
import org.healthbeam.core.variant.compat.SiteCounts.Kind;

/**
 * The fields of Hail's {@code variant_qc} and {@code sample_qc}, as {@code Table.export} writes
 * them after {@code flatten()}: a dot in a name for what is within, arrays in brackets, {@code NA}
 * for what is missing.
 *
 * <p>Source: the documentation of Hail 0.2, hail.is/docs/0.2/methods/genetics.html.
 */
final class HailTables {
  private static final String FIELDS =
      "dp_stats.mean,dp_stats.stdev,dp_stats.min,dp_stats.max,"
          + "gq_stats.mean,gq_stats.stdev,gq_stats.min,gq_stats.max,";
  static final List<String> VARIANT_QC =
      List.of(
          ("locus,alleles,"
                  + FIELDS
                  + "AC,AF,AN,homozygote_count,call_rate,n_called,n_not_called,n_filtered,n_het,"
                  + "n_non_ref,het_freq_hwe,p_value_hwe,p_value_excess_het")
              .split(","));
  static final String SAMPLE_QC =
      "s,"
          + FIELDS
          + "call_rate,n_called,n_not_called,n_filtered,n_hom_ref,n_het,n_hom_var,n_non_ref,"
          + "n_singleton,n_snp,n_insertion,n_deletion,n_transition,n_transversion,n_star,r_ti_tv,"
          + "r_het_hom_var,r_insertion_deletion";
  private static final String MISSING = "NA";

  private HailTables() {}

  static String variant(SiteCounts site) {
    int alleles = site.alleles();
    List<String> names = new ArrayList<>(List.of(site.ref));
    names.addAll(site.alternates);
    long missing = site.hasGenotypes ? site.missing + site.partial + site.polyploid : site.samples;
    long called = site.samples - missing;
    int[] ac = IntStream.range(0, alleles).map(a -> calls(site, a)).toArray();
    int an = IntStream.of(ac).sum();
    int[] hom = IntStream.range(0, alleles).map(a -> homozygotes(site, a)).toArray();
    List<String> cells = new ArrayList<>();
    cells.add(site.contig + ":" + site.pos);
    cells.add(names.stream().map(a -> '"' + a + '"').collect(Collectors.joining(",", "[", "]")));
    add(cells, site.depth, 1);
    add(cells, site.quality, VariantSummary.QUALITY_SCALE);
    cells.add(array(alleles, a -> "" + ac[a]));
    cells.add(an == 0 ? MISSING : array(alleles, a -> number((double) ac[a] / an)));
    cells.add("" + an);
    cells.add(array(alleles, a -> "" + hom[a]));
    cells.add(ratio(called, site.samples));
    cells.add("" + called);
    cells.add("" + missing);
    cells.add("0");
    cells.add("" + (called - IntStream.of(hom).sum()));
    cells.add("" + (called - hom[0]));
    HardyWeinberg test =
        alleles == 2 ? HardyWeinberg.of(hom[0], ac[1] - 2L * hom[1], hom[1]) : null;
    cells.add(test == null ? MISSING : number(test.expectedHet()));
    cells.add(test == null ? MISSING : number(test.midP()));
    cells.add(test == null ? MISSING : number(test.excessHetMidP()));
    return String.join("\t", cells);
  }

  private static int calls(SiteCounts site, int allele) {
    return 2 * site.count(allele, Kind.DIPLOID_HOM)
        + site.count(allele, Kind.DIPLOID_HET, Kind.HAPLOID);
  }

  /** A haploid call is no homozygote, and so counts as heterozygous. */
  private static int homozygotes(SiteCounts site, int allele) {
    return site.count(allele, Kind.DIPLOID_HOM);
  }

  static List<String> samples(HailTotals totals, UnaryOperator<String> names) {
    List<String> lines = new ArrayList<>();
    lines.add(SAMPLE_QC.replace(',', '\t'));
    for (int s = 0; s < totals.samples.samples().size(); s++) {
      lines.add(sample(totals, s, names));
    }
    return lines;
  }

  private static String sample(HailTotals totals, int s, UnaryOperator<String> names) {
    SampleCells cells = totals.samples;
    String name = cells.samples().get(s);
    long called = totals.called(s);
    long homRef = totals.homRef(s);
    long het = cells.get(s, HailTotals.HET);
    long homVar = called - homRef - het;
    long ti = cells.get(s, HailTotals.TI);
    long tv = cells.get(s, HailTotals.TV);
    long insertions = cells.get(s, HailTotals.INSERTION);
    long deletions = cells.get(s, HailTotals.DELETION);
    List<String> row = new ArrayList<>(List.of(names.apply(name)));
    add(row, totals.depth(s), 1);
    add(row, totals.quality(s), VariantSummary.QUALITY_SCALE);
    row.add(ratio(called, called + totals.missing(s)));
    for (long n :
        new long[] {
          called,
          totals.missing(s),
          0,
          homRef,
          het,
          homVar,
          called - homRef,
          cells.get(s, HailTotals.SINGLETON),
          ti + tv,
          insertions,
          deletions,
          ti,
          tv,
          cells.get(s, HailTotals.STAR)
        }) {
      row.add(Long.toString(n));
    }
    row.add(ratio(ti, tv));
    row.add(ratio(het, homVar));
    row.add(ratio(insertions, deletions));
    return String.join("\t", row);
  }

  private static void add(List<String> cells, Moments moments, int scale) {
    cells.add(number(moments.mean(scale)));
    cells.add(number(moments.sd(scale)));
    cells.add(moments.n() == 0 ? MISSING : whole(moments.min(scale)));
    cells.add(moments.n() == 0 ? MISSING : whole(moments.max(scale)));
  }

  private static String whole(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : number(value);
  }

  private static String array(int n, IntFunction<String> cell) {
    return IntStream.range(0, n).mapToObj(cell).collect(Collectors.joining(",", "[", "]"));
  }

  private static String ratio(long part, long whole) {
    return number(whole == 0 ? Double.NaN : (double) part / whole);
  }

  /** Hail's table of text has numbers in full; this is the shortest that reads back the same. */
  private static String number(double value) {
    return Double.isFinite(value) ? Double.toString(value) : MISSING;
  }
}
