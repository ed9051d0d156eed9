package org.healthbeam.core.variant;

import java.util.Arrays;

/** One record of a VCF while it is being counted; one object serves all records in turn. */
public final class ScannedRecord {
  static final int NO_SUBSTITUTION = -1;

  final GenotypeScan genotypes;
  String contig = "";
  int pos;
  String id = "";
  String ref = "";
  boolean refRepaired;
  String filter = "";
  double qual;
  int end;
  boolean onlyReference;

  // By allele, from 1; 0 is the reference.
  String[] alleles = new String[4];
  AlleleType[] types = new AlleleType[4];
  int[] substitutions = new int[4];
  Novelty[] novelty = new Novelty[4];
  long[] storedAc = new long[4];
  boolean hasStoredAc;
  boolean hasStoredAn;
  long storedAn;

  byte[] line = {};
  int lineFrom;
  int firstSample;
  int lineEnd;

  ScannedRecord(GenotypeScan genotypes) {
    this.genotypes = genotypes;
  }

  void setAlternate(int i, String alt) {
    if (i >= alleles.length) {
      int length = 2 * i;
      alleles = Arrays.copyOf(alleles, length);
      types = Arrays.copyOf(types, length);
      substitutions = Arrays.copyOf(substitutions, length);
      novelty = Arrays.copyOf(novelty, length);
      storedAc = Arrays.copyOf(storedAc, length);
    }
    alleles[i] = alt;
    novelty[i] = Novelty.NOT_ASKED;
    types[i] = AlleleType.of(ref, alt);
    substitutions[i] =
        types[i] == AlleleType.SNP ? AlleleType.substitution(ref, alt) : NO_SUBSTITUTION;
  }

  /** Says how many alleles there are, once all are set. */
  void setAlleles(int count) {
    onlyReference = true;
    for (int i = 1; i < count; i++) {
      onlyReference &= !types[i].isVariant();
    }
  }

  /** {@return how many bases the record spans: by END in a reference block, else REF} */
  long span() {
    return Math.max((long) end - pos + 1, ref.length());
  }

  /** {@return the span of the sample that spans most, by LEN, or the record's if it is longer} */
  long longestSpan() {
    long longest = span();
    for (int s = 0; genotypes.hasLength && s < genotypes.samples; s++) {
      longest = Math.max(longest, genotypes.len[s]);
    }
    return longest;
  }

  /** {@return the bases of its span between these, counted from 0, times the samples called} */
  long calledBases(long from, long to) {
    GenotypeScan g = genotypes;
    int called = g.samples - g.calls[Call.MISSING.index()] - g.calls[Call.PARTIAL.index()];
    if (!g.hasLength) {
      return called * within(span(), from, to);
    }
    long bases = 0;
    int next = 0;
    for (int s = 0; s < g.samples; s++) {
      boolean isCalled = true;
      if (next < g.kept && g.keptSample[next] == s) {
        isCalled = Call.at(g.keptCall[next++]).isCalled();
      }
      if (isCalled) {
        bases += within(g.len[s] >= 0 ? g.len[s] : span(), from, to);
      }
    }
    return bases;
  }

  private static long within(long length, long from, long to) {
    return Math.max(0, Math.min(length, to) - from);
  }

  /** {@return the one alternate that is counted, or 0 if there is none or more than one} */
  int onlyVariant() {
    int only = 0;
    for (int i = 1; i < genotypes.alleles; i++) {
      if (types[i].isVariant()) {
        if (only > 0) {
          return 0;
        }
        only = i;
      }
    }
    return only;
  }

  VariantSummary summary(int allele, Moments depth, Moments quality) {
    GenotypeScan g = genotypes;
    int missing = g.calls[Call.MISSING.index()];
    int partial = g.calls[Call.PARTIAL.index()];
    return new VariantSummary(
        contig,
        pos,
        id,
        ref,
        alleles[allele],
        types[allele],
        filter,
        qual,
        g.samples - missing - partial,
        missing,
        partial,
        g.calls[Call.HOM_REF.index()],
        g.calls[Call.HET.index()],
        g.hom[allele],
        g.calls[Call.HAP_REF.index()],
        g.calls[Call.HAP_ALT.index()],
        g.ac[allele],
        g.an,
        second(),
        g.diploidHom[allele],
        g.diploidHet[allele],
        g.diploid - g.diploidHom[allele] - g.diploidHet[allele],
        depth,
        quality,
        novelty[allele]);
  }

  private long second() {
    long first = 0;
    long second = 0;
    for (int i = 0; i < genotypes.alleles; i++) {
      long ac = genotypes.ac[i];
      if (ac > first) {
        second = first;
        first = ac;
      } else if (ac > second) {
        second = ac;
      }
    }
    return second;
  }

  /** {@return CHROM, as it stands in the line} */
  public String contig() {
    return contig;
  }

  /** {@return POS, from 1; 0 is the telomere} */
  public int pos() {
    return pos;
  }

  /** {@return ID, with semicolons between several; a dot where missing} */
  public String id() {
    return id;
  }

  /** {@return REF, as it stands in the line or as it was repaired} */
  public String ref() {
    return ref;
  }

  /** {@return QUAL; NaN where missing} */
  public double qual() {
    return qual;
  }

  /** {@return how many alleles there are, the reference included} */
  public int alleles() {
    return genotypes.alleles;
  }

  /**
   * {@return an alternate, counted from 1}
   *
   * @param i up to the number of alternates
   */
  public String alternate(int i) {
    return alleles[i];
  }

  /**
   * {@return the calls of an allele, half-missing genotypes included}
   *
   * @param allele 0 for the reference, from 1 for the alternates
   */
  public long ac(int allele) {
    return genotypes.ac[allele];
  }

  /**
   * {@return what INFO AC says of an alternate; -1 if it does not say}
   *
   * @param allele which alternate, from 1
   */
  public long storedAc(int allele) {
    return hasStoredAc ? storedAc[allele] : -1;
  }

  /** {@return what INFO AN says; -1 if it does not say} */
  public long storedAn() {
    return hasStoredAn ? storedAn : -1;
  }

  /** {@return the number of samples} */
  public int samples() {
    return genotypes.samples;
  }

  /** {@return whether there are samples, and FORMAT has GT} */
  public boolean hasGenotypes() {
    return genotypes.counted;
  }

  /** {@return how many genotypes are kept: all but the diploid homozygotes of the reference} */
  public int kept() {
    return genotypes.kept;
  }

  /**
   * {@return whose the {@code k}-th kept genotype is; they are in the order of the samples}
   *
   * @param k from 0
   */
  public int keptSample(int k) {
    return genotypes.keptSample[k];
  }

  /**
   * {@return whether the {@code k}-th kept genotype has no missing allele}
   *
   * @param k from 0
   */
  public boolean isCalled(int k) {
    return Call.at(genotypes.keptCall[k]).isCalled();
  }

  /**
   * {@return how many alleles of the {@code k}-th kept genotype are known}
   *
   * @param k from 0
   */
  public int known(int k) {
    return genotypes.keptFrom[k + 1] - genotypes.keptFrom[k];
  }

  /**
   * {@return the {@code i}-th known allele of the {@code k}-th kept genotype}
   *
   * @param k from 0
   * @param i from 0, up to {@link #known} less one
   */
  public int allele(int k, int i) {
    return genotypes.keptAlleles[genotypes.keptFrom[k] + i];
  }

  /**
   * {@return a sample's DP; -1 where missing}
   *
   * @param sample its place in the header, from 0
   */
  public int dp(int sample) {
    return genotypes.hasDepth ? genotypes.dp[sample] : -1;
  }

  /**
   * {@return a sample's GQ in thousandths; -1 where missing}
   *
   * @param sample its place in the header, from 0
   */
  public long gq(int sample) {
    return genotypes.hasQuality ? genotypes.gq[sample] : -1;
  }

  /** {@return whether FORMAT has DP} */
  public boolean hasDepth() {
    return genotypes.hasDepth;
  }

  /** {@return a reader of what the record's line has and is not counted here} */
  public LineFields fields() {
    return new LineFields(line, lineFrom, firstSample, lineEnd);
  }
}
