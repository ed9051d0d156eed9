package org.healthbeam.core.code.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.healthbeam.core.code.Answer;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.ConceptMap;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.code.TranslationOutcome;
import org.healthbeam.core.fhir.CodingInResource;
import org.healthbeam.core.fhir.FhirTranslator;
import org.healthbeam.core.fhir.TranslatedRecord;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps that are broken, or larger or deeper than any that is meant well. */
class HostileMapsTest {
  private static final String START =
      "{\"resourceType\":\"ConceptMap\",\"url\":\"urn:m\",\"status\":\"active\"";
  private static final String TSV = "source_system\tsource_code\ttarget_system\ttarget_code\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",\"url\":\"urn:m\"",
        ",\"a\":NaN",
        ",\"a\":Infinity",
        ",\"a\":01",
        ",\"a\":\"\\x\"",
        ",\"a\":\"\u0000\"",
        ",",
        ",\"a\":",
        "}}",
        ",\"group\":[{\"source\":\"urn:s\\ud800\"}]",
        ",\"group\":[{\"source\":\"\\udc00\\ud800\"}]",
        ",\"group\":[{\"source\":\"urn:s\",\"target\":\"urn:t\",\"element\":[{\"code\":\"a\","
            + "\"target\":[{\"code\":\"x\\udbff\",\"equivalence\":\"equal\"}]}]}]",
        ",\"group\":[{\"source\":\"urn:s\",\"target\":\"urn:t\",\"element\":[{\"code\":\"a\","
            + "\"target\":[{\"code\":\"x\",\"equivalence\":\"equal\","
            + "\"dependsOn\":[{\"property\":\"p\",\"value\":{\"a\":1}}]}]}]}]",
      })
  void whatIsNotJsonOrNotAMapIsRefused(String rest) {
    refused(MapFormat.CONCEPT_MAP_JSON, (START + rest + "}").getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "{\"group\":[{\"element\":["})
  void nestingIsLimited(String level) {
    for (int levels : new int[] {1_001, 100_000}) {
      byte[] json = (START + ",\"a\":" + level.repeat(levels)).getBytes(UTF_8);
      String message = refused(MapFormat.CONCEPT_MAP_JSON, json);
      assertTrue(message.contains("nested too deep"), message);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CONCEPT_MAP_JSON", "TSV", "CSV"})
  void bytesThatAreNotUtf8AreRefused(MapFormat format) throws Exception {
    for (String hex : List.of("c0af", "edafbf", "eda080edb080", "f4908080", "80", "c3", "ff")) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      String[] table = table(format, "@", "x").split("@");
      bytes.writeBytes(table[0].getBytes(UTF_8));
      bytes.writeBytes(HexFormat.of().parseHex(hex));
      bytes.writeBytes(table[1].getBytes(UTF_8));
      String message = refused(format, bytes.toByteArray());
      assertTrue(message.contains("UTF-8"), message);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CONCEPT_MAP_JSON", "TSV", "CSV"})
  void anotherEncodingOfUnicodeIsRefusedAndAByteOrderMarkIsNot(MapFormat format) throws Exception {
    String table = table(format, "a", "x");
    for (String name : List.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")) {
      refused(format, table.getBytes(Charset.forName(name)));
    }
    CodeMap map = compiled(format, ("\uFEFF" + table).getBytes(UTF_8));
    assertEquals(TranslationOutcome.MAPPED, translate(map, "a").outcome());
    refused(format, ("\uFEFF\uFEFF" + table).getBytes(UTF_8));
  }

  @ParameterizedTest
  @EnumSource(names = {"CONCEPT_MAP_JSON", "TSV", "CSV"})
  void aMessageIsOneShortLineWhateverItQuotes(MapFormat format) throws Exception {
    String nasty = "a\u0007\u001b[31m\u202e\\n\u2028" + "b".repeat(100_000);
    String table =
        table(format, "a", "x")
            .replace("target_code", "target_code" + betweenCells(format) + nasty);
    String message =
        refused(
            format,
            format == MapFormat.CONCEPT_MAP_JSON
                ? (START.replace("active", "draft") + "," + nasty).getBytes(UTF_8)
                : table.replace("relationship", "relationshi").getBytes(UTF_8));
    assertTrue(message.length() < 1000, message);
    assertFalse(message.chars().anyMatch(c -> c < ' ' || c == 0x202e || c == 0x2028), message);
  }

  /** Codes that a program that means well would make one of, or break. */
  @ParameterizedTest
  @EnumSource(names = {"CONCEPT_MAP_JSON", "TSV", "CSV"})
  void codesAreTakenCharacterByCharacterFromTheMapToTheResource(MapFormat format) throws Exception {
    List<String> codes =
        List.of(
            "12",
            "0012",
            "012",
            "12.0",
            "1.2e1",
            "+12",
            "-12",
            "ab",
            "AB",
            "Ab",
            "a b",
            "A B",
            "a\u00a0b",
            "a\u2003b",
            "\u00e9",
            "e\u0301",
            "\u212b",
            "\u00c5",
            "A\u030a",
            "\u00df",
            "ss",
            "SS",
            "i",
            "I",
            "\u0130",
            "\u0131",
            "\ufb01",
            "fi",
            "\uff11\uff12",
            "\u4e2d",
            "\ud83d\ude00",
            "\u200d",
            "a\u200db",
            "\u202ea",
            "null",
            "true",
            "NaN",
            "'",
            "\"",
            "\"\"",
            "a\"b",
            "\\",
            "\\n",
            "\\u0041",
            "#12",
            "=1+1",
            "@a",
            "%41",
            "a/b",
            "a,b",
            "a;b",
            "a|b",
            "<a>",
            "&amp;",
            "{}",
            "[1]",
            "//",
            "--");
    StringBuilder rows = new StringBuilder();
    List<String> codings = new ArrayList<>();
    for (int i = 0; i < codes.size(); i++) {
      rows.append(i == 0 ? "" : betweenRows(format))
          .append(row(format, codes.get(i), codes.get(i)));
      codings.add("{\"coding\":[{\"system\":\"urn:s\",\"code\":" + json(codes.get(i)) + "}]}");
    }
    FhirTranslator translator =
        new FhirTranslator(
            compiled(format, whole(format, rows.toString()).getBytes(UTF_8)),
            SeveralTargets.AMBIGUOUS);
    String record = "{\"resourceType\":\"Basic\",\"code\":[" + String.join(",", codings) + "]}";
    TranslatedRecord translated = translator.translate(record.getBytes(UTF_8));
    var is = new com.fasterxml.jackson.databind.ObjectMapper().readTree(translated.json());
    for (int i = 0; i < codes.size(); i++) {
      var coding = is.path("code").path(i).path("coding");
      assertEquals(2, coding.size(), codes.get(i));
      assertEquals(codes.get(i), coding.path(0).path("code").asText());
      assertEquals("urn:t", coding.path(1).path("system").asText());
      assertEquals(codes.get(i), coding.path(1).path("code").asText());
    }
  }

  @Test
  void aCodeMayHaveAMillionTargets() throws Exception {
    int n = 1_000_000;
    StringBuilder table = new StringBuilder(n * 24).append(TSV);
    for (int i = 0; i < n; i++) {
      table.append("urn:s\ta\turn:t\t").append(i).append('\n');
    }
    CodeMap map = compiled(MapFormat.TSV, table.toString().getBytes(UTF_8));
    Translation all = map.translate(Coding.of("urn:s", "a"), SeveralTargets.ALL);
    assertEquals(n, all.accepted());
    assertEquals("999999", all.answers().get(n - 1).target().code());
    Translation undecided = map.translate(Coding.of("urn:s", "a"), SeveralTargets.AMBIGUOUS);
    assertEquals(TranslationOutcome.AMBIGUOUS, undecided.outcome());
    assertEquals(n, undecided.answers().size());
    TranslatedRecord record =
        new FhirTranslator(map, SeveralTargets.ALL)
            .translate(
                ("{\"resourceType\":\"Basic\",\"code\":{\"coding\":"
                        + "[{\"system\":\"urn:s\",\"code\":\"a\"}]}}")
                    .getBytes(UTF_8));
    String added = ",{\"system\":\"urn:t\",\"code\":\"999999\"}]}}";
    assertTrue(new String(record.json(), UTF_8).endsWith(added));
    assertEquals(RejectReason.TOO_LARGE, refused(map, "a", 1000).reason());
  }

  @Test
  void codingsOfOneRecordShareManyAnswersAndTheirNumberIsBounded() throws Exception {
    StringBuilder table = new StringBuilder(TSV);
    for (int i = 0; i < 1000; i++) {
      table.append("urn:s\ta\turn:t\t").append(i).append('\n');
      table.append("urn:s\tb\turn:t\t").append(i).append('\n');
    }
    CodeMap map = compiled(MapFormat.TSV, table.toString().getBytes(UTF_8));
    TranslatedRecord record =
        new FhirTranslator(map, SeveralTargets.AMBIGUOUS).translate(bundle("a", 1000));
    Set<Object> lists = Collections.newSetFromMap(new IdentityHashMap<>());
    int answers = 0;
    for (CodingInResource each : record.codings()) {
      lists.add(each.translation().answers());
      answers += each.translation().answers().size();
    }
    assertEquals(1_000_000, answers);
    // The first two are computed: what comes twice is kept.
    assertEquals(2, lists.size());
    RejectedException refused = refused(map, "b", 1001);
    assertEquals(RejectReason.TOO_LARGE, refused.reason());
    assertEquals("has codings with more than 1000000 answers", refused.detail());
  }

  private static RejectedException refused(CodeMap map, String code, int codings) {
    return assertThrows(
        RejectedException.class,
        () -> new FhirTranslator(map, SeveralTargets.AMBIGUOUS).translate(bundle(code, codings)));
  }

  private static byte[] bundle(String code, int codings) {
    String entry =
        ",{\"resource\":{\"resourceType\":\"Basic\",\"code\":{\"coding\":"
            + "[{\"system\":\"urn:s\",\"code\":\""
            + code
            + "\"}]}}}";
    return ("{\"resourceType\":\"Bundle\",\"entry\":[" + entry.repeat(codings).substring(1) + "]}")
        .getBytes(UTF_8);
  }

  @Test
  void aTableMaySayTheSameAMillionTimes() throws Exception {
    String row = "urn:s\ta\turn:t\tx\n";
    CodeMap map = compiled(MapFormat.TSV, (TSV + row.repeat(1_000_000)).getBytes(UTF_8));
    List<Answer> answers = translate(map, "a").answers();
    assertEquals(List.of("x"), answers.stream().map(a -> a.target().code()).toList());
  }

  @Test
  void diamondsOfOtherMapsAreAskedOnce() throws Exception {
    int n = 40;
    List<ConceptMap> maps = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      maps.add(asking("urn:top" + i, "urn:left" + i, "urn:right" + i));
      maps.add(asking("urn:left" + i, "urn:top" + (i + 1)));
      maps.add(asking("urn:right" + i, "urn:top" + (i + 1)));
    }
    maps.add(
        json(
            "urn:top" + n,
            ",\"element\":[{\"code\":\"a\",\"target\":"
                + "[{\"code\":\"x\",\"equivalence\":\"equal\"}]}]"));
    Translation answer = translate(CodeMap.of(maps), "a");
    assertEquals(TranslationOutcome.FALLBACK, answer.outcome());
    assertEquals("urn:top0", answer.answers().get(0).asked().url());
  }

  @Test
  void aChainOfOtherMapsHasALimitedLength() throws Exception {
    List<ConceptMap> longest = chain(100);
    assertEquals(TranslationOutcome.UNMAPPED, translate(CodeMap.of(longest), "a").outcome());
    for (int n : new int[] {101, 1_000}) {
      List<ConceptMap> maps = chain(n);
      for (int i = 0; i < 2; i++) {
        InvalidMapException refused =
            assertThrows(InvalidMapException.class, () -> CodeMap.of(maps));
        assertTrue(refused.getMessage().contains("chain of more"), refused::getMessage);
        // From its end on, no way is long when it is walked.
        java.util.Collections.reverse(maps);
      }
    }
  }

  private static List<ConceptMap> chain(int n) throws Exception {
    List<ConceptMap> maps = new ArrayList<>();
    for (int i = 0; i < n - 1; i++) {
      maps.add(asking("urn:map" + i, "urn:map" + (i + 1)));
    }
    String last = "urn:map" + (n - 1);
    maps.add(json(last, ",\"element\":[{\"code\":\"b\"}]"));
    return maps;
  }

  private static ConceptMap asking(String url, String... others) throws Exception {
    List<String> groups = new ArrayList<>();
    for (String other : others) {
      groups.add(",\"unmapped\":{\"mode\":\"other-map\",\"url\":\"" + other + "\"}");
    }
    return json(url, groups.toArray(String[]::new));
  }

  private static ConceptMap json(String url, String... groups) throws Exception {
    StringBuilder json = new StringBuilder(START.replace("urn:m", url)).append(",\"group\":[");
    for (int i = 0; i < groups.length; i++) {
      json.append(i == 0 ? "" : ",")
          .append("{\"source\":\"urn:s\",\"target\":\"urn:t\"")
          .append(groups[i])
          .append('}');
    }
    return ConceptMapJson.read(
        new ByteArrayInputStream(json.append("]}").toString().getBytes(UTF_8)), "map.json");
  }

  private static Translation translate(CodeMap map, String code) {
    return map.translate(Coding.of("urn:s", code), SeveralTargets.AMBIGUOUS);
  }

  private static CodeMap compiled(MapFormat format, byte[] bytes) throws Exception {
    return ToldMaps.compiled(
        sink -> format.read(new ByteArrayInputStream(bytes), "/maps/file", "v", sink));
  }

  private static String refused(MapFormat format, byte[] bytes) {
    String message =
        assertThrows(InvalidMapException.class, () -> compiled(format, bytes)).getMessage();
    assertTrue(message.contains("/maps/file"), message);
    return message;
  }

  private static String table(MapFormat format, String code, String target) {
    return whole(format, row(format, code, target));
  }

  private static String whole(MapFormat format, String rows) {
    return switch (format) {
      case CONCEPT_MAP_JSON ->
          START
              + ",\"group\":[{\"source\":\"urn:s\",\"target\":\"urn:t\",\"element\":["
              + rows
              + "]}]}";
      case TSV -> TSV + rows + "\n";
      case CSV -> TSV.replace('\t', ',') + rows + "\n";
      default -> throw new IllegalArgumentException();
    };
  }

  private static String row(MapFormat format, String code, String target) {
    return switch (format) {
      case CONCEPT_MAP_JSON ->
          "{\"code\":"
              + json(code)
              + ",\"target\":[{\"code\":"
              + json(target)
              + ",\"equivalence\":\"equal\"}]}";
      case TSV -> "urn:s\t" + code + "\turn:t\t" + target;
      case CSV -> "urn:s," + csv(code) + ",urn:t," + csv(target);
      default -> throw new IllegalArgumentException();
    };
  }

  private static String betweenRows(MapFormat format) {
    return format == MapFormat.CONCEPT_MAP_JSON ? "," : "\n";
  }

  private static String betweenCells(MapFormat format) {
    return format == MapFormat.TSV ? "\t" : ",";
  }

  private static String json(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static String csv(String text) {
    return "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
