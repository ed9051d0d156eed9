package org.healthbeam.core.code;

/**
 * A code map that cannot be used: it breaks a rule of its format. The message names the file, the
 * place in it and the rule; maps hold no patient's data, so it may quote them. What it quotes
 * cannot break the line it stands in: control characters are written as escapes, and what is long
 * is cut.
 */
public final class InvalidMapException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MAX_LENGTH = 400;

  private final String file;

  /**
   * Says what breaks a rule, and where.
   *
   * @param file that cannot be used
   * @param where the place in it; empty if it is about the whole file
   * @param what the rule, and what breaks it
   */
  public InvalidMapException(String file, String where, String what) {
    super(
        visible(
            where.isEmpty() ? file + ": " + cut(what) : file + ", " + where + ": " + cut(what)));
    this.file = file;
  }

  /**
   * Says what is wrong with several maps, or with a choice among them.
   *
   * @param message names the maps
   */
  public InvalidMapException(String message) {
    super(visible(message));
    this.file = "";
  }

  /**
   * {@return the file that cannot be used, {@code archive!name} for one in an archive; empty if it
   * is not one}
   */
  public String file() {
    return file;
  }

  private static String cut(String what) {
    String visible = visible(what);
    return visible.length() <= MAX_LENGTH ? visible : visible.substring(0, MAX_LENGTH) + " …";
  }

  /** Writes what has no shape, or would change that of its neighbours, as JSON would escape it. */
  private static String visible(String text) {
    StringBuilder result = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      switch (Character.getType(c)) {
        case Character.CONTROL,
            Character.FORMAT,
            Character.SURROGATE,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR ->
            result.append(String.format("\\u%04x", c));
        default -> result.appendCodePoint(c);
      }
      i += Character.charCount(c);
    }
    return result.toString();
  }
}
