package org.healthbeam.core.variant;

/** Files with other samples than the rest were to be summarised together; names are not shown. */
public final class IncompatibleSamplesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public IncompatibleSamplesException(String file, int some, int others) {
    super(
        ("%s and another file do not have the same samples (%d and %d of them); files that are"
                + " summarised together must be parts of one cohort, for example by chromosome;"
                + " --joinSamples=true (Variants.joinSamples) joins files of other samples")
            .formatted(file, Math.min(some, others), Math.max(some, others)));
  }
}
