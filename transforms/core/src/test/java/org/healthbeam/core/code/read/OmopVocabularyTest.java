package org.healthbeam.core.code.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.healthbeam.core.code.Answer;
import org.healthbeam.core.code.Circumstances;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapCompiler;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.OmopConcept;
import org.healthbeam.core.code.Relationship;
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

  private static OmopText albumin() {
    return new OmopText()
        .source(1, "ICD10", "R77.0", "Abnormality of albumin")
        .standard(2, "SNOMED", "26758005", "Measurement", "Albumin measurement")
        .standard(3, "SNOMED", "263654008", "Spec Disease Status", "Abnormal");
  }

  private static OmopText embolism() {
    return new OmopText()
        .source(1, "ICD10", "I26.0", "Pulmonary embolism with mention of acute cor pulmonale")
        .standard(440417, "SNOMED", "59282003", "Condition", "Pulmonary embolism")
        .standard(312927, "SNOMED", "49584005", "Condition", "Acute cor pulmonale")
        .mapsTo(1, 440417)
        .mapsTo(1, 312927);
  }

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
        ToldMaps.compiled(embolism()::tell).translate(Coding.of(ICD10, "I26.0"), policy);

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
    Translation translation = translate(embolism(), "I26.0", null);

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
    OmopText text = embolism().mapsTo(440417, 440417);

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
    Translation translation = translate(embolism(), "Z99.9", null);

    assertEquals(TranslationOutcome.UNMAPPED, translation.outcome());
    assertEquals(List.of(OmopConcept.NO_MATCH), OmopConcept.of(translation));
    assertEquals(0, OmopConcept.NO_MATCH.conceptId());
    assertEquals("Z99.9", translation.source().code());
  }

  @Test
  void mapsToValueIsAProductOfTheSingleMapsTo() throws Exception {
    OmopText text = albumin().mapsTo(1, 2).relationship(1, 3, "Maps to value", OmopText.ALWAYS);

    Translation translation = translate(text, "R77.0", null);

    assertEquals(
        List.of(new OmopConcept(2, "Measurement", "measurement", 1, List.of(3))),
        OmopConcept.of(translation));
    assertEquals(List.of(SNOMED + "|26758005", OmopConcept.SYSTEM + "|2"), codes(translation));
  }

  @Test
  void mapsToValueBesideSeveralMapsToIsNotGuessed() throws Exception {
    OmopText text =
        embolism()
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
        albumin()
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
    OmopText text = albumin().relationship(1, 3, "Maps to value", OmopText.ALWAYS);

    assertEquals(
        List.of("1 concepts have a Maps to value without a Maps to, and are left out"),
        ToldMaps.by(text::tell).remarks);
    assertEquals(List.of(), ToldMaps.by(text::tell).facts);
  }

  @Test
  void relationshipHoldsFromItsFirstToItsLastDay() throws Exception {
    OmopText text =
        albumin()
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
    OmopText text = embolism();

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
        albumin()
            .concept(4, "ICD10", "X1", "Condition", "Old", "", "19700101\t20160730\tD")
            .mapsTo(4, 2);

    assertEquals(List.of(2), concepts(translate(text, "X1", LocalDate.of(2016, 7, 30))));
    assertEquals(List.of(0), concepts(translate(text, "X1", LocalDate.of(2016, 7, 31))));
    assertEquals(List.of(2), concepts(translate(text, "X1", null)));
  }

  @Test
  void codeThatWasUsedAgainIsReadByTheDayAndWithoutOneIsAmbiguous() throws Exception {
    OmopText text =
        albumin()
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
        albumin()
            .relationship(1, 2, "Concept replaced by", OmopText.ALWAYS)
            .relationship(1, 2, "Mapped from", OmopText.ALWAYS)
            .relationship(1, 2, "maps to", OmopText.ALWAYS);

    assertEquals(List.of(), ToldMaps.by(text::tell).facts);
  }

  @Test
  void targetThatIsNotStandardIsLeftOutAndSaid() throws Exception {
    OmopText text = albumin().source(4, "ICD10CM", "R77.0", "Abnormality of albumin").mapsTo(1, 4);

    assertEquals(List.of(), ToldMaps.by(text::tell).facts);
    assertEquals(
        List.of("1 relationships map to a concept that is not standard, and are left out"),
        ToldMaps.by(text::tell).remarks);
  }

  @Test
  void relationshipToAConceptThatWasNotDownloadedIsLeftOutAndSaid() throws Exception {
    OmopText text = albumin().mapsTo(1, 2).mapsTo(1, 99).mapsTo(98, 2);

    assertEquals(List.of(2), concepts(translate(text, "R77.0", null)));
    assertEquals(
        List.of("2 relationships name a concept that CONCEPT lacks, and are left out"),
        ToldMaps.by(text::tell).remarks);
  }

  @Test
  void remarksStandInTheCompiledMap() throws Exception {
    try (MapCompiler compiler = new MapCompiler()) {
      albumin().mapsTo(1, 2).mapsTo(1, 99).tell(compiler);

      assertEquals(
          List.of("1 relationships name a concept that CONCEPT lacks, and are left out"),
          compiler.compile().maps().get(0).remarks());
    }
  }

  @Test
  void onlyTheTablesOfMappingsAreRead() {
    assertEquals(
        List.of("v/CONCEPT.csv", "v/CONCEPT_RELATIONSHIP.csv.gz", "v/mine.csv", "w/DOMAIN.csv"),
        MapFiles.read(
            List.of(
                "v/CONCEPT.csv",
                "v/CONCEPT_ANCESTOR.csv",
                "v/CONCEPT_RELATIONSHIP.csv.gz",
                "v/domain.csv",
                "v/mine.csv",
                "w/DOMAIN.csv")));
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
    OmopText text = albumin().standard(9, "RxNorm Extension", "OMOP1", "Unit", "Any").mapsTo(1, 9);

    assertEquals(
        List.of(
            "https://athena.ohdsi.org/search-terms/terms?vocabulary=RxNorm+Extension|OMOP1",
            OmopConcept.SYSTEM + "|9"),
        codes(translate(text, "R77.0", null)));
    assertEquals("", OmopConcept.of(translate(text, "R77.0", null)).get(0).table());
  }

  @Test
  void columnsHaveAnyOrderAndCaseAndDatesEitherForm() throws Exception {
    OmopText text =
        new OmopText()
            .file(
                "concept.csv",
                "INVALID_REASON\tVALID_END_DATE\tVALID_START_DATE\tCONCEPT_CODE\tSTANDARD_CONCEPT"
                    + "\tVOCABULARY_ID\tDOMAIN_ID\tCONCEPT_NAME\tCONCEPT_ID\textra\r\n"
                    + "\t2099-12-31\t1970-01-01\t007\t\tICD10\tCondition\tA \"quoted\t1\tx\r\n"
                    + "\t2099-12-31\t2002-01-31\t26758005\tS\tSNOMED\tMeasurement\t\"Ü\" b\t2\t");
    List<OmopText.Bytes> files = new ArrayList<>(text.mapsTo(1, 2).files());
    files.remove(0);

    CodeMap map = ToldMaps.compiled(sink -> MapFiles.tell(files, sink));

    Translation translation =
        map.translate(
            Coding.of(ICD10, "007"),
            Circumstances.on(LocalDate.of(2002, 1, 31)),
            SeveralTargets.AMBIGUOUS);
    assertEquals(List.of(2), concepts(translation));
    assertEquals("\"Ü\" b", translation.answers().get(0).target().display());
  }

  @Test
  void releaseIsTheVersionOfTheMap() throws Exception {
    OmopText text =
        embolism()
            .file(
                "VOCABULARY.csv",
                "vocabulary_id\tvocabulary_name\tvocabulary_version\n"
                    + "ICD10\tICD-10 (WHO)\t2021 Release\n"
                    + "None\tOMOP Standardized Vocabularies\tv5.0 27-FEB-25\n");

    assertEquals(
        Set.of(new MapId(OmopVocabulary.URL, "v5.0 27-FEB-25")), ToldMaps.by(text::tell).maps);
  }

  @Test
  void withoutAReleaseTheVersionChangesWithTheContent() throws Exception {
    MapId one = ToldMaps.by(embolism()::tell).maps.iterator().next();
    MapId same = ToldMaps.by(embolism()::tell).maps.iterator().next();
    MapId other = ToldMaps.by(embolism().mapsTo(312927, 312927)::tell).maps.iterator().next();

    assertTrue(one.version().matches("sha256:[0-9a-f]{12}"), one.version());
    assertEquals(one, same);
    assertTrue(!one.equals(other));
  }

  @Test
  void otherFilesOfAthenaAreNotRead() throws Exception {
    OmopText text = embolism().file("CONCEPT_ANCESTOR.csv", "no\tmap").file("DOMAIN.csv", "");

    assertEquals(4, ToldMaps.by(text::tell).facts.size());
  }

  @Test
  void gzippedFilesAreTheSame() throws Exception {
    List<OmopText.Bytes> gzipped = new ArrayList<>();
    for (OmopText.Bytes each : embolism().files()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(each.content());
      }
      gzipped.add(new OmopText.Bytes(each.path() + ".gz", out.toByteArray()));
    }

    assertEquals(4, ToldMaps.by(sink -> MapFiles.tell(gzipped, sink)).facts.size());
  }

  private static String refusal(OmopText text) {
    return assertThrows(InvalidMapException.class, () -> ToldMaps.by(text::tell)).getMessage();
  }

  @Test
  void conceptIdThatComesTwiceIsRefused() {
    assertEquals(
        "vocabulary/CONCEPT.csv, line 5: has the concept_id 2 of line 3",
        refusal(albumin().standard(2, "SNOMED", "1", "Condition", "Again")));
  }

  @Test
  void missingColumnIsRefused() {
    assertEquals(
        "vocabulary/CONCEPT_RELATIONSHIP.csv, line 1: has no column relationship_id",
        refusal(albumin().file("CONCEPT_RELATIONSHIP.csv", "concept_id_1\tconcept_id_2\n1\t2\n")));
  }

  @Test
  void raggedRowIsRefused() {
    assertEquals(
        "vocabulary/CONCEPT_RELATIONSHIP.csv, line 3: has 7 cells; the header has 6",
        refusal(albumin().mapsTo(1, 2).relationship(1, 2, "Is a", "19700101\t20991231\t\tmore")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2002013\t20991231\t",
        "20020230\t20991231\t",
        "\t20991231\t",
        "19700101\t2099/12/31\t"
      })
  void dateThatIsNoneIsRefused(String validity) {
    String message = refusal(albumin().relationship(1, 2, "Maps to", validity));

    assertTrue(
        message.matches(
            "vocabulary/CONCEPT_RELATIONSHIP.csv, line 2: has a valid_(start|end)_date that is not"
                + " a date like 20021231 or 2002-12-31"),
        message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "2147483648", "99999999999999999999", "1.0"})
  void conceptIdThatIsNoNumberIsRefused(String id) {
    assertEquals(
        "vocabulary/CONCEPT_RELATIONSHIP.csv, line 2: has a concept_id_2 that is not a number from"
            + " 0 to 2147483647",
        refusal(
            albumin()
                .file(
                    "CONCEPT_RELATIONSHIP.csv",
                    "concept_id_1\tconcept_id_2\trelationship_id\tvalid_start_date"
                        + "\tvalid_end_date\tinvalid_reason\n"
                        + "1\t"
                        + id
                        + "\tMaps to\t19700101\t20991231\t\n")));
  }

  @Test
  void commasAreRefused() {
    assertEquals(
        "vocabulary/CONCEPT.csv, line 1: has no tab; OMOP's vocabulary files are tab-separated",
        refusal(new OmopText().file("CONCEPT.csv", "concept_id,concept_name\n1,A\n")));
  }

  @Test
  void textThatIsNotUtf8IsRefused() {
    byte[] bad = albumin().files().get(0).content();
    bad[new String(bad, StandardCharsets.UTF_8).indexOf("Albumin")] = (byte) 0xff;

    assertEquals(
        "vocabulary/CONCEPT.csv, line 3: is not text in UTF-8",
        refusal(new OmopText().file("CONCEPT.csv", bad)));
  }

  @Test
  void endlessLineIsRefused() {
    assertEquals(
        "vocabulary/CONCEPT.csv, line 2: is longer than 1 MB",
        refusal(
            new OmopText()
                .file(
                    "CONCEPT.csv",
                    new String(new OmopText().files().get(0).content(), StandardCharsets.UTF_8)
                        + "x".repeat(2_000_000))));
  }
}
