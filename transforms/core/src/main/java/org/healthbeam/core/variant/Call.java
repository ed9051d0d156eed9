package org.healthbeam.core.variant;

/** What one sample's genotype is; every genotype is exactly one of these. */
enum Call {
  /** No allele is known, or there is no genotype. */
  MISSING,
  /** Some alleles are known and some are not: {@code ./1}. */
  PARTIAL,
  /** Two or more alleles, all the reference. */
  HOM_REF,
  /** Two or more alleles, not all equal. */
  HET,
  /** Two or more alleles, all the same alternate. */
  HOM_ALT,
  /** One allele, the reference. */
  HAP_REF,
  /** One allele, an alternate. */
  HAP_ALT;

  /** Without the copy that {@code values()} makes. */
  private static final Call[] ALL = values();

  static Call at(int index) {
    return ALL[index];
  }

  static int count() {
    return ALL.length;
  }

  /**
   * {@return the place in arrays that have one cell for each; arrays are never kept longer than a
   * run}
   */
  @SuppressWarnings("EnumOrdinal")
  int index() {
    return ordinal();
  }

  boolean isCalled() {
    return this != MISSING && this != PARTIAL;
  }
}
