package org.healthbeam.core.variant.vcf;

/** What a broken {@link VcfRule} costs. */
public enum Severity {
  /** The file cannot be read: it is rejected, or the run fails if it is strict. */
  FILE,
  /** What the record says cannot be told: it is rejected or repaired, or the run fails. */
  RECORD,
  /**
   * A value or a declaration from which nothing is counted is wrong: a remark, and the declaration
   * is not used; the run fails if it is strict.
   */
  VALUE,
  /** Nothing is lost by it: a remark, even if the run is strict. */
  NOTICE
}
