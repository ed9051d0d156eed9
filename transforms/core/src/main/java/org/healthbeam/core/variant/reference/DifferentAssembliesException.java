package org.healthbeam.core.variant.reference;

/** Two inputs name sequences of two assemblies, so that their places mean different bases. */
public final class DifferentAssembliesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says which.
   *
   * @param some what names sequences of one assembly
   * @param assembly that {@code some} is of
   * @param others what names sequences of another
   * @param otherAssembly that {@code others} is of
   */
  public DifferentAssembliesException(
      String some, String assembly, String others, String otherAssembly) {
    super(
        "%s: the names of the sequences are those of %s, and in %s those of %s; places are not the same in both"
            .formatted(some, assembly, others, otherAssembly));
  }

  private DifferentAssembliesException(String message) {
    super(message);
  }

  /**
   * Says that a header's mitochondrion is the one of UCSC's hg19 and the other need not be.
   *
   * @param some what has the mitochondrion under this name
   * @param others what has the older one under the other name
   */
  static DifferentAssembliesException ofMitochondrion(
      String some, String name, String others, String otherName) {
    return new DifferentAssembliesException(
        "%s: %s is taken for NC_012920.1, and in %s %s has the length of NC_001807.4 (hg19); places are not the same in both"
            .formatted(some, name, others, otherName));
  }
}
