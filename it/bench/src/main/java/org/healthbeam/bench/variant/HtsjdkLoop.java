package org.healthbeam.bench.variant;

import htsjdk.variant.variantcontext.Allele;
import htsjdk.variant.variantcontext.Genotype;
import htsjdk.variant.variantcontext.VariantContext;
import htsjdk.variant.vcf.VCFFileReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What a program with htsjdk has to do for the same axes: every genotype decoded; calls, alleles
 * and depths counted by variant and by sample. It counts less than HealthBeam does.
 */
final class HtsjdkLoop {
  private static final int COUNTERS = 8;

  private HtsjdkLoop() {}

  /** Takes a VCF file; prints what it has counted. */
  public static void main(String[] args) {
    long records = 0;
    long alternates = 0;
    long[][] bySample = null;
    try (VCFFileReader in = new VCFFileReader(Path.of(args[0]), false)) {
      for (VariantContext record : in) {
        records++;
        if (bySample == null) {
          bySample = new long[record.getNSamples()][COUNTERS];
        }
        Map<Allele, Integer> calls = new HashMap<>();
        int s = 0;
        for (Genotype genotype : record.getGenotypes()) {
          count(genotype, bySample[s++], calls);
        }
        for (Allele allele : record.getAlternateAlleles()) {
          alternates += calls.getOrDefault(allele, 0);
        }
      }
    }
    System.out.println(records + " records, " + alternates + " alternate alleles");
  }

  private static void count(Genotype genotype, long[] cells, Map<Allele, Integer> calls) {
    if (genotype.isNoCall()) {
      cells[0]++;
    } else if (genotype.isHomRef()) {
      cells[1]++;
    } else if (genotype.isHet()) {
      cells[2]++;
    } else if (genotype.isHomVar()) {
      cells[3]++;
    }
    if (genotype.hasDP()) {
      cells[4]++;
      cells[5] += genotype.getDP();
    }
    if (genotype.hasGQ()) {
      cells[6]++;
      cells[7] += genotype.getGQ();
    }
    for (Allele allele : genotype.getAlleles()) {
      calls.merge(allele, 1, Integer::sum);
    }
  }
}
