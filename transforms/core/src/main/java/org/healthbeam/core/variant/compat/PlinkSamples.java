package org.healthbeam.core.variant.compat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/** The columns of PLINK 2's {@code .scount}, {@code .smiss} and {@code .het}, in its defaults. */
final class PlinkSamples {
  private static final String SCOUNT =
      "#IID,HOM_REF_CT,HOM_ALT_SNP_CT,HET_SNP_CT,DIPLOID_TRANSITION_CT,DIPLOID_TRANSVERSION_CT,"
          + "DIPLOID_NONSNP_NONSYMBOLIC_CT,DIPLOID_SINGLETON_CT,HAP_REF_INCL_FEMALE_Y_CT,"
          + "HAP_ALT_INCL_FEMALE_Y_CT,MISSING_INCL_FEMALE_Y_CT";
  private static final String SMISS = "#IID,MISSING_CT,OBS_CT,F_MISS";
  private static final String HET = "#IID,O(HOM),E(HOM),OBS_CT,F";

  private final PlinkTotals totals;
  private final SampleCells cells;

  PlinkSamples(PlinkTotals totals) {
    this.totals = totals;
    this.cells = totals.samples;
  }

  private List<String> lines(
      String columns, UnaryOperator<String> names, IntFunction<List<Object>> row) {
    List<String> lines = new ArrayList<>();
    lines.add(columns.replace(',', '\t'));
    for (int s = 0; s < cells.samples().size(); s++) {
      StringBuilder line = new StringBuilder(names.apply(cells.samples().get(s)));
      for (Object cell : row.apply(s)) {
        line.append('\t').append(cell);
      }
      lines.add(line.toString());
    }
    return lines;
  }

  List<String> counts(UnaryOperator<String> names) {
    return lines(
        SCOUNT,
        names,
        s ->
            List.of(
                totals.sites[PlinkTotals.DIPLOID] - cells.get(s, PlinkTotals.DIPLOID_NOT_HOM_REF),
                cells.get(s, PlinkTotals.HOM_ALT_SNP),
                cells.get(s, PlinkTotals.HET_SNP),
                cells.get(s, PlinkTotals.TS),
                cells.get(s, PlinkTotals.TV),
                cells.get(s, PlinkTotals.NOT_SNP),
                cells.get(s, PlinkTotals.SINGLETONS),
                totals.sites[PlinkTotals.HAPLOID] - cells.get(s, PlinkTotals.HAPLOID_NOT_REF),
                cells.get(s, PlinkTotals.HAPLOID_ALT),
                totals.sites[PlinkTotals.NO_GENOTYPES]
                    + cells.get(s, PlinkTotals.MISSING)
                    + cells.get(s, PlinkTotals.HET_HAPLOID)));
  }

  /** Y is left out, since no sample is known to be male. */
  List<String> missing(UnaryOperator<String> names) {
    long all = totals.sites[PlinkTotals.RECORDS] - totals.sites[PlinkTotals.Y_RECORDS];
    long none =
        totals.sites[PlinkTotals.NO_GENOTYPES] - totals.sites[PlinkTotals.NO_GENOTYPES_ON_Y];
    return lines(
        SMISS,
        names,
        s -> {
          long missing =
              none + cells.get(s, PlinkTotals.MISSING) - cells.get(s, PlinkTotals.MISSING_ON_Y);
          return List.of(missing, all, Printf.plink((double) missing / all));
        });
  }

  List<String> heterozygosity(UnaryOperator<String> names) {
    return lines(
        HET,
        names,
        s -> {
          long all = totals.sites[PlinkTotals.HET_RECORDS] - cells.get(s, PlinkTotals.HET_MISSING);
          long homozygous = all - cells.get(s, PlinkTotals.HETS);
          double expected = totals.expectedHomozygous(s);
          return List.of(
              homozygous,
              Printf.plink(expected),
              all,
              Printf.plink(1 - (all - homozygous) / (all - expected)));
        });
  }
}
