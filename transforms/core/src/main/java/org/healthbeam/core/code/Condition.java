package org.healthbeam.core.code;

/** Whether an answer that depends on properties holds. */
public enum Condition {
  /** It depends on nothing. */
  NONE("none"),
  /** It depends on properties, and they have the values. */
  HOLDS("holds"),
  /** It depends on a property that is not known. */
  UNKNOWN("unknown"),
  /** It depends on a property that has another value. */
  FAILS("fails");

  private final String code;

  Condition(String code) {
    this.code = code;
  }

  /** {@return the published name} */
  public String code() {
    return code;
  }

  /**
   * {@return the condition with this published name}
   *
   * @param code as {@link #code} gives it
   * @throws IllegalArgumentException if there is none
   */
  public static Condition fromCode(String code) {
    for (Condition condition : values()) {
      if (condition.code.equals(code)) {
        return condition;
      }
    }
    throw new IllegalArgumentException("No condition has the code '" + code + "'");
  }
}
