package org.healthbeam.core.code.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.healthbeam.core.code.Circumstances;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.OmopConcept;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.Translation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of a vocabulary: which are read, how they may look, what is refused. */
class OmopFilesTest {
  private static final String ICD10 = "http://hl7.org/fhir/sid/icd-10";

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
    assertEquals(
        List.of(2), OmopConcept.of(translation).stream().map(OmopConcept::conceptId).toList());
    assertEquals("\"Ü\" b", translation.answers().get(0).target().display());
  }

  @Test
  void releaseIsTheVersionOfTheMap() throws Exception {
    OmopText text =
        OmopText.embolism()
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
    MapId one = ToldMaps.by(OmopText.embolism()::tell).maps.iterator().next();
    MapId same = ToldMaps.by(OmopText.embolism()::tell).maps.iterator().next();
    MapId other =
        ToldMaps.by(OmopText.embolism().mapsTo(312927, 312927)::tell).maps.iterator().next();

    assertTrue(one.version().matches("sha256:[0-9a-f]{12}"), one.version());
    assertEquals(one, same);
    assertTrue(!one.equals(other));
  }

  @Test
  void otherFilesOfAthenaAreNotRead() throws Exception {
    OmopText text =
        OmopText.embolism().file("CONCEPT_ANCESTOR.csv", "no\tmap").file("DOMAIN.csv", "");

    assertEquals(4, ToldMaps.by(text::tell).facts.size());
  }

  @Test
  void gzippedFilesAreTheSame() throws Exception {
    List<OmopText.Bytes> gzipped = new ArrayList<>();
    for (OmopText.Bytes each : OmopText.embolism().files()) {
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
        refusal(OmopText.albumin().standard(2, "SNOMED", "1", "Condition", "Again")));
  }

  @Test
  void missingColumnIsRefused() {
    assertEquals(
        "vocabulary/CONCEPT_RELATIONSHIP.csv, line 1: has no column relationship_id",
        refusal(
            OmopText.albumin()
                .file("CONCEPT_RELATIONSHIP.csv", "concept_id_1\tconcept_id_2\n1\t2\n")));
  }

  @Test
  void raggedRowIsRefused() {
    assertEquals(
        "vocabulary/CONCEPT_RELATIONSHIP.csv, line 3: has 7 cells; the header has 6",
        refusal(
            OmopText.albumin()
                .mapsTo(1, 2)
                .relationship(1, 2, "Is a", "19700101\t20991231\t\tmore")));
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
    String message = refusal(OmopText.albumin().relationship(1, 2, "Maps to", validity));

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
            OmopText.albumin()
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
    byte[] bad = OmopText.albumin().files().get(0).content();
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
