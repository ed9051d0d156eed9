package org.healthbeam.core.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.read.ConceptMapJson;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FhirTranslatorTest {
  private static final String X =
      "{\"system\":\"urn:t\",\"code\":\"x\",\"display\":\"An \\\"X\\\"\"}";
  private static FhirTranslator translator;

  @BeforeAll
  static void compile() throws Exception {
    String map =
        """
        {"resourceType":"ConceptMap","url":"urn:m","version":"1","status":"active","group":[
         {"source":"urn:s","target":"urn:t","element":[
          {"code":"a","target":[{"code":"x","display":"An \\"X\\"","equivalence":"equal"}]},
          {"code":"b","target":[{"code":"x","equivalence":"equal"}]},
          {"code":"n","target":[{"equivalence":"unmatched"}]}]}]}
        """;
    translator =
        new FhirTranslator(
            CodeMap.of(
                List.of(
                    ConceptMapJson.read(new ByteArrayInputStream(map.getBytes(UTF_8)), "m.json"))),
            SeveralTargets.AMBIGUOUS);
  }

  @Test
  void aTargetIsAddedAtTheEndOfItsCodeableConceptAndNothingElseChanges() throws Exception {
    assertEquals(
        "{\"resourceType\":\"Observation\", \"id\" : \"\\u0031\",\"code\":{\"coding\":[ "
            + "{\"system\":\"urn:s\",\"code\":\"a\"},"
            + X
            + "],\"text\":\"é\\u00e9\"},\"valueQuantity\":{\"value\":1.00e+2}}",
        rewrite(
            "{\"resourceType\":\"Observation\", \"id\" : \"\\u0031\",\"code\":{\"coding\":[ "
                + "{\"system\":\"urn:s\",\"code\":\"a\"}],\"text\":\"é\\u00e9\"},"
                + "\"valueQuantity\":{\"value\":1.00e+2}}"));
  }

  @Test
  void aTargetThatIsThereAlreadyIsNotAddedAgain() throws Exception {
    String once =
        rewrite(
            "{\"resourceType\":\"Condition\",\"code\":{\"coding\":["
                + "{\"system\":\"urn:s\",\"code\":\"a\"},{\"system\":\"urn:s\",\"code\":\"b\"}]}}");
    assertEquals(
        "{\"resourceType\":\"Condition\",\"code\":{\"coding\":["
            + "{\"system\":\"urn:s\",\"code\":\"a\"},{\"system\":\"urn:s\",\"code\":\"b\"},"
            + X
            + "]}}",
        once);
    assertEquals(once, rewrite(once));
  }

  @Test
  void everyCodingKnowsItsResourceAndPathWhateverTheOrderOfKeys() throws Exception {
    assertEquals(
        List.of(
            "Patient/p1 Bundle.entry[0].resource.maritalStatus.coding[0] mapped",
            "Medication/m Bundle.entry[1].resource.contained[0].code.coding[0] mapped",
            "Medication/n Bundle.entry[1].resource.contained[1].code.coding[0] not-mappable",
            "Observation/o Bundle.entry[1].resource.value.coding[0] invalid",
            "Observation/o Bundle.entry[1].resource.value.coding[1] unmapped",
            "Observation/o Bundle.entry[1].resource.extension[0].value mapped",
            "Encounter/ Bundle.entry[2].resource.class mapped",
            "OperationOutcome/ Bundle.entry[2].response.outcome.issue[0].details.coding[0] mapped"),
        places(
            """
            {"entry":[
              {"resource":{"maritalStatus":{"coding":[{"code":"a","system":"urn:s"}]},
                           "id":"p1","resourceType":"Patient"}},
              {"resource":{
                "contained":[
                  {"code":{"coding":[{"system":"urn:s","code":"a"}]},"id":"m","resourceType":"Medication"},
                  {"code":{"coding":[{"system":"urn:s","code":"n"}]},"id":"n","resourceType":"Medication"}],
                "valueCodeableConcept":{"coding":[{"code":"a"},{"system":"urn:q","code":"a"}]},
                "extension":[{"url":"u","valueCoding":{"system":"urn:s","code":"a"}}],
                "code":{"text":"only"},"valueQuantity":{"value":1,"system":"urn:s","code":"a"},
                "resourceType":"Observation","id":"o"}},
              {"resource":{"resourceType":"Encounter","class":{"system":"urn:s","code":"a"},
                           "meta":{"tag":[{"system":"urn:s","code":"a"}]}},
               "response":{"outcome":{"resourceType":"OperationOutcome",
                 "issue":[{"details":{"coding":[{"system":"urn:s","code":"a"}]}}]}}}],
             "type":"batch","resourceType":"Bundle","id":"B"}
            """));
  }

  @Test
  void codingsInsideACodingsExtensionAreTranslatedToo() throws Exception {
    assertEquals(
        "{\"resourceType\":\"Condition\",\"code\":{\"coding\":[{\"extension\":[{\"url\":\"u\","
            + "\"valueCodeableConcept\":{\"coding\":[{\"system\":\"urn:s\",\"code\":\"a\"},"
            + X
            + "]}}],\"system\":\"urn:s\",\"code\":\"b\"},{\"system\":\"urn:t\",\"code\":\"x\"}]}}",
        rewrite(
            "{\"resourceType\":\"Condition\",\"code\":{\"coding\":[{\"extension\":[{\"url\":\"u\","
                + "\"valueCodeableConcept\":{\"coding\":[{\"system\":\"urn:s\",\"code\":\"a\"}"
                + "]}}],\"system\":\"urn:s\",\"code\":\"b\"}]}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[null,1,\"s\",[]] | 4",
        "{\"system\":\"urn:s\",\"code\":\"a\"} | 1",
        "\"urn:s\" | 1",
        "null | 1",
        "[] | 0",
        "[{}] | 1",
        "[{\"system\":\"urn:s\",\"code\":7}] | 1",
        "[{\"system\":\"urn:s\",\"code\":{\"coding\":[]}}] | 1",
        "[{\"system\":\"urn:s\",\"code\":\" a\"}] | 1",
        "[{\"system\":\"\",\"code\":\"a\"}] | 1",
      })
  void whatIsNotACodingIsCountedAsInvalidAndLeftAlone(String coding, int n) throws Exception {
    String json = "{\"resourceType\":\"Condition\",\"code\":{\"coding\":" + coding + "}}";
    TranslatedRecord record = translator.translate(json.getBytes(UTF_8));
    assertEquals(json, new String(record.json(), UTF_8));
    assertEquals(n, record.codings().size());
    record.codings().forEach(c -> assertEquals("invalid", c.translation().outcome().code()));
  }

  @Test
  void aRecordOfSeveralLinesComesOntoOne() throws Exception {
    assertEquals(
        "{\"resourceType\":\"Condition\",\"note\":\"a  \\n b\",\"n\":[1,2.0]}",
        rewrite(
            "\uFEFF{\r\n  \"resourceType\": \"Condition\",\n\t\"note\":\"a  \\n b\",\n"
                + " \"n\": [ 1,\n2.0 ]\n}\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"resourceType\":\"Patient\" | malformed",
        "{\"resourceType\":\"Patient\"}} | malformed",
        "{\"resourceType\":\"Patient\"} x | malformed",
        "{\"resourceType\":\"Patient\"}{} | malformed",
        "{\"resourceType\":\"Patient\",\"a\":1,\"a\":2} | malformed",
        "{\"resourceType\":\"Patient\",\"a\":\"\\ud800\"} | malformed",
        "{\"resourceType\":\"Patient\",\"a\":\"\\udc00\\ud800\"} | malformed",
        "{\"resourceType\":\"Patient\",\"a\":NaN} | malformed",
        "{\"resourceType\":\"Patient\",\"a\":01} | malformed",
        "not json | malformed",
        "[1] | unsupported",
        "1 | unsupported",
        "{\"id\":\"x\"} | missing-field",
        "{\"resourceType\":5} | invalid-field",
        "{\"resourceType\":\"pat ient\"} | invalid-field",
        "{\"resourceType\":\"Patient\",\"id\":5} | invalid-field",
      })
  void whatIsNotAResourceIsRejectedWithAReason(String json, String reason) {
    RejectedException rejected =
        assertThrows(RejectedException.class, () -> translator.translate(json.getBytes(UTF_8)));
    assertEquals(RejectReason.fromCode(reason), rejected.reason());
  }

  @Test
  void bytesThatAreNotUtf8AreRejected() {
    byte[][] bad = {
      {'{', '"', (byte) 0xC3, '"', ':', '1', '}'},
      {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', ':', '1', '}'},
      {'{', '"', (byte) 0xC0, (byte) 0xAF, '"', ':', '1', '}'},
      "{\"resourceType\":\"Patient\"}".getBytes(java.nio.charset.StandardCharsets.UTF_16LE),
      {},
    };
    for (byte[] json : bad) {
      RejectedException rejected =
          assertThrows(RejectedException.class, () -> translator.translate(json));
      assertEquals(RejectReason.MALFORMED, rejected.reason());
    }
  }

  @Test
  void nestingIsLimited() throws Exception {
    int levels = FhirTranslator.MAX_DEPTH;
    assertFalse(rewrite(nested(levels - 1)).isEmpty());
    RejectedException rejected =
        assertThrows(RejectedException.class, () -> rewrite(nested(levels)));
    assertEquals(RejectReason.TOO_LARGE, rejected.reason());
    assertTrue(rejected.getMessage().contains("nested deeper than"), rejected::getMessage);
  }

  @Test
  void aLimitOfTheParserThatIsNotDepthIsNotCalledDepth() {
    String detail =
        RecordPass.tooLarge(new StreamConstraintsException("Name length (50001) MARKER")).detail();
    assertTrue(detail.contains("property names"), detail);
    assertFalse(detail.contains("nested") || detail.contains("MARKER"), detail);
  }

  @Test
  void numbersOfAnyLengthStayAsTheyAre() throws Exception {
    String json = "{\"resourceType\":\"Basic\",\"n\":" + "1".repeat(5000) + ".000e-5}";
    assertEquals(json, rewrite(json));
  }

  @Test
  void noRejectQuotesTheRecord() {
    String[] bad = {
      "{\"resourceType\":\"Patient\",\"MARKER\":1,\"MARKER\":2}",
      "{\"resourceType\":\"Patient\",\"a\":MARKER}",
      "{\"resourceType\":\"MARKER X\"}",
      "{\"resourceType\":\"Patient\",\"a\":\"MARKER",
    };
    for (String json : bad) {
      RejectedException rejected =
          assertThrows(RejectedException.class, () -> translator.translate(json.getBytes(UTF_8)));
      assertFalse(rejected.toString().contains("MARKER"), rejected::getMessage);
    }
  }

  private static String nested(int levels) {
    return "{\"resourceType\":\"Basic\",\"x\":" + "[".repeat(levels) + "]".repeat(levels) + "}";
  }

  private static String rewrite(String json) throws RejectedException {
    return new String(translator.translate(json.getBytes(UTF_8)).json(), UTF_8);
  }

  private static List<String> places(String json) throws RejectedException {
    return translator.translate(json.getBytes(UTF_8)).codings().stream()
        .map(
            c ->
                c.resourceType()
                    + "/"
                    + c.resourceId()
                    + " "
                    + c.path()
                    + " "
                    + c.translation().outcome().code())
        .toList();
  }
}
