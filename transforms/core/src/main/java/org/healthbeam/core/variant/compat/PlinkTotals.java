package org.healthbeam.core.variant.compat;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.healthbeam.core.variant.ScannedRecord;
import org.healthbeam.core.variant.Varints;

/**
 * What PLINK 2 counts by sample, by the rules of 2.00a3.5, in whole numbers that merge in any
 * order.
 *
 * <p>As with {@code --vcf-half-call missing} and without the samples' sexes: half-missing genotypes
 * and those of three alleles or more are missing, haploid ones are homozygous.
 *
 * <p>Its size is {@value #WIDTH} longs for a sample.
 */
final class PlinkTotals {
  // Records.
  static final int RECORDS = 0;
  static final int Y_RECORDS = 1;
  static final int NO_GENOTYPES = 2;
  static final int NO_GENOTYPES_ON_Y = 3;
  static final int DIPLOID = 4;
  static final int HAPLOID = 5;
  static final int HET_RECORDS = 6;
  private static final int SITES = 7;

  // By sample.
  static final int DIPLOID_NOT_HOM_REF = 0;
  static final int HAPLOID_NOT_REF = 1;
  static final int HAPLOID_ALT = 2;
  static final int MISSING = 3;
  static final int MISSING_ON_Y = 4;
  static final int HET_HAPLOID = 5;
  static final int HET_HAPLOID_ON_Y = 6;
  static final int HOM_ALT_SNP = 7;
  static final int HET_SNP = 8;
  static final int TS = 9;
  static final int TV = 10;
  static final int NOT_SNP = 11;
  static final int SINGLETONS = 12;
  static final int HETS = 13;
  static final int HET_MISSING = 14;
  static final int HET_MISSING_WHOLE = 15;
  static final int HET_MISSING_FRACTION = 16;
  private static final int WIDTH = 17;

  /** Expected homozygotes are summed as multiples of 2^-53. */
  private static final int FRACTION = 53;

  final long[] sites = new long[SITES];
  final SampleCells samples = new SampleCells(WIDTH);
  private long expectedWhole;
  private long expectedFraction;

  private long[] calls = new long[4];

  void expect(List<String> names, String file) {
    samples.expect(names, file);
  }

  void add(ScannedRecord r) {
    if (r.samples() == 0) {
      return;
    }
    PlinkChromosome chromosome = PlinkChromosome.of(r.contig());
    boolean y = chromosome == PlinkChromosome.Y;
    sites[RECORDS]++;
    sites[Y_RECORDS] += y ? 1 : 0;
    if (!r.hasGenotypes()) {
      sites[NO_GENOTYPES]++;
      sites[NO_GENOTYPES_ON_Y] += y ? 1 : 0;
      return;
    }
    sites[chromosome.isHaploid() ? HAPLOID : DIPLOID]++;
    int carriers = 0;
    int carrier = -1;
    for (int k = 0; k < r.kept(); k++) {
      int s = r.keptSample(k);
      if (isMissing(r, k)) {
        samples.add(s, MISSING, 1);
        samples.add(s, MISSING_ON_Y, y ? 1 : 0);
        samples.add(s, chromosome.isHaploid() ? HAPLOID_NOT_REF : DIPLOID_NOT_HOM_REF, 1);
        continue;
      }
      int first = r.allele(k, 0);
      int second = r.allele(k, r.known(k) - 1);
      if (first == 0 && second == 0) {
        continue;
      }
      if (!chromosome.isHaploid()) {
        samples.add(s, DIPLOID_NOT_HOM_REF, 1);
        addDiploid(r, s, first, second);
        carriers++;
        carrier = s;
        continue;
      }
      samples.add(s, HAPLOID_NOT_REF, 1);
      if (first == second) {
        samples.add(s, HAPLOID_ALT, 1);
      } else {
        samples.add(s, HET_HAPLOID, 1);
        samples.add(s, HET_HAPLOID_ON_Y, y ? 1 : 0);
      }
    }
    if (carriers == 1) {
      samples.add(carrier, SINGLETONS, 1);
    }
    if (chromosome == PlinkChromosome.AUTOSOME) {
      addExpected(r);
    }
  }

  /** {@return whether PLINK takes the {@code k}-th kept genotype for missing} */
  static boolean isMissing(ScannedRecord r, int k) {
    return !r.isCalled(k) || r.known(k) > 2;
  }

  private void addDiploid(ScannedRecord r, int s, int first, int second) {
    if (first == second) {
      addAllele(r, s, first, HOM_ALT_SNP);
      return;
    }
    addAllele(r, s, first, HET_SNP);
    addAllele(r, s, second, HET_SNP);
  }

  /** A SNP has one character on both sides, whatever it is; symbolic alleles have brackets. */
  private void addAllele(ScannedRecord r, int s, int allele, int snp) {
    String alternate = allele == 0 ? "" : r.alternate(allele);
    if (alternate.isEmpty() || alternate.charAt(0) == '<') {
      return;
    }
    if (alternate.length() > 1 || r.ref().length() > 1) {
      samples.add(s, NOT_SNP, 1);
      return;
    }
    samples.add(s, snp, 1);
    int ref = HtslibType.base(r.ref());
    int alt = HtslibType.base(alternate);
    if (ref >= 0 && alt >= 0) {
      samples.add(s, Math.abs(ref - alt) == 2 ? TS : TV, 1);
    }
  }

  /**
   * Records with more than one allele among the genotypes have an expected share of homozygotes.
   */
  private void addExpected(ScannedRecord r) {
    int alleles = r.alleles();
    if (calls.length < alleles) {
      calls = new long[alleles * 2];
    }
    Arrays.fill(calls, 0, alleles, 0);
    calls[0] = 2L * (r.samples() - r.kept());
    long all = calls[0];
    for (int k = 0; k < r.kept(); k++) {
      if (!isMissing(r, k)) {
        calls[r.allele(k, 0)]++;
        calls[r.allele(k, r.known(k) - 1)]++;
        all += 2;
      }
    }
    double homozygous = 0;
    for (int a = 0; a < alleles; a++) {
      if (calls[a] == all) {
        return;
      }
      double frequency = (double) calls[a] / all;
      homozygous += frequency * frequency;
    }
    long fraction = (long) (homozygous * 0x1p53);
    sites[HET_RECORDS]++;
    long sum = expectedFraction + fraction;
    expectedWhole += sum >>> FRACTION;
    expectedFraction = sum & mask();
    for (int k = 0; k < r.kept(); k++) {
      int s = r.keptSample(k);
      if (isMissing(r, k)) {
        samples.add(s, HET_MISSING, 1);
        long missing = samples.get(s, HET_MISSING_FRACTION) + fraction;
        samples.add(s, HET_MISSING_WHOLE, missing >>> FRACTION);
        samples.add(s, HET_MISSING_FRACTION, (missing & mask()) - missing + fraction);
      } else if (r.allele(k, 0) != r.allele(k, r.known(k) - 1)) {
        samples.add(s, HETS, 1);
      }
    }
  }

  private static long mask() {
    return (1L << FRACTION) - 1;
  }

  /** {@return how many homozygotes are expected among a sample's genotypes} */
  double expectedHomozygous(int sample) {
    long whole = expectedWhole - samples.get(sample, HET_MISSING_WHOLE);
    return whole + (expectedFraction - samples.get(sample, HET_MISSING_FRACTION)) * 0x1p-53;
  }

  void add(PlinkTotals other) {
    for (int i = 0; i < SITES; i++) {
      sites[i] += other.sites[i];
    }
    long sum = expectedFraction + other.expectedFraction;
    expectedWhole += other.expectedWhole + (sum >>> FRACTION);
    expectedFraction = sum & mask();
    samples.add(other.samples);
    for (int s = 0; s < samples.samples().size(); s++) {
      long missing = samples.get(s, HET_MISSING_FRACTION);
      samples.add(s, HET_MISSING_WHOLE, missing >>> FRACTION);
      samples.add(s, HET_MISSING_FRACTION, (missing & mask()) - missing);
    }
  }

  void write(DataOutput out) throws IOException {
    Varints.writeAll(out, sites);
    Varints.write(out, expectedWhole);
    Varints.write(out, expectedFraction);
    samples.write(out);
  }

  static PlinkTotals read(DataInput in) throws IOException {
    PlinkTotals result = new PlinkTotals();
    System.arraycopy(Varints.readAll(in), 0, result.sites, 0, SITES);
    result.expectedWhole = Varints.read(in);
    result.expectedFraction = Varints.read(in);
    result.samples.readFrom(in);
    return result;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PlinkTotals that
        && Arrays.equals(sites, that.sites)
        && expectedWhole == that.expectedWhole
        && expectedFraction == that.expectedFraction
        && samples.equals(that.samples);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sites);
  }
}
