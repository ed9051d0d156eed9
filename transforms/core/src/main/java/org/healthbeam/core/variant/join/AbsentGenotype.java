package org.healthbeam.core.variant.join;

/** What a sample's genotype is where no record of its own speaks of the place. */
public enum AbsentGenotype {
  /** Nothing is known of it. */
  MISSING,
  /** It is taken to be two reference alleles: right only where all that was not written is. */
  REFERENCE
}
