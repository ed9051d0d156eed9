package org.healthbeam.core.vital;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Whether the subject breathes air or added oxygen; its rank is the value of a vital sign. */
public enum OxygenSupply {
  /** Nothing but air. */
  AIR("air"),
  /** Air with oxygen added to it, however much. */
  OXYGEN("oxygen");

  private static final Map<String, OxygenSupply> BY_TEXT =
      Map.of(
          "air", AIR,
          "room air", AIR,
          "ra", AIR,
          "722742002", AIR,
          "15158005", AIR,
          "oxygen", OXYGEN,
          "o2", OXYGEN,
          "371825009", OXYGEN);

  private final String code;

  OxygenSupply(String code) {
    this.code = code;
  }

  /** {@return the published name} */
  public String code() {
    return code;
  }

  /** {@return the number that stands for it in a {@link VitalSign}} */
  public double value() {
    return this == AIR ? 0 : 1;
  }

  /**
   * {@return the supply of a {@link VitalSign}'s value}
   *
   * @param value the rank: 0 for air, else oxygen
   */
  public static OxygenSupply of(double value) {
    return value == 0 ? AIR : OXYGEN;
  }

  /**
   * {@return the supply that a word or a SNOMED CT code names}
   *
   * @param text in any case, with white space around it or without
   */
  public static Optional<OxygenSupply> find(String text) {
    return Optional.ofNullable(BY_TEXT.get(text.strip().toLowerCase(Locale.ROOT)));
  }
}
