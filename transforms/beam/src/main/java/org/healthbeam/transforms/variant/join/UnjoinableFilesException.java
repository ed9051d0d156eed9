package org.healthbeam.transforms.variant.join;

/** Files cannot be joined by sample; the message names files, and no sample. */
public final class UnjoinableFilesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private UnjoinableFilesException(String message) {
    super(message);
  }

  static UnjoinableFilesException noSample(String file) {
    return new UnjoinableFilesException(
        file + " has no sample; only files with a sample, or several, are joined");
  }

  static UnjoinableFilesException sameSample(String one, String other) {
    return new UnjoinableFilesException(
        one
            + " and "
            + other
            + " have the same sample on the same sequence; a sample may come in several files only"
            + " if each has other sequences");
  }

  static UnjoinableFilesException twoSequences(String one, String other, String name) {
    return new UnjoinableFilesException(
        "%s and %s call two sequences %s: one of them has the length of NC_001807.4 (hg19)"
            .formatted(one, other, name));
  }

  static UnjoinableFilesException unknownWithdrawn() {
    return new UnjoinableFilesException("A name among the withdrawn samples is in no file");
  }
}
