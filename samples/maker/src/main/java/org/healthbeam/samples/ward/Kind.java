package org.healthbeam.samples.ward;

/** The vital signs of the ward, by the name and the LOINC code that they go by. */
enum Kind {
  HEART_RATE("heart_rate", "8867-4", "Heart rate", "/min"),
  RESPIRATORY_RATE("respiratory_rate", "9279-1", "Respiratory rate", "/min"),
  SPO2("spo2", "59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry", "%"),
  SYSTOLIC("systolic_bp", "8480-6", "Systolic blood pressure", "mm[Hg]"),
  DIASTOLIC("diastolic_bp", "8462-4", "Diastolic blood pressure", "mm[Hg]"),
  MEAN("mean_bp", "8478-0", "Mean blood pressure", "mm[Hg]"),
  TEMPERATURE("temperature", "8310-5", "Body temperature", "Cel"),
  CONSCIOUSNESS("consciousness", "67775-7", "Level of responsiveness", ""),
  INSPIRED_OXYGEN("inspired_oxygen", "3151-8", "Inhaled oxygen flow rate", "L/min");

  private final String name;
  private final String loinc;
  private final String display;
  private final String unit;

  Kind(String name, String loinc, String display, String unit) {
    this.name = name;
    this.loinc = loinc;
    this.display = display;
    this.unit = unit;
  }

  String kindName() {
    return name;
  }

  String loinc() {
    return loinc;
  }

  String display() {
    return display;
  }

  String unit() {
    return unit;
  }

  boolean isPressure() {
    return this == SYSTOLIC || this == DIASTOLIC || this == MEAN;
  }
}
