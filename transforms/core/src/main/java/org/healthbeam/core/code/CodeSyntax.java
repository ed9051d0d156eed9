package org.healthbeam.core.code;

/** What a code may look like: FHIR R4, datatypes, {@code code}. */
public final class CodeSyntax {
  /** The rule, for messages. */
  public static final String RULE =
      "is not a code: no white space at either end and no more than one space between";

  private CodeSyntax() {}

  /**
   * {@return whether FHIR's pattern for codes holds: {@code [^\s]+(\s[^\s]+)*}}
   *
   * @param code any text; an empty one is no code
   */
  public static boolean isCode(String code) {
    boolean spaceBefore = true;
    for (int i = 0; i < code.length(); i++) {
      boolean space = isSpace(code.charAt(i));
      if (space && spaceBefore) {
        return false;
      }
      spaceBefore = space;
    }
    return !spaceBefore;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
