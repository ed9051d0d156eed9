package org.healthbeam.samples.ward;

/** How a bed's devices name and measure what they send. */
enum Dialect {
  /** Kinds by name, canonical units, mostly left out. */
  NAMES,
  /** LOINC codes, canonical UCUM units. */
  LOINC,
  /** Kinds by name, {@code bpm}, {@code breaths/min}, {@code mm Hg} and degrees Fahrenheit. */
  AMERICAN,
  /** Kinds by name, kilopascal, fractions of one, {@code °C}. */
  METRIC,
  /** Kinds by name, local time with an offset of one hour. */
  LOCAL_TIME
}
