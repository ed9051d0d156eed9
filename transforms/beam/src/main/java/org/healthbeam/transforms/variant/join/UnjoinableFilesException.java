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

  static UnjoinableFilesException twoNames(String one, String name, String other, String alias) {
    return new UnjoinableFilesException(
        "%s calls %s what %s calls %s; a sequence must have one name in all files that are joined"
            .formatted(one, name, other, alias));
  }

  static UnjoinableFilesException unknownWithdrawn() {
    return new UnjoinableFilesException("A name among the withdrawn samples is in no file");
  }
}
