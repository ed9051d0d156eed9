package org.healthbeam.pipelines.run;

/** What the user asked for cannot be done as asked; the message says what to change. */
public final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Says what to change.
   *
   * @param message a sentence or more for the user
   */
  public UsageException(String message) {
    super(message);
  }

  /**
   * Says what to change, and why it cannot be done.
   *
   * @param message a sentence or more for the user
   * @param cause what was thrown by what was tried
   */
  public UsageException(String message, Throwable cause) {
    super(message, cause);
  }
}
