package org.healthbeam.transforms.runner;

/**
 * Says that a runner lacks what a transform needs, and what to do instead; thrown when the pipeline
 * is built.
 */
public final class UnsupportedByRunnerException extends UnsupportedOperationException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what cannot be done there, and what to do instead.
   *
   * @param message a whole sentence
   */
  public UnsupportedByRunnerException(String message) {
    super(message);
  }
}
