package org.healthbeam.samples.cohort;

import java.util.List;

/**
 * One record to be: where it is, its alleles, and how common each alternate is in each population.
 *
 * @param frequencies by population, then by alternate; a star allele's stand at zero, as its
 *     carriers follow from the deletion upstream
 */
record Site(
    Genome.Contig contig,
    int position,
    String reference,
    List<String> alternates,
    List<double[]> frequencies,
    Mating mating,
    double missing,
    double depthFactor,
    Trouble trouble) {

  /** How the two alleles of a person relate. */
  enum Mating {
    RANDOM,
    /** Nearly everybody is heterozygous, as where two copies of a gene are read as one. */
    EXCESS_HETEROZYGOUS,
    /** Nobody is, as where one allele drops out. */
    NO_HETEROZYGOUS
  }

  /** What a filter says, or would have to say. */
  enum Trouble {
    NONE,
    LOW_QUALITY,
    CLUSTER,
    UNFILTERED
  }

  /** Returns the last position that the reference allele covers. */
  int end() {
    return position + reference.length() - 1;
  }

  /** Returns the index of the star among the alleles, or -1. */
  int star() {
    int index = alternates.indexOf("*");
    return index < 0 ? -1 : index + 1;
  }

  /** Returns whether this allele takes away the bases after the first. */
  boolean deletes(int allele) {
    return allele > 0
        && reference.length() > 1
        && alternates.get(allele - 1).length() == 1
        && !alternates.get(allele - 1).equals("*");
  }
}
