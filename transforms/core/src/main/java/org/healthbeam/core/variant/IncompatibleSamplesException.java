package org.healthbeam.core.variant;

/** Files with other samples than the rest were to be summarised together; names are not shown. */
public final class IncompatibleSamplesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says how many samples each of the two has; the lesser number comes first, whichever file did.
   *
   * @param file one of the two, as it is called in messages
   * @param some how many samples one of them has
   * @param others how many the other one has
   */
  public IncompatibleSamplesException(String file, int some, int others) {
    super(
        ("%s and another file do not have the same samples (%d and %d of them); files that are"
                + " summarised together must be parts of one cohort, for example by chromosome;"
                + " --joinSamples=true (Variants.joinSamples) joins files of other samples")
            .formatted(file, Math.min(some, others), Math.max(some, others)));
  }
}
