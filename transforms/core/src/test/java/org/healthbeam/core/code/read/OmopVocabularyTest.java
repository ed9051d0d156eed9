package org.healthbeam.core.code.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.healthbeam.core.code.Answer;
import org.healthbeam.core.code.Circumstances;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.CompiledMaps;
import org.healthbeam.core.code.MapCompiler;
import org.healthbeam.core.code.OmopConcept;
import org.healthbeam.core.code.Relationship;
import org.healthbeam.core.code.ReversedMaps;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.code.TranslationOutcome;
import org.healthbeam.core.code.TranslationReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers and codes of public vocabularies are those of OMOP's page on mapping. */
class OmopVocabularyTest {
  private static final String ICD10 = "http://hl7.org/fhir/sid/icd-10";
  private static final String SNOMED = "http://snomed.info/sct";

  private static Translation translate(OmopText text, String code, LocalDate day) throws Exception {
    return ToldMaps.compiled(text::tell)
        .translate(Coding.of(ICD10, code), Circumstances.on(day), SeveralTargets.AMBIGUOUS);
  }

  private static List<String> codes(Translation translation) {
    return translation.acceptedAnswers().stream()
        .map(answer -> answer.target().system() + "|" + answer.target().code())
        .toList();
  }

  private static List<Integer> concepts(Translation translation) {
    return OmopConcept.of(translation).stream().map(OmopConcept::conceptId).toList();
  }

  @ParameterizedTest
  @EnumSource(SeveralTargets.class)
  void severalMapsToAreTakenTogetherUnderEveryPolicy(SeveralTargets policy) throws Exception {
    Translation translation =
        ToldMaps.compiled(OmopText.embolism()::tell).translate(Coding.of(ICD10, "I26.0"), policy);

    assertEquals(TranslationOutcome.MAPPED, translation.outcome());
    assertEquals(
        List.of(
            SNOMED + "|49584005",
            SNOMED + "|59282003",
            OmopConcept.SYSTEM + "|312927",
            OmopConcept.SYSTEM + "|440417"),
        codes(translation).stream().sorted().toList());
    assertEquals(
        List.of(Relationship.RELATED_TO),
        translation.answers().stream().map(Answer::relationship).distinct().toList());
  }

  @Test
  void whatARecordNeedsComesWithTheConcept() throws Exception {
    Translation translation = translate(OmopText.embolism(), "I26.0", null);

    assertEquals(
        List.of(
            new OmopConcept(312927, "Condition", "condition_occurrence", 1, List.of()),
            new OmopConcept(440417, "Condition", "condition_occurrence", 1, List.of())),
        OmopConcept.of(translation).stream()
            .sorted(Comparator.comparing(OmopConcept::conceptId))
            .toList());
  }

  @Test
  void standardConceptMapsToItselfAndIsEquivalent() throws Exception {
    OmopText text = OmopText.embolism().mapsTo(440417, 440417);

    Translation translation =
        ToldMaps.compiled(text::tell)
            .translate(Coding.of(SNOMED, "59282003"), SeveralTargets.AMBIGUOUS);

    assertEquals(List.of(SNOMED + "|59282003", OmopConcept.SYSTEM + "|440417"), codes(translation));
    assertEquals(
        List.of(Relationship.EQUIVALENT),
        translation.answers().stream().map(Answer::relationship).distinct().toList());
  }

  @Test
  void codeThatNothingIsSaidAboutIsConceptZero() throws Exception {
    Translation translation = translate(OmopText.embolism(), "Z99.9", null);

    assertEquals(TranslationOutcome.UNMAPPED, translation.outcome());
    assertEquals(List.of(OmopConcept.NO_MATCH), OmopConcept.of(translation));
    assertEquals(0, OmopConcept.NO_MATCH.conceptId());
    assertEquals("Z99.9", translation.source().code());
  }

  @Test
  void mapsToValueIsAProductOfTheSingleMapsTo() throws Exception {
    OmopText text =
        OmopText.albumin().mapsTo(1, 2).relationship(1, 3, "Maps to value", OmopText.ALWAYS);

    Translation translation = translate(text, "R77.0", null);

    assertEquals(
        List.of(new OmopConcept(2, "Measurement", "measurement", 1, List.of(3))),
        OmopConcept.of(translation));
    assertEquals(List.of(SNOMED + "|26758005", OmopConcept.SYSTEM + "|2"), codes(translation));
  }

  @Test
  void mapsToValueBesideSeveralMapsToIsNotGuessed() throws Exception {
    OmopText text =
        OmopText.embolism()
            .standard(3, "SNOMED", "263654008", "Spec Disease Status", "Abnormal")
            .relationship(1, 3, "Maps to value", OmopText.ALWAYS);

    Translation translation = translate(text, "I26.0", LocalDate.of(2020, 1, 1));

    assertEquals(TranslationOutcome.MAPPED, translation.outcome());
    assertEquals(
        List.of(List.of(), List.of()),
        OmopConcept.of(translation).stream().map(OmopConcept::valueAsConceptIds).toList());
    assertEquals(
        List.of(OmopRemarks.UNASSIGNED),
        translation.answers().stream().map(a -> a.detail().comment()).distinct().toList());
    assertEquals(
        List.of("1 concepts have a Maps to value beside several Maps to, not told"),
        ToldMaps.by(text::tell).remarks);
  }

  @Test
  void valueBelongsToTheTargetOfItsTime() throws Exception {
    OmopText text =
        OmopText.albumin()
            .relationship(1, 2, "Maps to", "19700101\t20991231\t")
            .relationship(1, 3, "Maps to value", "20150101\t20991231\t");

    assertEquals(
        List.of(),
        OmopConcept.of(translate(text, "R77.0", LocalDate.of(2014, 12, 31)))
            .get(0)
            .valueAsConceptIds());
    assertEquals(
        List.of(3),
        OmopConcept.of(translate(text, "R77.0", LocalDate.of(2015, 1, 1)))
            .get(0)
            .valueAsConceptIds());
    assertEquals(
        List.of(3), OmopConcept.of(translate(text, "R77.0", null)).get(0).valueAsConceptIds());
  }

  @Test
  void valueWithoutATargetIsLeftOutAndSaid() throws Exception {
    OmopText text = OmopText.albumin().relationship(1, 3, "Maps to value", OmopText.ALWAYS);

    assertEquals(
        List.of("1 concepts have a Maps to value without a Maps to, and are left out"),
        ToldMaps.by(text::tell).remarks);
    assertEquals(List.of(), ToldMaps.by(text::tell).facts);
  }

  @Test
  void relationshipHoldsFromItsFirstToItsLastDay() throws Exception {
    OmopText text =
        OmopText.albumin()
            .relationship(1, 2, "Maps to", "20100101\t20141231\tD")
            .relationship(1, 3, "Maps to", "20150101\t20991231\t");

    assertEquals(List.of(0), concepts(translate(text, "R77.0", LocalDate.of(2009, 12, 31))));
    assertEquals(List.of(2), concepts(translate(text, "R77.0", LocalDate.of(2010, 1, 1))));
    assertEquals(List.of(2), concepts(translate(text, "R77.0", LocalDate.of(2014, 12, 31))));
    assertEquals(List.of(3), concepts(translate(text, "R77.0", LocalDate.of(2015, 1, 1))));
    assertEquals(List.of(3), concepts(translate(text, "R77.0", null)));
    assertEquals(
        TranslationReason.OTHER_TIME,
        translate(text, "R77.0", LocalDate.of(2009, 12, 31)).reason());
  }

  @Test
  void defaultDatesAreNoLimits() throws Exception {
    OmopText text = OmopText.embolism();

    assertEquals(2, concepts(translate(text, "I26.0", LocalDate.of(1950, 1, 1))).size());
    assertEquals(2, concepts(translate(text, "I26.0", LocalDate.of(2150, 1, 1))).size());
  }

  @Test
  void targetThatHasBeenWithdrawnHoldsUntilThen() throws Exception {
    OmopText text =
        new OmopText()
            .source(1, "ICD10", "A01", "Typhoid and paratyphoid fevers")
            .concept(2, "SNOMED", "186090001", "Condition", "Old", "", "19700101\t20160730\tU")
            .mapsTo(1, 2);

    assertEquals(List.of(2), concepts(translate(text, "A01", LocalDate.of(2016, 7, 30))));
    assertEquals(List.of(0), concepts(translate(text, "A01", LocalDate.of(2016, 7, 31))));
    assertEquals(List.of(0), concepts(translate(text, "A01", null)));
  }

  @Test
  void sourceConceptHoldsOnItsOwnDaysAndWithoutADayAlways() throws Exception {
    OmopText text =
        OmopText.albumin()
            .concept(4, "ICD10", "X1", "Condition", "Old", "", "19700101\t20160730\tD")
            .mapsTo(4, 2);

    assertEquals(List.of(2), concepts(translate(text, "X1", LocalDate.of(2016, 7, 30))));
    assertEquals(List.of(0), concepts(translate(text, "X1", LocalDate.of(2016, 7, 31))));
    assertEquals(List.of(2), concepts(translate(text, "X1", null)));
  }

  @Test
  void codeThatWasUsedAgainIsReadByTheDayAndWithoutOneIsAmbiguous() throws Exception {
    OmopText text =
        OmopText.albumin()
            .concept(4, "ICD10", "X1", "Condition", "First", "", "19700101\t20091231\tD")
            .concept(5, "ICD10", "X1", "Condition", "Second", "", "20100101\t20991231\t")
            .mapsTo(4, 2)
            .mapsTo(5, 3);

    assertEquals(List.of(2), concepts(translate(text, "X1", LocalDate.of(2009, 12, 31))));
    assertEquals(List.of(3), concepts(translate(text, "X1", LocalDate.of(2010, 1, 1))));
    Translation without = translate(text, "X1", null);
    assertEquals(TranslationOutcome.AMBIGUOUS, without.outcome());
    assertEquals(List.of(OmopConcept.NO_MATCH), OmopConcept.of(without));
  }

  @Test
  void otherRelationshipsAreNoMappings() throws Exception {
    OmopText text =
        OmopText.albumin()
            .relationship(1, 2, "Concept replaced by", OmopText.ALWAYS)
            .relationship(1, 2, "Mapped from", OmopText.ALWAYS)
            .relationship(1, 2, "maps to", OmopText.ALWAYS);

    assertEquals(List.of(), ToldMaps.by(text::tell).facts);
  }

  @Test
  void targetThatIsNotStandardIsLeftOutAndSaid() throws Exception {
    OmopText text =
        OmopText.albumin().source(4, "ICD10CM", "R77.0", "Abnormality of albumin").mapsTo(1, 4);

    assertEquals(List.of(), ToldMaps.by(text::tell).facts);
    assertEquals(
        List.of("1 relationships map to a concept that is not standard, and are left out"),
        ToldMaps.by(text::tell).remarks);
  }

  @Test
  void relationshipToAConceptThatWasNotDownloadedIsLeftOutAndSaid() throws Exception {
    OmopText text = OmopText.albumin().mapsTo(1, 2).mapsTo(1, 99).mapsTo(98, 2);

    assertEquals(List.of(2), concepts(translate(text, "R77.0", null)));
    assertEquals(
        List.of("2 relationships name a concept that CONCEPT lacks, and are left out"),
        ToldMaps.by(text::tell).remarks);
  }

  @Test
  void remarksStandInTheCompiledMap() throws Exception {
    try (MapCompiler compiler = new MapCompiler()) {
      OmopText.albumin().mapsTo(1, 2).mapsTo(1, 99).tell(compiler);

      assertEquals(
          List.of("1 relationships name a concept that CONCEPT lacks, and are left out"),
          compiler.compile().maps().get(0).remarks());
    }
  }

  @Test
  void conceptCodeThatFhirDoesNotAllowIsLeftOutOrStandsByItsNumber() throws Exception {
    OmopText text =
        new OmopText()
            .source(1, "ICD10", " A", "Source")
            .source(2, "ICD10", "A", "Source")
            .standard(3, "SNOMED", "B  C", "Condition", "Target")
            .mapsTo(1, 3)
            .mapsTo(2, 3);

    assertEquals(List.of(OmopConcept.SYSTEM + "|3"), codes(translate(text, "A", null)));
    assertEquals(
        List.of("1 mappings start from a concept_code that is not a code in FHIR, left out"),
        ToldMaps.by(text::tell).remarks);
  }

  @Test
  void vocabularyWithoutAUriGoesByAthenasPage() throws Exception {
    OmopText text =
        OmopText.albumin().standard(9, "RxNorm Extension", "OMOP1", "Unit", "Any").mapsTo(1, 9);

    assertEquals(
        List.of(
            "https://athena.ohdsi.org/search-terms/terms?vocabulary=RxNorm+Extension|OMOP1",
            OmopConcept.SYSTEM + "|9"),
        codes(translate(text, "R77.0", null)));
    assertEquals("", OmopConcept.of(translate(text, "R77.0", null)).get(0).table());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void turnedRoundASingleMapsToLeadsBack(boolean compiledBefore) throws Exception {
    OmopText text = OmopText.albumin().mapsTo(1, 2);

    for (Coding target :
        List.of(Coding.of(SNOMED, "26758005"), Coding.of(OmopConcept.SYSTEM, "2"))) {
      Translation translation =
          reversed(text, compiledBefore).translate(target, SeveralTargets.AMBIGUOUS);
      assertEquals(List.of(ICD10 + "|R77.0"), codes(translation));
    }
  }

  @Test
  void turnedRoundAMapsToWithAValueLeadsBackOnlyWithTheValue() throws Exception {
    OmopText text =
        OmopText.albumin().mapsTo(1, 2).relationship(1, 3, "Maps to value", OmopText.ALWAYS);

    for (Coding target :
        List.of(Coding.of(SNOMED, "26758005"), Coding.of(OmopConcept.SYSTEM, "2"))) {
      CodeMap map = reversed(text, false);
      assertEquals(List.of(), codes(map.translate(target, SeveralTargets.AMBIGUOUS)));
      Circumstances value =
          new Circumstances(
              null, Map.of(OmopConcept.VALUE_AS_CONCEPT_ID, List.of(Coding.of("", "3"))));
      assertEquals(
          List.of(ICD10 + "|R77.0"), codes(map.translate(target, value, SeveralTargets.AMBIGUOUS)));
    }
  }

  @Test
  void turnedRoundSeveralMapsToDoNotLeadBack() throws Exception {
    Translation translation =
        reversed(OmopText.embolism(), false)
            .translate(Coding.of(SNOMED, "59282003"), SeveralTargets.AMBIGUOUS);

    assertEquals(TranslationOutcome.AMBIGUOUS, translation.outcome());
    assertEquals("I26.0", translation.answers().get(0).target().code());
  }

  private static CodeMap reversed(OmopText text, boolean compiledBefore) throws Exception {
    if (!compiledBefore) {
      return ToldMaps.compiled(sink -> text.tell(new ReversedMaps(sink)));
    }
    try (MapCompiler compiler = new MapCompiler()) {
      text.tell(compiler);
      CompiledMaps compiled = compiler.compile();
      return ToldMaps.compiled(sink -> compiled.tell(new ReversedMaps(sink)));
    }
  }
}
