package org.healthbeam.core.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.TranslationOutcome;
import org.healthbeam.core.code.read.ConceptMapJson;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that somebody made in order to break the next program, or that another one broke. */
class HostileRecordsTest {
  private static final String CODING = "{\"system\":\"urn:s\",\"code\":\"a\"}";
  private static final String TARGET = "{\"system\":\"urn:t\",\"code\":\"x\"}";
  private static FhirTranslator translator;

  @BeforeAll
  static void compile() throws Exception {
    String map =
        """
        {"resourceType":"ConceptMap","url":"urn:m","version":"1","status":"active","group":[
         {"source":"urn:s","target":"urn:t","element":[
          {"code":"a","target":[{"code":"x","equivalence":"equal"}]}]}]}
        """;
    translator =
        new FhirTranslator(
            CodeMap.of(
                List.of(
                    ConceptMapJson.read(new ByteArrayInputStream(map.getBytes(UTF_8)), "m.json"))),
            SeveralTargets.AMBIGUOUS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Infinity",
        "-Infinity",
        "+1",
        ".5",
        "1.",
        "0x1",
        "'a'",
        "/* */1",
        "1,",
        "tru",
        "\"\\ud800\\u0041\"",
        "\"\\udc00\"",
        "\"\\ud800\\ud800\\udc00\"",
        "\"\\u12\"",
        "\"\\x\"",
        "\"a\tb\"",
        "\"a\nb\""
      })
  void aValueThatJsonHasNotIsRejected(String value) {
    rejected(RejectReason.MALFORMED, "{\"resourceType\":\"Basic\",\"a\":" + value + "}");
    rejected(RejectReason.MALFORMED, "{\"resourceType\":\"Basic\",\n\"a\":" + value + "}");
  }

  @Test
  void aPropertyThatComesTwiceUnderAnEscapeIsOneProperty() {
    rejected(RejectReason.MALFORMED, "{\"resourceType\":\"Basic\",\"code\":1,\"\\u0063ode\":{}}");
  }

  @Test
  void whatIsAnotherEncodingOfUnicodeIsRejected() {
    String json = "{\"resourceType\":\"Basic\"}";
    for (String name : List.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")) {
      rejected(RejectReason.MALFORMED, json.getBytes(java.nio.charset.Charset.forName(name)));
    }
    rejected(
        RejectReason.MALFORMED,
        "{\"resourceType\":\"Basic\",\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c080", // overlong NUL
        "e08080",
        "f0808080",
        "c1bf",
        "edafbf", // a surrogate: CESU-8
        "eda080edb080",
        "f4908080", // beyond U+10FFFF
        "f8888080",
        "80",
        "c3",
        "e282",
        "ff"
      })
  void bytesThatUtf8HasNotAreRejectedWhereverTheyStand(String hex) {
    byte[] bad = java.util.HexFormat.of().parseHex(hex);
    for (int before : new int[] {0, 8191, 100_000}) {
      String start = "{\"resourceType\":\"Basic\",\"a\":\"é" + "a".repeat(before);
      byte[] json = Arrays.copyOf(start.getBytes(UTF_8), start.length() + 1 + bad.length + 2);
      System.arraycopy(bad, 0, json, start.length() + 1, bad.length);
      json[json.length - 2] = '"';
      json[json.length - 1] = '}';
      rejected(RejectReason.MALFORMED, json);
    }
  }

  @Test
  void nestingIsLimitedInWhateverIsNested() {
    for (String[] level :
        List.of(
            new String[] {"[", "]"},
            new String[] {"{\"a\":", "}"},
            new String[] {"{\"coding\":[", "]}"},
            new String[] {"{\"contained\":[{\"id\":\"a\"},", "]}"})) {
      int levels = level[0].contains("[") && level[0].contains("{") ? 500 : 1000;
      rejected(
          RejectReason.TOO_LARGE,
          "{\"resourceType\":\"Basic\",\"a\":"
              + level[0].repeat(levels)
              + "1"
              + level[1].repeat(levels)
              + "}");
      rejected(
          RejectReason.TOO_LARGE, "{\"resourceType\":\"Basic\",\"a\":" + level[0].repeat(100_000));
    }
  }

  @Test
  void aCodeableConceptOfManyCodingsTakesEachTargetOnce() throws Exception {
    int n = 200_000;
    StringBuilder codings = new StringBuilder();
    for (int i = 0; i < n; i++) {
      codings.append("{\"system\":\"urn:q\",\"code\":\"").append(i).append("\"},").append(CODING);
      codings.append(i < n - 1 ? "," : "");
    }
    String start = "{\"resourceType\":\"Basic\",\"code\":{\"coding\":[" + codings;
    TranslatedRecord record = translator.translate((start + "]}}").getBytes(UTF_8));
    assertEquals(start + "," + TARGET + "]}}", new String(record.json(), UTF_8));
    assertEquals(2 * n, record.codings().size());
  }

  @Test
  void aSmallRecordCannotAskForMuchMemoryWithLongNames() throws Exception {
    String name = "n".repeat(40_000);
    rejected(
        RejectReason.TOO_LARGE,
        "{\"resourceType\":\"Basic\",\""
            + name
            + "\":{\"coding\":[null"
            + ",null".repeat(10_000)
            + "]}}");
    rejected(
        RejectReason.TOO_LARGE,
        "{\"resourceType\":\"Basic\",\""
            + name
            + "\":"
            + "{\"coding\":[{\"extension\":[".repeat(200)
            + "]}]}".repeat(200)
            + "}");
    String fine = "{\"resourceType\":\"Basic\",\"" + name + "\":{\"coding\":[" + CODING;
    assertEquals(
        fine + "," + TARGET + "]}}",
        new String(translator.translate((fine + "]}}").getBytes(UTF_8)).json(), UTF_8));
  }

  @Test
  void aRecordHasAMillionCodingsAtMost() throws Exception {
    String most = "{\"resourceType\":\"Basic\",\"code\":{\"coding\":[0" + ",0".repeat(999_999);
    assertEquals(1_000_000, translator.translate((most + "]}}").getBytes(UTF_8)).codings().size());
    rejected(RejectReason.TOO_LARGE, most + ",0]}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"é", "1"})
  void aRecordOfAHundredMegabytesNeedsMemoryInProportion(String what) throws Exception {
    int size = 100 << 20;
    String start = "{\"resourceType\":\"Basic\",\"code\":{\"coding\":[" + CODING;
    String number = what.equals("1") ? "" : "\"";
    byte[] before = (start + "]},\n\"note\":" + number).getBytes(UTF_8);
    byte[] end = (number + "}").getBytes(UTF_8);
    byte[] unit = what.getBytes(UTF_8);
    byte[] json = new byte[before.length + size + end.length];
    System.arraycopy(before, 0, json, 0, before.length);
    for (int i = 0; i < size; i += unit.length) {
      System.arraycopy(unit, 0, json, before.length + i, unit.length);
    }
    System.arraycopy(end, 0, json, before.length + size, end.length);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    TranslatedRecord record = translator.translate(json);
    allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
    // Twice to bring it onto one line, once with the target, and twice for a number as text.
    assertTrue(allocated < 6L * json.length, allocated + " bytes were allocated");
    assertEquals(json.length - 1 + 1 + TARGET.length(), record.json().length);
    assertEquals(TranslationOutcome.MAPPED, record.codings().get(0).translation().outcome());
  }

  private static void rejected(RejectReason reason, String json) {
    rejected(reason, json.getBytes(UTF_8));
  }

  private static void rejected(RejectReason reason, byte[] json) {
    RejectedException rejected =
        assertThrows(RejectedException.class, () -> translator.translate(json));
    assertEquals(reason, rejected.reason());
    assertTrue(rejected.detail().matches("[\\w ,;.'+-]+"), rejected::detail);
  }
}
