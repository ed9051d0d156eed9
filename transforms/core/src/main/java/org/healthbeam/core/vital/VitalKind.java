package org.healthbeam.core.vital;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was measured: its published name, LOINC codes and canonical UCUM unit.
 *
 * <p>LOINC codes after HL7 FHIR R4, "Vital Signs Profile" (magic values), with those that US Core
 * and bedside devices use for the same quantity. Indices and names never change: they stand in
 * encoded elements and in files.
 */
public enum VitalKind {
  /** Heart beats a minute. */
  HEART_RATE(0, "heart_rate", "/min", "8867-4", "pulse"),
  /** Breaths a minute. */
  RESPIRATORY_RATE(1, "respiratory_rate", "/min", "9279-1", "resp_rate"),
  /** Saturation of haemoglobin with oxygen in percent, arterial or by pulse oximetry. */
  SPO2(2, "spo2", "%", "59408-5,2708-6", "oxygen_saturation"),
  /** Systolic blood pressure in mmHg. */
  SYSTOLIC_BP(3, "systolic_bp", "mm[Hg]", "8480-6,76534-7", "sbp"),
  /** Diastolic blood pressure in mmHg. */
  DIASTOLIC_BP(4, "diastolic_bp", "mm[Hg]", "8462-4", "dbp"),
  /** Mean blood pressure in mmHg. */
  MEAN_BP(5, "mean_bp", "mm[Hg]", "8478-0", "map"),
  /** Body temperature in degrees Celsius. */
  TEMPERATURE(6, "temperature", "Cel", "8310-5", "temp_c,body_temperature"),
  /** Body weight in kilograms. */
  WEIGHT(7, "weight", "kg", "29463-7", "weight_kg,body_weight"),
  /** Body height in centimetres. */
  HEIGHT(8, "height", "cm", "8302-2", "height_cm,body_height"),
  /** Body mass index in kilograms by square metre. */
  BMI(9, "bmi", "kg/m2", "39156-5", ""),
  /** Circumference of the head in centimetres. */
  HEAD_CIRCUMFERENCE(10, "head_circumference", "cm", "9843-4", ""),
  /** Glucose in milligrams a decilitre, of blood, serum or plasma. */
  GLUCOSE(11, "glucose", "mg/dL", "2339-0,2345-7", ""),
  /** Severity of pain, a number from 0 to 10 that the subject tells. */
  PAIN(12, "pain", "{score}", "72514-3", ""),
  /** Alert, new confusion, voice, pain, unresponsive; see {@link ConsciousnessLevel}. */
  CONSCIOUSNESS(13, "consciousness", "", "67775-7,80288-4", "acvpu,avpu"),
  /** The Glasgow coma scale's total, 3 to 15. */
  GLASGOW_COMA_SCALE(14, "glasgow_coma_scale", "{score}", "9269-2", "gcs,gcs_total"),
  /** Air or oxygen; see {@link OxygenSupply}. Numbers are fractions (3150-6) or flows (3151-8). */
  INSPIRED_OXYGEN(15, "inspired_oxygen", "", "3150-6,3151-8", "");

  /** The system of the codes of {@link #loincCodes}. */
  public static final String LOINC = "http://loinc.org";

  private static final List<VitalKind> ALL = List.of(values());
  private static final Map<String, VitalKind> BY_LOINC = new HashMap<>();
  private static final Map<String, VitalKind> BY_NAME = new HashMap<>();

  /** The unit that a code or alias brings along where the reading names none. */
  private static final Map<String, String> UNIT_OF_NAME =
      Map.of("3151-8", "L/min", "temp_f", "[degF]", "o2_flow", "L/min");

  /** Names of the fraction of inspired oxygen, which is written as 0.4 and as 40. */
  private static final Set<String> FRACTIONS = Set.of("3150-6", "fio2");

  static {
    for (VitalKind kind : ALL) {
      kind.loincCodes().forEach(code -> BY_LOINC.put(code, kind));
      BY_NAME.put(kind.kindName, kind);
      kind.aliases().forEach(alias -> BY_NAME.put(alias, kind));
    }
    BY_NAME.put("temp_f", TEMPERATURE);
    BY_NAME.put("fio2", INSPIRED_OXYGEN);
    BY_NAME.put("o2_flow", INSPIRED_OXYGEN);
  }

  private final int index;
  private final String kindName;
  private final String unit;
  private final String loincCodes;
  private final String aliases;

  VitalKind(int index, String kindName, String unit, String loincCodes, String aliases) {
    this.index = index;
    this.kindName = kindName;
    this.unit = unit;
    this.loincCodes = loincCodes;
    this.aliases = aliases;
  }

  /** {@return the published name, as in files: {@code heart_rate}} */
  public String kindName() {
    return kindName;
  }

  /** {@return the canonical UCUM unit; empty for kinds whose values are codes} */
  public String unit() {
    return unit;
  }

  /** {@return the LOINC codes that mean this kind, the preferred one first} */
  public List<String> loincCodes() {
    return split(loincCodes);
  }

  /** {@return other names under which tables list this kind} */
  public List<String> aliases() {
    return split(aliases);
  }

  /** {@return whether values are codes with an order of severity, not quantities} */
  public boolean isCoded() {
    return this == CONSCIOUSNESS || this == INSPIRED_OXYGEN;
  }

  /**
   * {@return the value as it stands in files: a number's shortest form, or the code}
   *
   * @param value in the kind's unit, or a code's rank
   */
  public String display(double value) {
    return switch (this) {
      case CONSCIOUSNESS -> ConsciousnessLevel.of(value).code();
      case INSPIRED_OXYGEN -> OxygenSupply.of(value).code();
      default -> shortest(value);
    };
  }

  /**
   * {@return the kind with this LOINC code}
   *
   * @param code compared exactly
   */
  public static Optional<VitalKind> byLoinc(String code) {
    return Optional.ofNullable(BY_LOINC.get(code));
  }

  /**
   * {@return the kind that a table calls so: its name, an alias, or a LOINC code}
   *
   * @param text in any case
   */
  public static Optional<VitalKind> byNameOrCode(String text) {
    VitalKind kind = BY_LOINC.get(text);
    if (kind == null) {
      kind = BY_NAME.get(text.toLowerCase(Locale.ROOT));
    }
    return Optional.ofNullable(kind);
  }

  /**
   * {@return the unit of a number that has none: the one that this code or alias implies, or the
   * kind's canonical one} A fraction of inspired oxygen is percent if it is above 1.
   *
   * @param nameOrCode as the table calls the kind
   * @param value the number that stands without a unit
   */
  public String unitImpliedBy(String nameOrCode, double value) {
    String name = nameOrCode.toLowerCase(Locale.ROOT);
    if (FRACTIONS.contains(name)) {
      return value <= 1 ? "1" : "%";
    }
    return UNIT_OF_NAME.getOrDefault(name, unit);
  }

  /**
   * {@return the kind with this {@link #kindName}}
   *
   * @param kindName in lower case, as it is published
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public static VitalKind named(String kindName) {
    for (VitalKind kind : ALL) {
      if (kind.kindName.equals(kindName)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "kind '" + kindName + "' is none of " + String.join(", ", names()));
  }

  /** {@return the number that stands for it in encoded elements, from 0} */
  public int index() {
    return index;
  }

  /**
   * {@return the kind with this {@link #index}}
   *
   * @param index from 0
   */
  public static VitalKind at(int index) {
    return ALL.get(index);
  }

  /** {@return how many kinds there are} */
  public static int count() {
    return ALL.size();
  }

  /**
   * {@return a map from kinds that does not change}
   *
   * @param <V> what each kind has
   * @param values is copied
   */
  public static <V> Map<VitalKind, V> mapOf(Map<VitalKind, V> values) {
    return values.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(values));
  }

  private static List<String> split(String joined) {
    return joined.isEmpty() ? List.of() : List.of(joined.split(","));
  }

  private static List<String> names() {
    return ALL.stream().map(VitalKind::kindName).toList();
  }

  private static String shortest(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
