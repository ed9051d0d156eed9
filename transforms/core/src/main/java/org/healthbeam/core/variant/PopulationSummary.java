package org.healthbeam.core.variant;

import java.util.Objects;

/**
 * What the genotypes of a record come to for one of its alternate alleles in one population. The
 * counters are those of {@link VariantSummary}, over the population's samples only.
 *
 * @param contig the sequence
 * @param pos the place of the first base of {@code ref}, from 1
 * @param ref the reference allele
 * @param alt the alternate allele
 * @param population its name
 * @param nMissing genotypes without a known allele
 * @param nPartial genotypes with known and missing alleles
 * @param nHomRef two or more alleles, all reference
 * @param nHet two or more alleles, not all equal
 * @param nHomAlt two or more alleles, all this one
 * @param nHapRef one allele, the reference
 * @param nHapAlt one allele, an alternate
 * @param nCalled genotypes without a missing allele
 * @param ac how often the allele was called
 * @param an how many alleles were called
 * @param acSecond the calls of the population's second most common allele
 * @param diploidHom diploid homozygotes of this allele
 * @param diploidHet diploid genotypes with this allele and another
 * @param diploidRest diploid genotypes without this allele
 */
public record PopulationSummary(
    String contig,
    int pos,
    String ref,
    String alt,
    String population,
    int nMissing,
    int nPartial,
    int nHomRef,
    int nHet,
    int nHomAlt,
    int nHapRef,
    int nHapAlt,
    int nCalled,
    long ac,
    long an,
    long acSecond,
    int diploidHom,
    int diploidHet,
    int diploidRest) {

  /**
   * Refuses a sequence or a population that is null.
   *
   * @param contig the sequence
   * @param pos the place of the first base of {@code ref}, from 1
   * @param ref the reference allele
   * @param alt the alternate allele
   * @param population its name
   * @param nMissing genotypes without a known allele
   * @param nPartial genotypes with known and missing alleles
   * @param nHomRef two or more alleles, all reference
   * @param nHet two or more alleles, not all equal
   * @param nHomAlt two or more alleles, all this one
   * @param nHapRef one allele, the reference
   * @param nHapAlt one allele, an alternate
   * @param nCalled genotypes without a missing allele
   * @param ac how often the allele was called
   * @param an how many alleles were called
   * @param acSecond the calls of the population's second most common allele
   * @param diploidHom diploid homozygotes of this allele
   * @param diploidHet diploid genotypes with this allele and another
   * @param diploidRest diploid genotypes without this allele
   */
  public PopulationSummary {
    Objects.requireNonNull(contig, "contig");
    Objects.requireNonNull(population, "population");
  }

  /** {@return the allele's share of the called alleles; NaN if none was called} */
  public double af() {
    return VariantSummary.share(ac, an);
  }

  /**
   * {@return the second most common allele's share of the called alleles; NaN if none was called}
   */
  public double maf() {
    return VariantSummary.share(acSecond, an);
  }

  /**
   * Tests this allele against all others together.
   *
   * @return the test over the diploid genotypes of the population
   */
  public HardyWeinberg hardyWeinberg() {
    return HardyWeinberg.of(diploidRest, diploidHet, diploidHom);
  }

  /** Shows the population, and nothing of the genotypes. */
  @Override
  public String toString() {
    return "PopulationSummary(" + population + ")";
  }
}
