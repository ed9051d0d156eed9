package org.healthbeam.core.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConceptPolicyTest {
  private static final String LOINC = "http://loinc.org";
  private static final String SNOMED = "http://snomed.info/sct";

  @Test
  void allTakesTheTargetsOfEveryCoding() {
    List<Translation> concept = List.of(mapped("urn:a", "1", "x"), mapped("urn:b", "2", "y"));
    assertSame(concept, ConceptPolicy.ALL.choose(concept));
  }

  @Test
  void theFirstThatMapsIsTheFirstWithATargetToTake() {
    List<Translation> chosen =
        ConceptPolicy.FIRST_THAT_MAPS.choose(
            List.of(unmapped("urn:a", "0"), mapped("urn:a", "1", "x"), mapped("urn:b", "2", "y")));
    assertEquals(List.of(0, 1, 0), accepted(chosen));
    assertEquals(
        List.of(
            TranslationReason.CODE_NOT_IN_MAPS,
            TranslationReason.ELEMENT,
            TranslationReason.ANOTHER_CODING_CHOSEN),
        chosen.stream().map(Translation::reason).toList());
    assertEquals(TranslationOutcome.MAPPED, chosen.get(2).outcome());
    assertTrue(chosen.get(2).result());
  }

  @Test
  void aDefaultStandsBackBehindWhatAMapNames() {
    Translation fallback = translation("urn:a", "1", "x", TranslationOutcome.FALLBACK);
    assertEquals(
        List.of(0, 1),
        accepted(
            ConceptPolicy.FIRST_THAT_MAPS.choose(List.of(fallback, mapped("urn:b", "2", "y")))));
    assertEquals(
        List.of(0, 1, 0),
        accepted(
            ConceptPolicy.FIRST_THAT_MAPS.choose(
                List.of(unmapped("urn:b", "2"), fallback, fallback))));
  }

  @Test
  void theOrderOfSystemsDecidesAndOtherSystemsComeLast() {
    ConceptPolicy policy = ConceptPolicy.bySystems(List.of("SCT", "urn:oid:2.16.840.1.113883.6.1"));
    Translation local = mapped("urn:local", "1", "x");
    Translation loinc = mapped(LOINC, "2", "y");
    Translation snomed = mapped(SNOMED, "3", "z");
    assertEquals(List.of(0, 0, 1), accepted(policy.choose(List.of(local, loinc, snomed))));
    assertEquals(List.of(0, 1), accepted(policy.choose(List.of(local, loinc))));
    assertEquals(List.of(1, 0), accepted(policy.choose(List.of(local, unmapped(SNOMED, "3")))));
  }

  @Test
  void aTargetOfAnEarlierCodingIsNotChosen() {
    ConceptPolicy policy = ConceptPolicy.bySystems(List.of(SNOMED, LOINC));
    Translation loinc = mapped(LOINC, "2", SNOMED, "3");
    Translation snomed = mapped(SNOMED, "3", "urn:t", "z");
    assertEquals(List.of(1, 0), accepted(policy.choose(List.of(loinc, snomed))));
    assertEquals(List.of(1, 0), accepted(policy.choose(List.of(snomed, loinc))));
  }

  @Test
  void ofACodingThatStandsThereTwiceOneIsChosen() {
    Translation twice = mapped("urn:a", "1", "x");
    Translation again = mapped("urn:a", "1", "x");
    assertEquals(
        List.of(1, 0), accepted(ConceptPolicy.FIRST_THAT_MAPS.choose(List.of(twice, again))));
  }

  @Test
  void aPolicyThatCannotBeMeantIsRefused() {
    refused("'some' is none of: all, first-that-maps, by-systems", "some", List.of());
    refused("by-systems needs at least one system", "by-systems", List.of());
    refused("all takes no systems", "all", List.of(LOINC));
    refused("a system stands twice in the order of systems", "by-systems", List.of(LOINC, "LN"));
  }

  private static void refused(String message, String code, List<String> systems) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> ConceptPolicy.fromCode(code, systems))
            .getMessage());
  }

  private static List<Integer> accepted(List<Translation> translations) {
    return translations.stream().map(Translation::accepted).toList();
  }

  private static Translation mapped(String system, String code, String target) {
    return translation(system, code, target, TranslationOutcome.MAPPED);
  }

  private static Translation mapped(
      String system, String code, String targetSystem, String target) {
    return translation(system, code, Coding.of(targetSystem, target), TranslationOutcome.MAPPED);
  }

  private static Translation translation(
      String system, String code, String target, TranslationOutcome outcome) {
    return translation(system, code, Coding.of("urn:t", target), outcome);
  }

  private static Translation translation(
      String system, String code, Coding target, TranslationOutcome outcome) {
    MapId map = new MapId("urn:m", "1");
    return new Translation(
        Coding.of(system, code),
        system,
        outcome,
        TranslationReason.ELEMENT,
        List.of(new Answer(target, Relationship.EQUIVALENT, map, map)),
        1);
  }

  private static Translation unmapped(String system, String code) {
    return new Translation(
        Coding.of(system, code),
        system,
        TranslationOutcome.UNMAPPED,
        TranslationReason.CODE_NOT_IN_MAPS,
        List.of(),
        0);
  }
}
