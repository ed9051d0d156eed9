package org.healthbeam.core.variant;

/** A table of samples has none of the samples of the records; names are not shown. */
public final class UnknownSamplesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownSamplesException(String table, int samples) {
    super(
        "None of the %d samples of the records has a population in %s; the first column must have"
                .formatted(samples, table)
            + " the names that stand in the VCF's header");
  }
}
