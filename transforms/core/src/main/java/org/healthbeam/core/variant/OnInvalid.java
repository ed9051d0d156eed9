package org.healthbeam.core.variant;

/** What becomes of a record that breaks a rule of the format. */
public enum OnInvalid {
  /** The run fails, with file and line. */
  STRICT,
  /** The record is rejected, the rest goes on. */
  SKIP,
  /**
   * What is {@link org.healthbeam.core.variant.vcf.VcfRule#isRepairable repairable} is set right,
   * whatever else is rejected.
   */
  REPAIR
}
