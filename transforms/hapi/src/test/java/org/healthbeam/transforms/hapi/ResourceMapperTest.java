package org.healthbeam.transforms.hapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.util.ArrayList;
import java.util.List;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.ConceptMap;
import org.healthbeam.core.code.ConceptMap.Element;
import org.healthbeam.core.code.ConceptMap.Group;
import org.healthbeam.core.code.ConceptMap.Source;
import org.healthbeam.core.code.ConceptMap.Target;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.Relationship;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.fhir.FhirTranslator;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Resources that were built in memory and have never been JSON. */
class ResourceMapperTest {
  private final IParser parser = FhirContext.forR4Cached().newJsonParser();
  private final List<String> looked = new ArrayList<>();
  private CodeMap maps;

  @BeforeEach
  void compile() throws Exception {
    Element element =
        new Element(Source.code("a"), false, List.of(Target.of("x", "", Relationship.EQUIVALENT)));
    maps =
        CodeMap.of(
            List.of(
                new ConceptMap(
                    new MapId("urn:m", "1"),
                    "m",
                    List.of(new Group("urn:s", "", "urn:t", "", List.of(element), null)))));
  }

  @Test
  void targetsAreAddedWhereHapiLeavesOutPartsOfACoding() {
    for (Coding coding :
        List.of(
            coding("a").setDisplay(" "),
            coding("a").setVersion(" "),
            coding(" a "),
            coding("a").setDisplay(" A "))) {
      looked.clear();
      Condition mapped = map(new Condition().setCode(new CodeableConcept(coding)));
      assertEquals(List.of("Condition.code.coding[0] mapped"), looked);
      assertEquals(2, mapped.getCode().getCoding().size());
      assertEquals("urn:t", mapped.getCode().getCoding().get(1).getSystem());
      assertEquals("x", mapped.getCode().getCoding().get(1).getCode());
    }
  }

  @Test
  void aResourceThatOnlyAReferenceHoldsIsMappedAsContained() throws Exception {
    Medication medication = new Medication().setCode(new CodeableConcept(coding("a")));
    MedicationRequest request = new MedicationRequest();
    request.setMedication(new Reference(medication));
    MedicationRequest mapped = map(request);
    assertEquals(List.of("MedicationRequest.contained[0].code.coding[0] mapped"), looked);
    assertEquals(1, medication.getCode().getCoding().size(), "the input has changed");
    Medication contained = (Medication) mapped.getContained().get(0);
    assertEquals("x", contained.getCode().getCoding().get(1).getCode());
    String json = parser.encodeResourceToString(request);
    assertEquals(
        new String(
            new FhirTranslator(maps, SeveralTargets.AMBIGUOUS)
                .translate(json.getBytes(UTF_8))
                .json(),
            UTF_8),
        parser.encodeResourceToString(mapped));
  }

  @Test
  void whereNothingIsAddedTheResourceIsTheOneThatWasGiven() {
    Condition condition = new Condition().setCode(new CodeableConcept(coding("b")));
    assertSame(condition, map(condition));
    assertEquals(List.of("Condition.code.coding[0] unmapped"), looked);
  }

  private <T extends IBaseResource> T map(T resource) {
    return new ResourceMapper<T>()
        .map(
            resource,
            (coding, place, circumstances) -> {
              var translation = maps.translate(coding, circumstances, SeveralTargets.AMBIGUOUS);
              looked.add(place.path() + " " + translation.outcome().code());
              return translation;
            });
  }

  private static Coding coding(String code) {
    return new Coding().setSystem("urn:s").setCode(code);
  }
}
