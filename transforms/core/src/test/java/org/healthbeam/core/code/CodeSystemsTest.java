package org.healthbeam.core.code;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeSystemsTest {

  @ParameterizedTest
  @CsvSource({
    "LN, http://loinc.org",
    "SCT, http://snomed.info/sct",
    "I10, http://hl7.org/fhir/sid/icd-10",
    "I10C, http://hl7.org/fhir/sid/icd-10-cm",
    "RXNORM, http://www.nlm.nih.gov/research/umls/rxnorm",
    "urn:oid:2.16.840.1.113883.6.96, http://snomed.info/sct",
    "URN:OID:2.16.840.1.113883.6.96, http://snomed.info/sct",
    "2.16.840.1.113883.6.1, http://loinc.org",
    "https://loinc.org/, http://loinc.org",
    "HL70001, http://terminology.hl7.org/CodeSystem/v2-0001",
    "2.16.840.1.113883.12.1, http://terminology.hl7.org/CodeSystem/v2-0001",
    "http://hl7.org/fhir/v2/0203, http://terminology.hl7.org/CodeSystem/v2-0203",
    "http://hl7.org/fhir/v3/ActCode, http://terminology.hl7.org/CodeSystem/v3-ActCode",
    "urn:oid:2.16.840.1.113883.5.4, http://terminology.hl7.org/CodeSystem/v3-ActCode",
    "2.16.840.1.113883.12.292, http://hl7.org/fhir/sid/cvx",
    "2.16.840.1.113883.6.14, http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
    "urn:oid:2.16.840.1.113883.6.14, http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
    "1.2.3.4.5, urn:oid:1.2.3.4.5",
  })
  void everyNameOfASystemComesToItsCanonicalUri(String name, String canonical) {
    assertEquals(canonical, CodeSystems.canonical(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.org/local",
        "http://loinc.org",
        "urn:oid:1.2.3.4.5",
        "ln",
        "HL7",
        "1.2",
        "01.2.3.4",
        "urn:oid:",
        "http://hl7.org/fhir/v2/12345",
        " http://loinc.org"
      })
  void whatIsNotInTheTableStaysAsItIs(String name) {
    assertEquals(name, CodeSystems.canonical(name));
  }

  @Property
  void whatIsAnOidFollowsTheSpecificationsPattern(
      @ForAll @CharRange(from = '.', to = '4') @StringLength(max = 14) String name) {
    boolean isOid = name.matches("[0-2](\\.(0|[1-9][0-9]*)){3,}");
    assertEquals(isOid, CodeSystems.canonical(name).equals("urn:oid:" + name));
  }

  @Test
  void anOidOfAnyLengthIsNoHarderThanAShortOne() {
    String oid = "1" + ".0".repeat(1_000_000);
    assertEquals("urn:oid:" + oid, CodeSystems.canonical(oid));
    assertEquals(oid + ".x", CodeSystems.canonical(oid + ".x"));
  }

  @Test
  void noNameStaysNoName() {
    assertEquals("", CodeSystems.canonical(""));
  }
}
