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

  static UnjoinableFilesException unknownWithdrawn() {
    return new UnjoinableFilesException("A name among the withdrawn samples is in no file");
  }
}
