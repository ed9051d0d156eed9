package org.healthbeam.core.variant.compat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.healthbeam.core.variant.HardyWeinberg;
import org.healthbeam.core.variant.compat.SiteCounts.Kind;

/** The columns of PLINK 2's {@code .afreq}, {@code .vmiss} and {@code .hardy}, in its defaults. */
final class PlinkSite {
  static final List<String> AFREQ = List.of("#CHROM", "ID", "REF", "ALT", "ALT_FREQS", "OBS_CT");
  static final List<String> VMISS = List.of("#CHROM", "ID", "MISSING_CT", "OBS_CT", "F_MISS");
  static final List<String> HARDY =
      List.of("#CHROM,ID,A1,AX,HOM_A1_CT,HET_A1_CT,TWO_AX_CT,O(HET_A1),E(HET_A1),P".split(","));

  private final SiteCounts site;
  private final PlinkChromosome chromosome;
  private final String code;
  private final int called;

  PlinkSite(SiteCounts site) {
    this.site = site;
    this.chromosome = PlinkChromosome.of(site.contig);
    this.code = PlinkChromosome.code(site.contig);
    int missing = site.missing + site.partial + site.polyploid;
    this.called = site.hasGenotypes ? site.samples - missing : 0;
  }

  private int hom(int allele) {
    return site.count(allele, Kind.DIPLOID_HOM, Kind.HAPLOID);
  }

  private int het(int allele) {
    return site.count(allele, Kind.DIPLOID_HET);
  }

  private String alternates() {
    return site.alternates.isEmpty() ? "." : String.join(",", site.alternates);
  }

  /** Genotypes are diploid but on the mitochondrion; on Y there is none, for want of males. */
  String frequencies() {
    boolean none = chromosome == PlinkChromosome.Y || called == 0;
    int alternates = Math.max(1, site.alternates.size());
    String frequencies =
        IntStream.rangeClosed(1, alternates)
            .mapToObj(a -> none ? "nan" : Printf.plink(frequency(a)))
            .collect(Collectors.joining(","));
    int alleles = chromosome == PlinkChromosome.MT ? called : 2 * called;
    return String.join(
        "\t", code, site.id, site.ref, alternates(), frequencies, none ? "0" : "" + alleles);
  }

  private double frequency(int allele) {
    return allele < site.alleles() ? (2.0 * hom(allele) + het(allele)) / (2.0 * called) : 0;
  }

  String missing() {
    boolean y = chromosome == PlinkChromosome.Y;
    int all = y ? 0 : site.samples;
    int missing = y ? 0 : site.samples - called;
    return String.join(
        "\t", code, site.id, "" + missing, "" + all, Printf.plink((double) missing / all));
  }

  /** A row for each allele; one, of the reference, where there are two. */
  List<String> hardy() {
    List<String> rows = new ArrayList<>();
    if (chromosome == PlinkChromosome.AUTOSOME) {
      for (int a = 0; a < (site.alleles() > 2 ? site.alleles() : 1); a++) {
        rows.add(hardy(a));
      }
    }
    return rows;
  }

  private String hardy(int allele) {
    List<String> all = new ArrayList<>(List.of(site.ref));
    all.addAll(site.alternates.isEmpty() ? List.of(".") : site.alternates);
    String tested = all.remove(allele);
    int hom = site.hasGenotypes ? hom(allele) : 0;
    int het = site.hasGenotypes ? het(allele) : 0;
    int rest = called - hom - het;
    double share = (2.0 * hom + het) / (2.0 * called);
    double p = called == 0 ? 1 : HardyWeinberg.of(rest, het, hom).exact();
    return String.join(
        "\t",
        code,
        site.id,
        tested,
        String.join(",", all),
        "" + hom,
        "" + het,
        "" + rest,
        Printf.plink((double) het / called),
        Printf.plink(called == 0 ? 0 : 2 * share * (1 - share)),
        Printf.plink(p));
  }
}
