package org.healthbeam.core.code.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.healthbeam.core.code.Circumstances;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.OmopConcept;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.code.TranslationOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceToConceptMapTest {
  private static final String HEADER =
      "source_code,source_concept_id,source_vocabulary_id,source_code_description,"
          + "target_concept_id,target_vocabulary_id,valid_start_date,valid_end_date,invalid_reason";
  private static final String LOCAL =
      "https://athena.ohdsi.org/search-terms/terms?vocabulary=Our+units";

  private static OmopText.Bytes file(String... rows) {
    return new OmopText.Bytes(
        "maps/units.csv",
        (HEADER + "\n" + String.join("\n", rows)).getBytes(StandardCharsets.UTF_8));
  }

  private static Translation translate(List<OmopText.Bytes> files, String code, LocalDate day)
      throws Exception {
    return ToldMaps.compiled(sink -> MapFiles.tell(files, sink))
        .translate(Coding.of(LOCAL, code), Circumstances.on(day), SeveralTargets.AMBIGUOUS);
  }

  private static List<String> codes(Translation translation) {
    return translation.acceptedAnswers().stream()
        .map(answer -> answer.target().system() + "|" + answer.target().code())
        .toList();
  }

  @Test
  void withoutConceptOnlyTheNumberIsKnown() throws Exception {
    OmopText.Bytes file = file("01,0,Our units,\"grams, ours\",8504,UCUM,19700101,20991231,");

    Translation translation = translate(List.of(file), "01", null);

    assertEquals(List.of(OmopConcept.SYSTEM + "|8504"), codes(translation));
    assertEquals(List.of(new OmopConcept(8504, "", "", 0, List.of())), OmopConcept.of(translation));
    assertEquals(
        Set.of(new MapId("units.csv", file.version())),
        ToldMaps.by(sink -> MapFiles.tell(List.of(file), sink)).maps);
  }

  @Test
  void conceptTellsWhatTheTargetIs() throws Exception {
    OmopText text =
        new OmopText()
            .standard(8504, "UCUM", "g", "Unit", "gram")
            .concept(5, "UCUM", "x", "Unit", "old", "", "19700101\t20101231\tD")
            .file(
                "SOURCE_TO_CONCEPT_MAP.csv",
                (HEADER
                        + "\n01,0,Our units,,8504,UCUM,19700101,20991231,"
                        + "\n02,0,Our units,,5,UCUM,19700101,20991231,"
                        + "\n03,0,Our units,,77,UCUM,19700101,20991231,\n")
                    .replace(',', '\t'));

    assertEquals(
        List.of("http://unitsofmeasure.org|g", OmopConcept.SYSTEM + "|8504"),
        codes(translate(text.files(), "01", null)));
    assertEquals("gram", translate(text.files(), "01", null).answers().get(0).target().display());
    assertEquals(2, codes(translate(text.files(), "02", LocalDate.of(2010, 12, 31))).size());
    assertEquals(List.of(), codes(translate(text.files(), "02", LocalDate.of(2011, 1, 1))));
    assertEquals(List.of(OmopConcept.SYSTEM + "|77"), codes(translate(text.files(), "03", null)));
    assertEquals(
        List.of("1 mappings of one's own name a concept that CONCEPT lacks"),
        ToldMaps.by(text::tell).remarks);
  }

  @Test
  void severalTargetsAreTakenTogether() throws Exception {
    OmopText.Bytes file =
        file("01,0,Our units,,1,,19700101,20991231,", "01,0,Our units,,2,,19700101,20991231,");

    assertEquals(
        List.of(1, 2),
        OmopConcept.of(translate(List.of(file), "01", null)).stream()
            .map(OmopConcept::conceptId)
            .toList());
  }

  @Test
  void targetZeroSaysThatThereIsNone() throws Exception {
    OmopText.Bytes file =
        file("01,0,Our units,,0,None,19700101,20101231,D", "01,0,Our units,,7,,20110101,20991231,");

    Translation before = translate(List.of(file), "01", LocalDate.of(2010, 12, 31));
    assertEquals(TranslationOutcome.NOT_MAPPABLE, before.outcome());
    assertEquals(List.of(OmopConcept.NO_MATCH), OmopConcept.of(before));
    assertEquals(
        List.of(OmopConcept.SYSTEM + "|7"),
        codes(translate(List.of(file), "01", LocalDate.of(2011, 1, 1))));
    assertEquals(List.of(OmopConcept.SYSTEM + "|7"), codes(translate(List.of(file), "01", null)));
  }

  @Test
  void vocabularyMayBeAUri() throws Exception {
    OmopText.Bytes file = file("01,9,urn:oid:2.16.840.1.113883.6.96,,7,,2010-01-01,2099-12-31,");

    Translation translation =
        ToldMaps.compiled(sink -> MapFiles.tell(List.of(file), sink))
            .translate(Coding.of("http://snomed.info/sct", "01"), SeveralTargets.AMBIGUOUS);

    assertEquals(List.of(new OmopConcept(7, "", "", 9, List.of())), OmopConcept.of(translation));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "01,0,V,,7,,19700101,20991231|has 8 cells; the header has 9",
        ",0,V,,7,,19700101,20991231,|has no source_code",
        "0  1,0,V,,7,,19700101,20991231,|has a source_code that is not a code: no white space at"
            + " either end and no more than one space between",
        "01,0,,,7,,19700101,20991231,|has no source_vocabulary_id",
        "01,0,V,,,,19700101,20991231,|has a target_concept_id that is not a number from 0 to"
            + " 2147483647",
        "01,0,V,,-7,,19700101,20991231,|has a target_concept_id that is not a number from 0 to"
            + " 2147483647",
        "01,0,V,,7,,19700231,20991231,|has a valid_start_date that is not a date like 20021231 or"
            + " 2002-12-31",
        "01,0,V,,7,,19700101,2099-1231,|has a valid_end_date that is not a date like 20021231 or"
            + " 2002-12-31",
      })
  void wrongRowIsRefusedWithItsLine(String row, String what) {
    assertEquals(
        "maps/units.csv, line 3: " + what,
        assertThrows(
                InvalidMapException.class,
                () ->
                    ToldMaps.by(
                        sink ->
                            MapFiles.tell(
                                List.of(file("00,0,V,,7,,19700101,20991231,", row)), sink)))
            .getMessage());
  }

  @Test
  void missingColumnIsRefused() {
    OmopText.Bytes file =
        new OmopText.Bytes(
            "maps/units.csv",
            "source_code,source_vocabulary_id,target_concept_id\n"
                .getBytes(StandardCharsets.UTF_8));

    assertEquals(
        "maps/units.csv, line 1: has no column source_concept_id",
        assertThrows(
                InvalidMapException.class,
                () -> ToldMaps.by(sink -> MapFiles.tell(List.of(file), sink)))
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource({"'\u00ff',is not text in UTF-8", "'a,\"b\"c',is not CSV: a quote is wrong"})
  void whatIsNotTextOrNotCsvIsRefused(String bytes, String message) {
    for (String start : List.of("", HEADER + "\n")) {
      OmopText.Bytes file =
          new OmopText.Bytes(
              "vocabulary/SOURCE_TO_CONCEPT_MAP.csv",
              (start + bytes + "\n").getBytes(StandardCharsets.ISO_8859_1));
      InvalidMapException refused =
          assertThrows(
              InvalidMapException.class,
              () ->
                  SourceToConceptMap.read(
                      file.open(), file.path(), file.version(), null, new ToldMaps()));
      assertTrue(refused.getMessage().endsWith(message), refused::getMessage);
    }
  }

  @Test
  void aHeaderMayBeLong() {
    String header = HEADER + ",x".repeat(10_000);
    InvalidMapException refused =
        assertThrows(
            InvalidMapException.class,
            () ->
                SourceToConceptMap.read(
                    new java.io.ByteArrayInputStream(header.getBytes(StandardCharsets.UTF_8)),
                    "units.csv",
                    "v",
                    null,
                    new ToldMaps()));
    assertEquals("units.csv, line 1: has the column x twice", refused.getMessage());
  }
}
