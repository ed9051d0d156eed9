package org.healthbeam.core.code;

/**
 * A code map that cannot be used: it breaks a rule of its format. The message names the file, the
 * place in it and the rule; maps hold no patient's data, so it may quote them.
 */
public final class InvalidMapException extends Exception {
  private static final long serialVersionUID = 1L;

  public InvalidMapException(String file, String where, String what) {
    super(where.isEmpty() ? file + ": " + what : file + ", " + where + ": " + what);
  }

  public InvalidMapException(String message) {
    super(message);
  }
}
