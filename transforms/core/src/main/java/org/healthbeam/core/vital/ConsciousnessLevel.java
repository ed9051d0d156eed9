package org.healthbeam.core.vital;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The ACVPU scale of NEWS2, from alert to unresponsive; its rank is the value of a vital sign. */
public enum ConsciousnessLevel {
  /** Awake, and as always. */
  ALERT(0, "A", "248234008", "alert,mentally alert"),
  /** Confused, and newly so. */
  CONFUSION(1, "C", "130987000", "confusion,new confusion,acute confusion"),
  /** Responds to voice. */
  VOICE(2, "V", "300202002", "voice,verbal,responds to voice"),
  /** Responds to pain. */
  PAIN(3, "P", "450847001", "pain,painful,responds to pain"),
  /** Responds to nothing. */
  UNRESPONSIVE(4, "U", "422768004", "unresponsive");

  private static final List<ConsciousnessLevel> ALL = List.of(values());
  private static final Map<String, ConsciousnessLevel> BY_TEXT = new HashMap<>();

  static {
    for (ConsciousnessLevel level : ALL) {
      BY_TEXT.put(level.code.toLowerCase(Locale.ROOT), level);
      BY_TEXT.put(level.snomed, level);
      List.of(level.words.split(",")).forEach(word -> BY_TEXT.put(word, level));
    }
  }

  private final int rank;
  private final String code;
  private final String snomed;
  private final String words;

  ConsciousnessLevel(int rank, String code, String snomed, String words) {
    this.rank = rank;
    this.code = code;
    this.snomed = snomed;
    this.words = words;
  }

  /** {@return the letter} */
  public String code() {
    return code;
  }

  /** {@return the number that stands for it in a {@link VitalSign}} */
  public double value() {
    return rank;
  }

  /**
   * {@return the level of a {@link VitalSign}'s value}
   *
   * @param value the rank, a whole number from 0 to 4
   */
  public static ConsciousnessLevel of(double value) {
    return ALL.get((int) value);
  }

  /**
   * {@return the level that a letter, a word or a SNOMED CT code names}
   *
   * @param text in any case, with white space around it or without
   */
  public static Optional<ConsciousnessLevel> find(String text) {
    return Optional.ofNullable(BY_TEXT.get(text.strip().toLowerCase(Locale.ROOT)));
  }
}
