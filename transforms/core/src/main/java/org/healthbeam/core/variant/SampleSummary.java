package org.healthbeam.core.variant;

/**
 * What one sample's genotypes come to. Alleles of each type are counted, not genotypes: a
 * homozygote has two.
 *
 * @param sample the name
 * @param nCalled genotypes without a missing allele
 * @param nMissing genotypes without a known allele
 * @param nPartial genotypes with known and missing alleles
 * @param nHomRef two or more alleles, all reference
 * @param nHet two or more alleles, not all equal
 * @param nHomAlt two or more alleles, all the same alternate
 * @param nHapRef one allele, the reference
 * @param nHapAlt one allele, an alternate
 * @param nSnp alternate alleles that are a {@link AlleleType#SNP}
 * @param nIns alternate alleles that are an {@link AlleleType#INSERTION}
 * @param nDel alternate alleles that are a {@link AlleleType#DELETION}
 * @param nMnp alternate alleles that are an {@link AlleleType#MNP}
 * @param nComplex alternate alleles that are {@link AlleleType#COMPLEX}
 * @param nStar alternate alleles that are a {@link AlleleType#STAR}
 * @param nSymbolic symbolic alternate alleles and breakends
 * @param nTi SNPs that are transitions
 * @param nTv SNPs that are transversions
 * @param singletons alternate alleles that are called once in all samples, and here
 * @param privates alternate alleles that no other sample has
 * @param expectedHet sum of the expected heterozygosity over the sites that {@code inbreeding} uses
 * @param observedHet heterozygotes at these sites
 * @param sites how many they are
 * @param dpMean mean DP of the called genotypes; NaN if none has one
 * @param dpSd its standard deviation, of the population
 * @param gqMean mean GQ of the called genotypes; NaN if none has one
 * @param gqSd its standard deviation, of the population
 * @param nKnown alternate alleles that are on the list of known ones; so of SNPs, by transition and
 *     transversion
 * @param nTiKnown {@code nTi} of the known SNPs
 * @param nTvKnown {@code nTv} of the known SNPs
 */
public record SampleSummary(
    String sample,
    long nCalled,
    long nMissing,
    long nPartial,
    long nHomRef,
    long nHet,
    long nHomAlt,
    long nHapRef,
    long nHapAlt,
    long nSnp,
    long nIns,
    long nDel,
    long nMnp,
    long nComplex,
    long nStar,
    long nSymbolic,
    long nTi,
    long nTv,
    long singletons,
    long privates,
    double expectedHet,
    long observedHet,
    long sites,
    double dpMean,
    double dpSd,
    double gqMean,
    double gqSd,
    long nKnown,
    long nTiKnown,
    long nTvKnown) {

  /** Shows neither name nor genotypes. */
  @Override
  public String toString() {
    return "SampleSummary";
  }

  /** {@return the share of genotypes without a missing allele; NaN if there is no genotype} */
  public double callRate() {
    return VariantSummary.share(nCalled, nCalled + nMissing + nPartial);
  }

  /** {@return transitions by transversions, as alleles; NaN if there is no transversion} */
  public double tiTv() {
    return VariantSummary.share(nTi, nTv);
  }

  /** {@return heterozygotes by homozygotes of an alternate} */
  public double hetHom() {
    return VariantSummary.share(nHet, nHomAlt);
  }

  /** {@return alternate alleles that are bases and not known; all of them without a list} */
  public long nNovel() {
    return nSnp + nIns + nDel + nMnp + nComplex - nKnown;
  }

  /** {@return {@link #tiTv} of the known SNPs} */
  public double tiTvKnown() {
    return VariantSummary.share(nTiKnown, nTvKnown);
  }

  /** {@return {@link #tiTv} of the SNPs that are not known} */
  public double tiTvNovel() {
    return VariantSummary.share(nTi - nTiKnown, nTv - nTvKnown);
  }

  /** {@return insertions by deletions, as alleles; NaN if there is no deletion} */
  public double insDel() {
    return VariantSummary.share(nIns, nDel);
  }

  /** {@return {@code 1 − observed/expected} heterozygotes; NaN where none are expected} */
  public double inbreeding() {
    return expectedHet > 0 ? 1 - observedHet / expectedHet : Double.NaN;
  }
}
