package org.healthbeam.transforms.hapi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ca.uhn.fhir.context.FhirContext;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

class ResourceCoderTest {

  @Test
  void resourcesOfEveryVersionComeBackWhole() throws Exception {
    ResourceCoder<IBaseResource> coder = ResourceCoder.of(IBaseResource.class);
    for (String json : JsonComparisonTest.resource("resources-r4.ndjson")) {
      IBaseResource before = FhirContext.forR4Cached().newJsonParser().parseResource(json);
      IBaseResource after = CoderUtils.clone(coder, before);
      assertTrue(((Resource) before).equalsDeep((Resource) after), json);
      assertArrayEquals(
          CoderUtils.encodeToByteArray(coder, before), CoderUtils.encodeToByteArray(coder, after));
    }
    for (String json : JsonComparisonTest.resource("resources-r5.ndjson")) {
      IBaseResource before = FhirContext.forR5Cached().newJsonParser().parseResource(json);
      IBaseResource after = CoderUtils.clone(coder, before);
      assertTrue(
          ((org.hl7.fhir.r5.model.Resource) before)
              .equalsDeep((org.hl7.fhir.r5.model.Resource) after),
          json);
    }
    CoderProperties.coderSerializable(coder);
  }

  @Test
  void theVersionOfAReferenceStays() throws Exception {
    String json =
        "{\"resourceType\":\"Condition\",\"subject\":{\"reference\":\"Patient/1/_history/2\"}}";
    IBaseResource after =
        CoderUtils.clone(
            ResourceCoder.of(IBaseResource.class),
            FhirContext.forR4Cached().newJsonParser().parseResource(json));
    assertEquals(
        "Patient/1/_history/2",
        ((org.hl7.fhir.r4.model.Condition) after).getSubject().getReference());
  }

  @Test
  void aTypeOfOnesOwnStaysWhatItIs() throws Exception {
    assertEquals(
        "7", CoderUtils.clone(ResourceCoder.of(WardPatient.class), WardPatient.inBed("7")).bed());
  }

  @Test
  void theCoderIsFoundByTheTypeOfResource() throws Exception {
    CoderRegistry registry = CoderRegistry.createDefault();
    assertEquals(ResourceCoder.of(Patient.class), registry.getCoder(Patient.class));
    assertEquals(ResourceCoder.of(IBaseResource.class), registry.getCoder(IBaseResource.class));
    assertEquals(
        ResourceCoder.of(org.hl7.fhir.r5.model.Condition.class),
        registry.getCoder(org.hl7.fhir.r5.model.Condition.class));
    assertFalse(registry.getCoder(String.class) instanceof ResourceCoder);
  }
}
