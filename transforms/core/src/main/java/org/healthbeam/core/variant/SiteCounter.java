package org.healthbeam.core.variant;

import java.util.List;
import java.util.Locale;

/**
 * The counters that a cohort and each of its regions have. A record counts where its POS is; only
 * {@link #CALLED_BASES} follows its span into other regions.
 */
public enum SiteCounter {
  /** Records that were counted. */
  RECORDS,
  /** Records without an alternate: monomorphic sites and reference blocks. */
  REFERENCE,
  /** Records with two alternates or more. */
  MULTIALLELIC,
  /** Alternate alleles, whether called or not. */
  ALLELES,
  /** Alternate alleles that are an {@link AlleleType#SNP}. */
  SNP,
  /** Alternate alleles that are an {@link AlleleType#INSERTION}. */
  INS,
  /** Alternate alleles that are a {@link AlleleType#DELETION}. */
  DEL,
  /** Alternate alleles that are an {@link AlleleType#MNP}. */
  MNP,
  /** Alternate alleles that are {@link AlleleType#COMPLEX}. */
  COMPLEX,
  /** Alternate alleles that are a {@link AlleleType#STAR}. */
  STAR,
  /** Symbolic alleles and breakends. */
  SYMBOLIC,
  /** SNPs that are transitions. */
  TI,
  /** SNPs that are transversions. */
  TV,
  /** Genotypes without a missing allele. */
  CALLED,
  /** Genotypes without a known allele. */
  MISSING,
  /** Genotypes with known and missing alleles. */
  PARTIAL,
  /** Genotypes of two or more alleles, all reference. */
  HOM_REF,
  /** Genotypes of two or more alleles, not all equal. */
  HET,
  /** Genotypes of two or more alleles, all the same alternate. */
  HOM_ALT,
  /** Genotypes of one allele, the reference. */
  HAP_REF,
  /** Genotypes of one allele, an alternate. */
  HAP_ALT,
  /** Alternate alleles called exactly once. */
  SINGLETON,
  /** Alternate alleles called in exactly one sample. */
  PRIVATE,
  /** Bases that records span, as far as they lie in the region, times the samples called. */
  CALLED_BASES,
  /** Alternate alleles whose stored INFO AC could be compared with the genotypes. */
  AC_COMPARED,
  /** Those whose stored AC is another. */
  AC_DISAGREES,
  /** Records whose stored INFO AN could be compared with the genotypes. */
  AN_COMPARED,
  /** Those whose stored AN is another. */
  AN_DISAGREES,
  /** Alternate alleles that are on the list of known ones; none if there is no list. */
  KNOWN,
  /** Known SNPs that are transitions. */
  KNOWN_TI,
  /** Known SNPs that are transversions. */
  KNOWN_TV;

  private static final List<SiteCounter> OF_KNOWN = List.of(KNOWN, KNOWN_TI, KNOWN_TV);

  private static final SiteCounter[] BY_TYPE = {
    SNP, MNP, INS, DEL, COMPLEX, STAR, SYMBOLIC, SYMBOLIC
  };
  private static final SiteCounter[] BY_CALL = {
    MISSING, PARTIAL, HOM_REF, HET, HOM_ALT, HAP_REF, HAP_ALT
  };

  /** {@return the counter of alleles of a type that {@link AlleleType#isVariant}} */
  static SiteCounter of(AlleleType type) {
    return BY_TYPE[type.index()];
  }

  static SiteCounter of(Call call) {
    return BY_CALL[call.index()];
  }

  /**
   * {@return the place in arrays that have one cell for each; arrays are never kept longer than a
   * run}
   */
  @SuppressWarnings("EnumOrdinal")
  int index() {
    return ordinal();
  }

  /** {@return whether it counts only where there is a list of known alleles} */
  public boolean isOfKnown() {
    return OF_KNOWN.contains(this);
  }

  /** {@return the name as it stands in files} */
  public String label() {
    return (this == CALLED_BASES ? "" : "n_") + name().toLowerCase(Locale.ROOT);
  }
}
