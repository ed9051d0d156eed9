package org.healthbeam.core.code;

/** Why a translation has its outcome. */
public enum TranslationReason {
  /** An element of a map names the code. */
  ELEMENT("element"),
  /** Several targets in one target system. */
  SEVERAL_TARGETS("several-targets"),
  /** One statement names the target, and another one says that it is not related. */
  CONTRADICTION("contradiction"),
  /** The target depends on a property that is not known. */
  DEPENDS_ON("depends-on"),
  /** The target is a value set: which of its codes holds is not known. */
  VALUE_SET("value-set"),
  /** A map says {@code noMap}, unmatched or disjoint. */
  EXPLICIT_NO_MAP("explicit-no-map"),
  /** {@code unmapped}, mode provided or use-source-code. */
  UNMAPPED_PROVIDED("unmapped-provided"),
  /** {@code unmapped}, mode fixed. */
  UNMAPPED_FIXED("unmapped-fixed"),
  /** {@code unmapped}, mode other-map: that map has it. */
  UNMAPPED_OTHER_MAP("unmapped-other-map"),
  /** It has targets, but those of another coding of its CodeableConcept were taken. */
  ANOTHER_CODING_CHOSEN("another-coding-chosen"),
  /** No map has this source system. */
  SYSTEM_NOT_IN_MAPS("system-not-in-maps"),
  /** Maps have the system, but not the code. */
  CODE_NOT_IN_MAPS("code-not-in-maps"),
  /** Maps have the code, for another version of the system. */
  OTHER_SOURCE_VERSION("other-source-version"),
  /** Maps have the code, for another time than that of the event. */
  OTHER_TIME("other-time"),
  /** Maps have the code, but for other values of a property. */
  CONDITION_FAILS("condition-fails"),
  /** The element is there without targets, and without saying that there are none. */
  NO_TARGETS_STATED("no-targets-stated"),
  /** The coding has no system. */
  NO_SYSTEM("no-system"),
  /** The coding has no code. */
  NO_CODE("no-code"),
  /** What stands there is not a code, or not a coding. */
  NOT_A_CODE("not-a-code");

  private final String code;

  TranslationReason(String code) {
    this.code = code;
  }

  /** {@return the published name, in lower case with hyphens} */
  public String code() {
    return code;
  }

  /**
   * {@return the reason with this published name}
   *
   * @param code as {@link #code} gives it
   * @throws IllegalArgumentException if there is none
   */
  public static TranslationReason fromCode(String code) {
    for (TranslationReason reason : values()) {
      if (reason.code.equals(code)) {
        return reason;
      }
    }
    throw new IllegalArgumentException("No translation reason has the code '" + code + "'");
  }
}
