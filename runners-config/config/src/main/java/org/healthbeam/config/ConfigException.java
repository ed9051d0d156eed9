package org.healthbeam.config;

/** A profile, a variable or an argument cannot be used; the message says what to change. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Says what to change.
   *
   * @param message a sentence or more for the user
   */
  public ConfigException(String message) {
    super(message);
  }

  /**
   * Says what to change, and what was thrown.
   *
   * @param message a sentence or more for the user
   * @param cause what was thrown by what was tried
   */
  public ConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
