package org.healthbeam.core.variant.compat;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.healthbeam.core.variant.HardyWeinberg;
import org.healthbeam.core.variant.compat.SiteCounts.Kind;

/**
 * The columns of {@code bcftools +fill-tags -t all,F_MISSING} of version 1.16, as {@code bcftools
 * query} prints them: a row for each record, values of the alternates separated by commas, a dot
 * where there is none.
 *
 * <p>Each known allele counts once in a half-missing genotype, and a genotype that is the same
 * allele throughout counts as two, whatever its ploidy.
 */
final class FillTags {
  static final List<String> COLUMNS =
      List.of(
          "CHROM,POS,ID,REF,ALT,AN,AC,AF,MAF,NS,AC_Hom,AC_Het,AC_Hemi,HWE,ExcHet,F_MISSING"
              .split(","));

  private static final String NONE = ".";

  private final SiteCounts site;
  private final int alleles;

  private FillTags(SiteCounts site) {
    this.site = site;
    this.alleles = site.alleles();
  }

  static String row(SiteCounts site) {
    return String.join("\t", new FillTags(site).cells());
  }

  private List<String> cells() {
    boolean alternates = alleles > 1 && site.hasGenotypes;
    int an = IntStream.range(0, alleles).map(this::calls).sum();
    String[] cells = new String[COLUMNS.size()];
    Arrays.fill(cells, NONE);
    cells[0] = site.contig;
    cells[1] = Integer.toString(site.pos);
    cells[2] = site.id;
    cells[3] = site.ref;
    cells[4] = alleles > 1 ? String.join(",", site.alternates) : NONE;
    if (site.hasGenotypes) {
      cells[5] = Integer.toString(an);
      cells[9] = Integer.toString(site.samples - site.missing);
    }
    if (alternates) {
      cells[6] = each(a -> Integer.toString(calls(a)));
      cells[10] = each(a -> Integer.toString(hom(a)));
      cells[11] = each(a -> Integer.toString(het(a)));
      cells[12] = each(a -> Integer.toString(hemi(a)));
      cells[13] = each(a -> probability(a, false));
      cells[14] = each(a -> probability(a, true));
    }
    if (alternates) {
      cells[7] = each(a -> an > 0 ? Printf.htslib(calls(a) / (float) an) : NONE);
      cells[8] = an > 0 ? Printf.htslib(second() / (float) an) : NONE;
    }
    int missing = site.hasGenotypes ? site.missing + site.partial : 0;
    cells[15] = Printf.htslib(missing == 0 ? 0 : (float) missing / site.samples);
    return Arrays.asList(cells);
  }

  private String each(IntFunction<String> cell) {
    return IntStream.range(1, alleles).mapToObj(cell).collect(Collectors.joining(","));
  }

  private int calls(int allele) {
    return hom(allele) + het(allele) + hemi(allele);
  }

  private int hom(int allele) {
    return 2 * site.count(allele, Kind.DIPLOID_HOM, Kind.POLYPLOID_HOM);
  }

  private int het(int allele) {
    return site.count(allele, Kind.DIPLOID_HET, Kind.POLYPLOID_HET, Kind.PARTIAL_MIXED);
  }

  private int hemi(int allele) {
    return site.count(allele, Kind.HAPLOID, Kind.PARTIAL_ONLY);
  }

  private int second() {
    int[] calls = IntStream.range(0, alleles).map(this::calls).sorted().toArray();
    return calls[alleles - 2];
  }

  /**
   * Tests an alternate against the rest: homozygotes of the reference and all that is in
   * heterozygotes; homozygotes of other alternates are left out. Where genotypes of other ploidies
   * leave an odd number of alleles, bcftools stops with an error, and here is a dot.
   */
  private String probability(int allele, boolean excess) {
    int het = het(allele);
    int others = hom(0) - het;
    for (int a = 0; a < alleles; a++) {
      others += het(a);
    }
    int mine = hom(allele) + het;
    if (others <= 0 || mine <= 0) {
      return "1";
    }
    if ((others - het) % 2 != 0 || others < het) {
      return NONE;
    }
    HardyWeinberg test = HardyWeinberg.of((others - het) / 2, het, hom(allele) / 2);
    return Printf.htslib((float) (excess ? test.excessHet() : test.exact()));
  }
}
