package org.healthbeam.core.variant.reference;

/** Two inputs name sequences of two assemblies, so that their places mean different bases. */
public final class DifferentAssembliesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says which.
   *
   * @param some what names sequences of one assembly
   * @param others what names sequences of another
   */
  public DifferentAssembliesException(
      String some, String assembly, String others, String otherAssembly) {
    super(
        "%s: the names of the sequences are those of %s, and in %s those of %s; places are not the same in both"
            .formatted(some, assembly, others, otherAssembly));
  }
}
