package org.healthbeam.core.variant.compat;

import java.util.Locale;

/** A tool whose columns can be given. */
public enum Compat {
  /** {@code bcftools stats -s -} and {@code bcftools +fill-tags}, of version 1.16. */
  BCFTOOLS,
  /** {@code --freq --missing --hardy --het --sample-counts} of PLINK 2.00a3.5. */
  PLINK2,
  /** {@code variant_qc} and {@code sample_qc} of Hail 0.2, by its documentation. */
  HAIL;

  /** {@return the name as it stands in options and file names} */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
