package org.healthbeam.core.code;

/** What became of one coding. Every coding ends in exactly one of these. */
public enum TranslationOutcome {
  /** A map has a target, and the policy takes it. */
  MAPPED("mapped"),
  /** Several targets, or one that holds under conditions only, and the policy does not choose. */
  AMBIGUOUS("ambiguous"),
  /** A map says that there is no target. */
  NOT_MAPPABLE("not-mappable"),
  /** No map names the code, and what a map says for such codes was taken. */
  FALLBACK("fallback"),
  /** No map says anything about it. */
  UNMAPPED("unmapped"),
  /** It cannot be looked up: no system, no code, or not a code. */
  INVALID("invalid");

  private final String code;

  TranslationOutcome(String code) {
    this.code = code;
  }

  /** {@return the published name, in lower case with hyphens} */
  public String code() {
    return code;
  }

  /**
   * {@return the outcome with this published name}
   *
   * @param code as {@link #code} gives it
   * @throws IllegalArgumentException if there is none
   */
  public static TranslationOutcome fromCode(String code) {
    for (TranslationOutcome outcome : values()) {
      if (outcome.code.equals(code)) {
        return outcome;
      }
    }
    throw new IllegalArgumentException("No translation outcome has the code '" + code + "'");
  }
}
