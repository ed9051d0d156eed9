package org.healthbeam.core.variant.compat;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.annotation.Nullable;
import org.healthbeam.core.variant.LineFields;
import org.healthbeam.core.variant.ScannedRecord;
import org.healthbeam.core.variant.Varints;

/**
 * What {@code bcftools stats -s -} counts, by the rules of bcftools 1.16, in whole numbers that
 * merge in any order. {@link BcftoolsStats} prints it.
 *
 * <p>Its size is {@value #WIDTH} longs for a sample, 2,000 more, and one for each pair of a
 * frequency bin (as many as samples, at least 100) and a heterozygosity bin that came.
 */
final class BcftoolsTotals {
  // Records, by what they have.
  static final int RECORDS = 0;
  static final int NO_ALTS = 1;
  static final int SNPS = 2;
  static final int MNPS = 3;
  static final int INDELS = 4;
  static final int OTHERS = 5;
  static final int MULTIALLELIC = 6;
  static final int MULTIALLELIC_SNPS = 7;
  static final int GENOTYPED = 8;
  static final int TS_FIRST = 9;
  static final int TV_FIRST = 10;
  private static final int SITES = 11;

  // By sample.
  static final int NOT_HOM_REF = 0;
  static final int HOM_ALT = 1;
  static final int HETS = 2;
  static final int TS = 3;
  static final int TV = 4;
  static final int SAMPLE_INDELS = 5;
  static final int DEPTHS = 6;
  static final int DEPTH_SUM = 7;
  static final int SINGLETONS = 8;
  static final int HAP_REF = 9;
  static final int HAP_ALT = 10;
  static final int MISSING = 11;
  static final int INS_HETS = 12;
  static final int DEL_HETS = 13;
  static final int INS_HOMS = 14;
  static final int DEL_HOMS = 15;
  private static final int WIDTH = 16;

  static final int MAX_INDEL = 60;
  static final int MAX_DEPTH = 500;
  static final int HET_BINS = 100;
  private static final int LEAST_AF_BINS = 101;

  /** Fractions are summed as multiples of 2^-53: exactly, as far as a float of 2^-30 needs. */
  private static final int FRACTION = 53;

  final long[] sites = new long[SITES];
  final long[] substitutions = new long[16];
  final Counts afTs = new Counts();
  final Counts afTv = new Counts();
  final Counts afIndels = new Counts();
  final Counts qualTs = new Counts();
  final Counts qualTv = new Counts();
  final Counts qualIndels = new Counts();
  final Counts hets = new Counts();

  /** By length, deletions first; {@link #MAX_INDEL} is where it would be 0. */
  final long[] indelSites = new long[2 * MAX_INDEL + 1];

  final long[] vafN = new long[2 * MAX_INDEL + 1];
  private final long[] vafWhole = new long[2 * MAX_INDEL + 1];
  private final long[] vafFraction = new long[2 * MAX_INDEL + 1];

  /** From 1: by depth from 0; first below 0, last beyond {@link #MAX_DEPTH}. */
  final long[] depths = new long[MAX_DEPTH + 3];

  final long[] siteDepths = new long[MAX_DEPTH + 3];
  final SampleCells samples = new SampleCells(WIDTH);

  // The record that is counted.
  private int[] types = new int[4];
  private int[] af = new int[4];
  private int[] allelic = new int[4];
  private final BcftoolsGenotype genotype = new BcftoolsGenotype();

  void expect(List<String> names, String file) {
    samples.expect(names, file);
  }

  /** {@return how many bins of allele frequency there are, the one of singletons included} */
  int afBins() {
    return Math.max(LEAST_AF_BINS, samples.samples().size() + 1);
  }

  void add(ScannedRecord r) {
    int alleles = r.alleles();
    if (types.length < alleles) {
      types = new int[alleles * 2];
      af = new int[alleles * 2];
      allelic = new int[alleles * 2];
    }
    int type = 0;
    for (int i = 1; i < alleles; i++) {
      types[i] = HtslibType.of(r.ref(), r.alternate(i));
      type |= types[i];
    }
    setFrequencies(r);
    sites[RECORDS]++;
    sites[NO_ALTS] += type == HtslibType.REF ? 1 : 0;
    sites[SNPS] += has(type, HtslibType.SNP);
    sites[MNPS] += has(type, HtslibType.MNP);
    sites[INDELS] += has(type, HtslibType.INDEL);
    sites[OTHERS] += has(type, HtslibType.OTHER);
    sites[MULTIALLELIC] += alleles > 2 ? 1 : 0;
    sites[MULTIALLELIC_SNPS] += alleles > 2 && type == HtslibType.SNP ? 1 : 0;
    addSubstitutions(r, type);
    addIndels(r, type);
    if (r.samples() > 0) {
      addSamples(r, type);
    }
    String dp = r.fields().info("DP");
    if (dp != null && dp.matches("[+-]?[0-9]{1,9}")) {
      siteDepths[depthBin(Integer.parseInt(dp))]++;
    }
  }

  private static int has(int type, int what) {
    return (type & what) == 0 ? 0 : 1;
  }

  /**
   * Sets the bin of each alternate's frequency: 0 for singletons and where nothing is known. AC and
   * AN of INFO come before the genotypes, and where AC has not a number for each alternate nothing
   * is known.
   */
  private void setFrequencies(ScannedRecord r) {
    int alleles = r.alleles();
    if (r.storedAn() >= 0 && hasOtherNumber(r.fields().info("AC"), alleles - 1)) {
      Arrays.fill(af, 0, alleles, 0);
      return;
    }
    boolean stored = r.storedAn() >= 0 && alleles > 1;
    for (int i = 1; i < alleles; i++) {
      stored &= r.storedAc(i) >= 0;
    }
    long an = stored ? r.storedAn() : 0;
    for (int i = 0; i < alleles && !stored; i++) {
      an += r.ac(i);
    }
    for (int i = 1; i < alleles; i++) {
      long ac = stored ? r.storedAc(i) : r.ac(i);
      if (ac == 1 || !(stored || r.hasGenotypes())) {
        af[i] = 0;
      } else if (an == 0) {
        af[i] = 1;
      } else {
        float frequency = Math.min(1, (float) ac / (float) an);
        af[i] = 1 + (int) (frequency * (afBins() - 2));
      }
    }
  }

  private static boolean hasOtherNumber(@Nullable String values, int expected) {
    return values != null && values.chars().filter(c -> c == ',').count() + 1 != expected;
  }

  private void addSubstitutions(ScannedRecord r, int type) {
    int ref = HtslibType.base(r.ref());
    if (has(type, HtslibType.SNP) == 0 || ref < 0) {
      return;
    }
    for (int i = 1; i < r.alleles(); i++) {
      int alt = HtslibType.base(r.alternate(i));
      if (has(types[i], HtslibType.SNP) == 0 || alt < 0 || alt == ref) {
        continue;
      }
      substitutions[4 * ref + alt]++;
      boolean transition = isTransition(ref, alt);
      (transition ? afTs : afTv).add(af[i], 1);
      if (i == 1) {
        sites[transition ? TS_FIRST : TV_FIRST]++;
        (transition ? qualTs : qualTv).add(qualBin(r.qual()), 1);
      }
    }
  }

  private static boolean isTransition(int ref, int alt) {
    return Math.abs(ref - alt) == 2;
  }

  private void addIndels(ScannedRecord r, int type) {
    if (has(type, HtslibType.INDEL) == 0) {
      return;
    }
    qualIndels.add(qualBin(r.qual()), 1);
    for (int i = 1; i < r.alleles(); i++) {
      if (has(types[i], HtslibType.INDEL) == 1) {
        afIndels.add(af[i], 1);
        indelSites[lengthBin(r, i)]++;
      }
    }
  }

  private static int length(ScannedRecord r, int allele) {
    return r.alternate(allele).length() - r.ref().length();
  }

  private static int lengthBin(ScannedRecord r, int allele) {
    return MAX_INDEL + Math.max(-MAX_INDEL, Math.min(MAX_INDEL, length(r, allele)));
  }

  /** Bins of a tenth up to 10,000, then with ever fewer; 0 is missing. */
  private static long qualBin(double qual) {
    float q = (float) qual;
    long value = Float.isNaN(q) || q < 0 ? 0 : 1 + (long) (int) (q * 10);
    long step = 1;
    for (long limit = 100_000; value >= limit * 10; limit *= 10) {
      step *= 10;
    }
    return value <= 100_000 ? value : value / (step * 10) * (step * 10);
  }

  private static int depthBin(int depth) {
    return depth < 0 ? 0 : Math.min(depth, MAX_DEPTH + 1) + 1;
  }

  private void addSamples(ScannedRecord r, int type) {
    if (r.hasGenotypes()) {
      addGenotypes(r, type);
    }
    LineFields fields = r.fields();
    int ad = r.hasDepth() ? -1 : fields.formatKey("AD");
    if (!r.hasDepth() && ad < 0) {
      return;
    }
    for (int s = 0; s < r.samples(); s++) {
      int depth = r.hasDepth() ? r.dp(s) : sum(fields, s, ad, r.alleles());
      if (depth >= 0) {
        depths[depthBin(depth)]++;
        samples.add(s, DEPTHS, 1);
        samples.add(s, DEPTH_SUM, depth);
      }
    }
  }

  private int sum(LineFields fields, int sample, int ad, int alleles) {
    int sum = -1;
    int n = fields.numbers(sample, ad, allelic);
    for (int i = 0; i < Math.min(n, alleles); i++) {
      sum = allelic[i] < 0 ? sum : Math.max(sum, 0) + allelic[i];
    }
    return sum;
  }

  private void addGenotypes(ScannedRecord r, int type) {
    sites[GENOTYPED]++;
    LineFields fields = has(type, HtslibType.INDEL) == 1 ? r.fields() : null;
    int ad = fields == null ? -1 : fields.formatKey("AD");
    int het = 0;
    int homAlt = 0;
    int notHomRef = 0;
    int lastWithAlternate = -1;
    int withAlternate = 0;
    for (int k = 0; k < r.kept(); k++) {
      int s = r.keptSample(k);
      genotype.read(r, k);
      switch (genotype.kind) {
        case HOM_REF -> {
          continue;
        }
        case UNKNOWN -> samples.add(s, MISSING, 1);
        case HAPLOID_REF -> samples.add(s, HAP_REF, 1);
        case HAPLOID_ALT -> samples.add(s, HAP_ALT, 1);
        default -> {
          withAlternate++;
          lastWithAlternate = s;
          het += genotype.kind == BcftoolsGenotype.Kind.HET_REF ? 1 : 0;
          homAlt += genotype.kind == BcftoolsGenotype.Kind.HET_REF ? 0 : 1;
          if (addAlternates(r, s) && ad >= 0 && genotype.kind != BcftoolsGenotype.Kind.HOM_ALT) {
            addFractions(r, s, fields, ad);
          }
        }
      }
      notHomRef++;
      samples.add(s, NOT_HOM_REF, 1);
    }
    if (withAlternate == 1) {
      samples.add(lastWithAlternate, SINGLETONS, 1);
    }
    int homRef = r.samples() - notHomRef;
    int all = homRef + het + homAlt;
    if (all > 0) {
      int bin = (int) ((float) het / all * (HET_BINS - 1));
      hets.add((r.alleles() > 1 ? (long) HET_BINS * af[1] : 0) + bin, 1);
    }
  }

  /** Counts a genotype of two alleles or more with an alternate; says whether it is an indel's. */
  private boolean addAlternates(ScannedRecord r, int s) {
    BcftoolsGenotype.Kind kind = genotype.kind;
    int first = genotype.first;
    int second = genotype.second;
    boolean homozygous = kind == BcftoolsGenotype.Kind.HOM_ALT;
    int type = types[first] | (second > 0 ? types[second] : 0);
    if (has(type, HtslibType.SNP) == 1 || type == HtslibType.REF) {
      samples.add(s, homozygous ? HOM_ALT : HETS, 1);
      if (has(types[first], HtslibType.SNP) == 1) {
        int alt = HtslibType.base(r.alternate(first));
        if (alt < 0) {
          return false;
        }
        samples.add(s, isTransition(HtslibType.base(r.ref()), alt) ? TS : TV, 1);
      }
    }
    if (has(type, HtslibType.INDEL) == 0) {
      return false;
    }
    samples.add(s, SAMPLE_INDELS, 1);
    if (homozygous) {
      samples.add(s, length(r, first) < 0 ? DEL_HOMS : INS_HOMS, 1);
      return true;
    }
    boolean deletion = false;
    boolean insertion = false;
    for (int allele : new int[] {first, second}) {
      if (allele > 0 && has(types[allele], HtslibType.INDEL) == 1) {
        deletion |= length(r, allele) < 0;
        insertion |= length(r, allele) > 0;
      }
    }
    samples.add(s, DEL_HETS, deletion ? 1 : 0);
    samples.add(s, INS_HETS, insertion ? 1 : 0);
    return true;
  }

  /** Counts an indel's share of the reads that have one of the genotype's two alleles. */
  private void addFractions(ScannedRecord r, int s, LineFields fields, int ad) {
    int n = fields.numbers(s, ad, allelic);
    int first = genotype.first;
    int second = genotype.second;
    if (first >= n || second >= n || allelic[first] < 0 || allelic[second] < 0) {
      return;
    }
    for (int allele : new int[] {first, second}) {
      int reads = allelic[first] + allelic[second];
      if (allele > 0 && has(types[allele], HtslibType.INDEL) == 1 && reads > 0) {
        float share = (float) allelic[allele] / reads;
        int bin = lengthBin(r, allele);
        vafN[bin]++;
        addFraction(bin, 0, (long) (share * 0x1p53));
      }
    }
  }

  private void addFraction(int bin, long whole, long fraction) {
    long sum = vafFraction[bin] + fraction;
    vafWhole[bin] += whole + (sum >>> FRACTION);
    vafFraction[bin] = sum & ((1L << FRACTION) - 1);
  }

  /** {@return the mean share of reads that have an indel of this length} */
  double meanFraction(int bin) {
    return (vafWhole[bin] + vafFraction[bin] * 0x1p-53) / vafN[bin];
  }

  void add(BcftoolsTotals other) {
    long[][] mine = arrays();
    long[][] others = other.arrays();
    for (int a = 0; a < mine.length; a++) {
      for (int i = 0; i < mine[a].length; i++) {
        mine[a][i] += others[a][i];
      }
    }
    for (int bin = 0; bin < vafWhole.length; bin++) {
      addFraction(bin, other.vafWhole[bin], other.vafFraction[bin]);
    }
    Counts[] here = counts();
    Counts[] there = other.counts();
    for (int i = 0; i < here.length; i++) {
      here[i].add(there[i]);
    }
    samples.add(other.samples);
  }

  private long[][] arrays() {
    return new long[][] {sites, substitutions, indelSites, vafN, depths, siteDepths};
  }

  private Counts[] counts() {
    return new Counts[] {afTs, afTv, afIndels, qualTs, qualTv, qualIndels, hets};
  }

  void write(DataOutput out) throws IOException {
    for (long[] array : arrays()) {
      Varints.writeAll(out, array);
    }
    Varints.writeAll(out, vafWhole);
    Varints.writeAll(out, vafFraction);
    for (Counts c : counts()) {
      c.write(out);
    }
    samples.write(out);
  }

  static BcftoolsTotals read(DataInput in) throws IOException {
    BcftoolsTotals result = new BcftoolsTotals();
    for (long[] array : result.arrays()) {
      System.arraycopy(Varints.readAll(in), 0, array, 0, array.length);
    }
    System.arraycopy(Varints.readAll(in), 0, result.vafWhole, 0, result.vafWhole.length);
    System.arraycopy(Varints.readAll(in), 0, result.vafFraction, 0, result.vafFraction.length);
    for (Counts c : result.counts()) {
      c.readFrom(in);
    }
    result.samples.readFrom(in);
    return result;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BcftoolsTotals that
        && Arrays.deepEquals(arrays(), that.arrays())
        && Arrays.equals(vafWhole, that.vafWhole)
        && Arrays.equals(vafFraction, that.vafFraction)
        && Arrays.equals(counts(), that.counts())
        && samples.equals(that.samples);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sites);
  }
}
