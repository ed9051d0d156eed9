package org.healthbeam.core.variant;

import java.util.Objects;

/**
 * What the genotypes of a record come to for one of its alternate alleles.
 *
 * <p>{@code nHomAlt} and {@code ac} are this allele's; {@code nHet} and {@code nHapAlt} are the
 * record's, whatever the alternate, so that with {@code nHomAlt} summed over a record's rows every
 * genotype is counted once.
 *
 * @param contig the sequence
 * @param pos the place of the first base of {@code ref}, from 1
 * @param id the ID column
 * @param ref the reference allele
 * @param alt the alternate allele
 * @param type what it is
 * @param filter the FILTER column
 * @param qual phred-scaled; NaN where missing
 * @param nCalled genotypes without a missing allele
 * @param nMissing genotypes without a known allele
 * @param nPartial genotypes with known and missing alleles
 * @param nHomRef two or more alleles, all reference
 * @param nHet two or more alleles, not all equal
 * @param nHomAlt two or more alleles, all this one
 * @param nHapRef one allele, the reference
 * @param nHapAlt one allele, an alternate
 * @param ac how often the allele was called
 * @param an how many alleles were called
 * @param acSecond the calls of the second most common allele of the record
 * @param diploidHom diploid homozygotes of this allele
 * @param diploidHet diploid genotypes with this allele and another
 * @param diploidRest diploid genotypes without this allele
 * @param depth DP of called samples
 * @param quality GQ of called samples, in thousandths
 * @param novelty whether the allele is on the list of known ones
 */
public record VariantSummary(
    String contig,
    int pos,
    String id,
    String ref,
    String alt,
    AlleleType type,
    String filter,
    double qual,
    int nCalled,
    int nMissing,
    int nPartial,
    int nHomRef,
    int nHet,
    int nHomAlt,
    int nHapRef,
    int nHapAlt,
    long ac,
    long an,
    long acSecond,
    int diploidHom,
    int diploidHet,
    int diploidRest,
    Moments depth,
    Moments quality,
    Novelty novelty) {

  /** What the values of {@code quality} are multiples of, so that they are whole. */
  public static final int QUALITY_SCALE = GenotypeScan.GQ_SCALE;

  /**
   * Refuses a sequence, an alternate or a type that is null.
   *
   * @param contig the sequence
   * @param pos the place of the first base of {@code ref}, from 1
   * @param id the ID column
   * @param ref the reference allele
   * @param alt the alternate allele
   * @param type what it is
   * @param filter the FILTER column
   * @param qual phred-scaled; NaN where missing
   * @param nCalled genotypes without a missing allele
   * @param nMissing genotypes without a known allele
   * @param nPartial genotypes with known and missing alleles
   * @param nHomRef two or more alleles, all reference
   * @param nHet two or more alleles, not all equal
   * @param nHomAlt two or more alleles, all this one
   * @param nHapRef one allele, the reference
   * @param nHapAlt one allele, an alternate
   * @param ac how often the allele was called
   * @param an how many alleles were called
   * @param acSecond the calls of the second most common allele of the record
   * @param diploidHom diploid homozygotes of this allele
   * @param diploidHet diploid genotypes with this allele and another
   * @param diploidRest diploid genotypes without this allele
   * @param depth DP of called samples
   * @param quality GQ of called samples, in thousandths
   * @param novelty whether the allele is on the list of known ones
   */
  public VariantSummary {
    Objects.requireNonNull(contig, "contig");
    Objects.requireNonNull(alt, "alt");
    Objects.requireNonNull(type, "type");
  }

  /** {@return the allele's share of the called alleles; NaN if none was called} */
  public double af() {
    return share(ac, an);
  }

  /**
   * {@return the second most common allele's share of the called alleles; NaN if none was called}
   */
  public double maf() {
    return share(acSecond, an);
  }

  /** {@return the share of samples that were called; NaN if there are no samples} */
  public double callRate() {
    return share(nCalled, (long) nCalled + nMissing + nPartial);
  }

  /**
   * Tests this allele against all others together.
   *
   * @return the test over the diploid genotypes of the record
   */
  public HardyWeinberg hardyWeinberg() {
    return HardyWeinberg.of(diploidRest, diploidHet, diploidHom);
  }

  /** Shows what kind of allele it is, and nothing of the genotypes. */
  @Override
  public String toString() {
    return "VariantSummary(" + type.label() + ")";
  }

  static double share(long part, long whole) {
    return whole == 0 ? Double.NaN : (double) part / whole;
  }
}
