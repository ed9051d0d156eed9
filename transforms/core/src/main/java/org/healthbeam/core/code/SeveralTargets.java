package org.healthbeam.core.code;

/** The policy for a coding with several targets in one target system. */
public enum SeveralTargets {
  /**
   * None is taken, and the outcome is ambiguous: which one holds for the patient is not guessed.
   * Targets in other systems that have only one are still taken.
   */
  AMBIGUOUS("ambiguous"),
  /** All are taken, and the outcome is mapped. */
  ALL("all");

  private final String code;

  SeveralTargets(String code) {
    this.code = code;
  }

  /** {@return the name that stands in options} */
  public String code() {
    return code;
  }

  /**
   * {@return the policy with this name}
   *
   * @param code as {@link #code} gives it
   * @throws IllegalArgumentException if there is none
   */
  public static SeveralTargets fromCode(String code) {
    for (SeveralTargets policy : values()) {
      if (policy.code.equals(code)) {
        return policy;
      }
    }
    throw new IllegalArgumentException("'" + code + "' is none of: ambiguous, all");
  }
}
