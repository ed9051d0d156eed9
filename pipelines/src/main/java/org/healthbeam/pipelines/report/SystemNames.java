package org.healthbeam.pipelines.report;

/** What people call code systems. */
final class SystemNames {
  private SystemNames() {}

  /** Returns the name that people use for a system, or its URI. */
  static String named(String system) {
    return switch (system) {
      case "" -> "(no system)";
      case "http://snomed.info/sct" -> "SNOMED CT";
      case "http://loinc.org" -> "LOINC";
      case "http://www.nlm.nih.gov/research/umls/rxnorm" -> "RxNorm";
      case "http://hl7.org/fhir/sid/icd-10-cm" -> "ICD-10-CM";
      case "http://hl7.org/fhir/sid/icd-9-cm" -> "ICD-9-CM";
      case "http://hl7.org/fhir/sid/cvx" -> "CVX";
      case "http://unitsofmeasure.org" -> "UCUM";
      case "https://fhir-terminology.ohdsi.org" -> "OMOP";
      default -> shortened(system);
    };
  }

  /** The ends of long names tell them apart, and bars have no room for more. */
  private static String shortened(String system) {
    String hl7 = "http://terminology.hl7.org/CodeSystem/";
    String usCore = "http://hl7.org/fhir/us/core/CodeSystem/";
    if (system.startsWith(hl7)) {
      return "HL7 " + system.substring(hl7.length());
    }
    return system.startsWith(usCore) ? "US Core " + system.substring(usCore.length()) : system;
  }
}
