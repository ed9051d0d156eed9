package org.healthbeam.core.variant;

/** What a genotype is that failed a filter of its own, as FT says (VCF 4.5, 1.6.2). */
public enum FailedGenotypes {
  /** What GT says; FT is not looked at. */
  KEEP,
  /** Unknown, with its DP and GQ. An FT of {@code PASS}, of a dot, or without a value is none. */
  MISSING
}
