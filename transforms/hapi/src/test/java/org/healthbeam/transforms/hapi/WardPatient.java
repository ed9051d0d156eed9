package org.healthbeam.transforms.hapi;

import ca.uhn.fhir.model.api.annotation.Child;
import ca.uhn.fhir.model.api.annotation.Extension;
import ca.uhn.fhir.model.api.annotation.ResourceDef;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Patient;

/** A type of an author's own, which the name in the JSON does not tell. */
@ResourceDef(name = "Patient", profile = "http://example.org/ward-patient")
public final class WardPatient extends Patient {
  private static final long serialVersionUID = 1L;

  @Child(name = "bed")
  @Extension(url = "http://example.org/bed", definedLocally = false, isModifier = false)
  private CodeType bed;

  @Child(name = "diet")
  @Extension(url = "http://example.org/diet", definedLocally = false, isModifier = false)
  private CodeableConcept diet;

  static WardPatient inBed(String bed) {
    WardPatient patient = new WardPatient();
    patient.bed = new CodeType(bed);
    return patient;
  }

  WardPatient eating(String system, String code) {
    diet = new CodeableConcept();
    diet.addCoding().setSystem(system).setCode(code);
    return this;
  }

  String bed() {
    return bed.getCode();
  }

  int dietCodings() {
    return diet.getCoding().size();
  }
}
