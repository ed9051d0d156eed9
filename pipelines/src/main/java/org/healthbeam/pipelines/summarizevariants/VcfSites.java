package org.healthbeam.pipelines.summarizevariants;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.healthbeam.core.variant.HardyWeinberg;
import org.healthbeam.core.variant.Novelty;
import org.healthbeam.core.variant.VariantSummary;
import org.healthbeam.io.table.TsvLine;

/** The records of {@code variants.vcf.gz}: one for each alternate allele, without samples. */
final class VcfSites extends DoFn<VariantSummary, String> {
  private static final long serialVersionUID = 1L;

  /** The fields of INFO, in the order in which they are written. */
  private static final List<String> FIELDS =
      List.of(
          "AC,A,Integer,Calls of the alternate allele",
          "AN,1,Integer,Called alleles",
          "AF,A,Float,AC by AN",
          "NS,1,Integer,Samples with a called allele",
          "MAF,1,Float,Share of the second most common allele of the input's record",
          "CALL_RATE,1,Float,Samples without a missing allele by all samples",
          "N_CALLED,1,Integer,Genotypes without a missing allele",
          "N_MISSING,1,Integer,Genotypes without a known allele",
          "N_PARTIAL,1,Integer,Genotypes with known and missing alleles",
          "N_HOM_REF,1,Integer,Homozygotes of the reference",
          "N_HET,1,Integer,Heterozygotes of any alleles of the input's record",
          "N_HOM_ALT,A,Integer,Homozygotes of the alternate allele",
          "N_HAP_REF,1,Integer,Haploid reference",
          "N_HAP_ALT,1,Integer,Haploid with any alternate allele of the input's record",
          "HWE,A,Float,Hardy-Weinberg exact test (PMID:15789306)",
          "HWE_MIDP,A,Float,Hardy-Weinberg exact test with mid-p",
          "EXC_HET,A,Float,Probability of as many heterozygotes or more",
          "INBREEDING,A,Float,1 - observed by expected heterozygotes",
          "DP_MEAN,1,Float,Mean DP of called samples",
          "GQ_MEAN,1,Float,Mean GQ of called samples");

  private static final String KNOWN = "KNOWN,0,Flag,On the list of known alleles";

  /** Returns the declarations of the fields. */
  static List<String> header() {
    List<String> lines = new ArrayList<>();
    for (String field : FIELDS) {
      lines.add(declared(field));
    }
    lines.add(declared(KNOWN));
    return lines;
  }

  private static String declared(String field) {
    String[] cells = field.split(",", 4);
    return "##INFO=<ID=%s,Number=%s,Type=%s,Description=\"%s\">".formatted((Object[]) cells);
  }

  @ProcessElement
  public void process(@Element VariantSummary v, OutputReceiver<String> receiver) {
    String qual = Double.isFinite(v.qual()) ? TsvLine.shortest(v.qual()) : ".";
    receiver.output(
        String.join(
            "\t",
            v.contig(),
            Integer.toString(v.pos()),
            v.id(),
            v.ref(),
            v.alt(),
            qual,
            filter(v.filter()),
            info(v)));
  }

  /**
   * Names of filters as a header can declare them: what ends a value there is written as its number
   * (VCF 4.3, section 1.2).
   */
  private static String filter(String names) {
    return names.replace(",", "%2C").replace("<", "%3C").replace(">", "%3E");
  }

  private static String info(VariantSummary v) {
    HardyWeinberg hwe = v.hardyWeinberg();
    StringBuilder info = new StringBuilder(256);
    add(info, "AC", v.ac());
    add(info, "AN", v.an());
    add(info, "AF", v.af());
    add(info, "NS", v.nCalled() + v.nPartial());
    add(info, "MAF", v.maf());
    add(info, "CALL_RATE", v.callRate());
    add(info, "N_CALLED", v.nCalled());
    add(info, "N_MISSING", v.nMissing());
    add(info, "N_PARTIAL", v.nPartial());
    add(info, "N_HOM_REF", v.nHomRef());
    add(info, "N_HET", v.nHet());
    add(info, "N_HOM_ALT", v.nHomAlt());
    add(info, "N_HAP_REF", v.nHapRef());
    add(info, "N_HAP_ALT", v.nHapAlt());
    add(info, "HWE", hwe.exact());
    add(info, "HWE_MIDP", hwe.midP());
    add(info, "EXC_HET", hwe.excessHet());
    add(info, "INBREEDING", hwe.inbreeding());
    add(info, "DP_MEAN", v.depth().mean(1));
    add(info, "GQ_MEAN", v.quality().mean(VariantSummary.QUALITY_SCALE));
    return (v.novelty() == Novelty.KNOWN ? info.append(";KNOWN") : info).toString();
  }

  private static void add(StringBuilder info, String key, long value) {
    info.append(info.isEmpty() ? "" : ";").append(key).append('=').append(value);
  }

  /** A number that there is not has no field. */
  private static void add(StringBuilder info, String key, double value) {
    if (Double.isFinite(value)) {
      info.append(';').append(key).append('=').append(TsvLine.shortest(value));
    }
  }
}
