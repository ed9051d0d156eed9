package org.healthbeam.core.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.ConceptMap;
import org.healthbeam.core.code.ConceptMap.Element;
import org.healthbeam.core.code.ConceptMap.Group;
import org.healthbeam.core.code.ConceptMap.Source;
import org.healthbeam.core.code.ConceptMap.Target;
import org.healthbeam.core.code.ConceptMap.Validity;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.Relationship;
import org.healthbeam.core.code.SeveralTargets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mappings that hold for a time are asked for the date of the event. */
class TimedMappingsTest {
  private static final String A = "\"code\":{\"coding\":[{\"system\":\"urn:s\",\"code\":\"a\"}]}";
  private static FhirTranslator translator;

  @BeforeAll
  static void compile() throws Exception {
    Element element =
        new Element(
            Source.code("a"),
            false,
            List.of(
                target("old", LocalDate.MIN, LocalDate.of(2019, 6, 30), false),
                target("new", LocalDate.of(2019, 7, 1), LocalDate.MAX, true)));
    ConceptMap map =
        new ConceptMap(
            new MapId("urn:m", "1"),
            "m",
            List.of(new Group("urn:s", "", "urn:t", "", List.of(element), null)));
    translator = new FhirTranslator(CodeMap.of(List.of(map)), SeveralTargets.AMBIGUOUS);
  }

  private static Target target(String code, LocalDate from, LocalDate to, boolean current) {
    return Target.of(code, "", Relationship.EQUIVALENT).during(new Validity(from, to, current));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"onsetDateTime\":\"2018-01-01\"' | old",
        "'\"onsetDateTime\":\"2019-06-30T23:59:59-12:00\"' | old",
        "'\"onsetDateTime\":\"2020\"' | new",
        "'\"onsetDateTime\":\"2018-02\"' | old",
        "'\"onsetDateTime\":\"2019\"' | new",
        "'\"onsetPeriod\":{\"end\":\"2020\",\"start\":\"2018\"}' | old",
        "'\"onsetPeriod\":{\"end\":\"2018\"}' | new",
        "'\"onsetString\":\"2018\",\"recordedDate\":\"2018\"' | old",
        "'\"onsetDateTime\":\"2020\",\"recordedDate\":\"2018\"' | new",
        "'\"recordedDate\":\"2018\",\"onsetDateTime\":\"2020\"' | new",
        "'\"onsetDateTime\":\"once\",\"recordedDate\":\"2018\"' | old",
        "'\"onsetDateTime\":null,\"recordedDate\":\"2018\"' | old",
        "'\"onsetDateTime\":[\"2018\"]' | new",
        "'\"effectiveDateTime\":\"2018\"' | new",
        "'\"extension\":[{\"onsetDateTime\":\"2018\"}]' | new",
        "'\"evidence\":{\"onsetDateTime\":\"2018\"}' | new",
        "'\"onsetPeriod\":{\"extension\":{\"start\":\"2018\"}}' | new",
        "'\"onsetPeriod\":{\"x\":{\"onsetPeriod\":{\"start\":\"2018\"}}}' | new",
      })
  void theDateOfTheResourceDecidesWhereverItStands(String date, String expected) throws Exception {
    assertEquals(
        List.of(expected), added("{\"resourceType\":\"Condition\"," + date + "," + A + "}"));
    assertEquals(
        List.of(expected), added("{" + A + "," + date + ",\"resourceType\":\"Condition\"}"));
  }

  @Test
  void aContainedResourceHasItsOwnDateOrElseThatAroundIt() throws Exception {
    assertEquals(
        List.of("new", "old", "old"),
        added(
            "{\"resourceType\":\"MedicationRequest\",\"contained\":["
                + "{\"resourceType\":\"Observation\",\"issued\":\"2020-01-01T00:00:00Z\","
                + A
                + "},{\"resourceType\":\"Medication\","
                + A
                + "}],\"reason"
                + A.substring(1)
                + ",\"authoredOn\":\"2018-01-01\"}"));
  }

  @Test
  void theResourcesOfABundleDoNotShareADate() throws Exception {
    assertEquals(
        List.of("old", "new", "old"),
        added(
            "{\"resourceType\":\"Bundle\",\"timestamp\":\"2018-01-01T00:00:00Z\",\"entry\":["
                + "{\"resource\":{"
                + A
                + ",\"resourceType\":\"Procedure\",\"performedPeriod\":{\"start\":\"2018\"}}},"
                + "{\"resource\":{\"resourceType\":\"Medication\","
                + A
                + "}},{\"resource\":{"
                + A
                + ",\"collection\":{\"collectedDateTime\":\"2018-01-01\"},"
                + "\"resourceType\":\"Specimen\"}}]}"));
  }

  @Test
  void anElementThatIsCalledLikeAResourceHasTheDateAroundIt() throws Exception {
    assertEquals(
        List.of("old"),
        added(
            "{\"resourceType\":\"Procedure\",\"outcome\":{\"coding\":[{\"system\":\"urn:s\","
                + "\"code\":\"a\"}]},\"performedDateTime\":\"2018-05\"}"));
  }

  @Test
  void aCodingThatStandsAloneIsAskedForTheSameDate() throws Exception {
    TranslatedRecord record =
        translator.translate(
            ("{\"resourceType\":\"Encounter\",\"class\":{\"system\":\"urn:s\",\"code\":\"a\"},"
                    + "\"period\":{\"start\":\"2018-01-01\"}}")
                .getBytes(UTF_8));
    assertEquals(
        "old", record.codings().get(0).translation().acceptedAnswers().get(0).target().code());
  }

  /** Returns the codes that stand behind an {@code a} of the source, in the order of the record. */
  private static List<String> added(String json) throws Exception {
    String after = new String(translator.translate(json.getBytes(UTF_8)).json(), UTF_8);
    List<String> codes = new ArrayList<>();
    String mark = "{\"system\":\"urn:t\",\"code\":\"";
    for (int at = after.indexOf(mark); at >= 0; at = after.indexOf(mark, at + 1)) {
      codes.add(after.substring(at + mark.length(), after.indexOf('"', at + mark.length())));
    }
    return codes;
  }
}
