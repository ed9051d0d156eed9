package org.healthbeam.bench.vital;

/** In which form readings arrive. */
enum Form {
  CSV,
  FHIR,
  /** Parsed before. */
  READINGS
}
