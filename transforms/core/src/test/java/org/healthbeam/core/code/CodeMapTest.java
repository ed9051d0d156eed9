package org.healthbeam.core.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.healthbeam.core.code.read.ConceptMapJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeMapTest {
  private static final String S = "http://example.org/source";
  private static final String T = "http://example.org/target";

  @ParameterizedTest
  @CsvSource({
    "wider, source-is-narrower-than-target",
    "subsumes, source-is-narrower-than-target",
    "narrower, source-is-broader-than-target",
    "specializes, source-is-broader-than-target",
    "equal, equivalent",
    "equivalent, equivalent",
    "relatedto, related-to",
    "inexact, related-to",
    "unmatched, not-related-to",
    "disjoint, not-related-to"
  })
  void anEquivalenceOfR4DescribesTheTarget(String equivalence, String relationship)
      throws Exception {
    CodeMap map =
        maps(
            group(
                "{'code':'a','target':[{'code':'x','equivalence':'"
                    + equivalence
                    + "','comment':'c'}]}"));
    Answer only = translate(map, "a").answers().get(0);
    assertEquals(relationship, only.relationship().code());
    assertEquals(!relationship.equals("not-related-to"), translate(map, "a").result());
  }

  @Test
  void anAnswerThatIsGivenAgainIsThatOfTheCodingAtHand() throws Exception {
    CodeMap map =
        maps(
            group(
                "{'code':'a','target':[{'code':'x','equivalence':'equal'},"
                    + "{'code':'y','equivalence':'equal'}]},"
                    + "{'code':'b','target':[{'code':'x','equivalence':'equal',"
                    + "'dependsOn':[{'property':'urn:p','value':'1'}]}]}"));
    for (int round = 0; round < 3; round++) {
      for (String display : List.of("one", "two")) {
        Coding coding = new Coding(S, "", "a", display);
        assertEquals(coding, map.translate(coding, SeveralTargets.ALL).source());
        assertEquals(
            TranslationOutcome.MAPPED, map.translate(coding, SeveralTargets.ALL).outcome());
        assertEquals(
            TranslationOutcome.AMBIGUOUS,
            map.translate(coding, SeveralTargets.AMBIGUOUS).outcome());
      }
      Coding conditional = Coding.of(S, "b");
      assertEquals(
          TranslationOutcome.AMBIGUOUS, map.translate(conditional, SeveralTargets.ALL).outcome());
      for (String value : List.of("1", "2")) {
        Circumstances known =
            new Circumstances(null, Map.of("urn:p", List.of(Coding.of("", value))));
        assertEquals(
            value.equals("1") ? TranslationOutcome.MAPPED : TranslationOutcome.UNMAPPED,
            map.translate(conditional, known, SeveralTargets.ALL).outcome());
      }
    }
  }

  @Test
  void theSameTargetsAsACombinationAndByThemselvesAreNotAmbiguous() throws Exception {
    MapGroup plain = new MapGroup(new MapId("urn:a", "1"), "a", S, "", T, "");
    MapGroup parts = new MapGroup(new MapId("urn:b", "1"), "b", S, "", T, "");
    ConceptMap.Target x = ConceptMap.Target.of("x", "", Relationship.EQUIVALENT);
    ConceptMap.Target y = ConceptMap.Target.of("y", "", Relationship.EQUIVALENT);
    try (MapCompiler compiler = new MapCompiler()) {
      compiler.say(plain, ConceptMap.Source.code("a"), x);
      compiler.say(parts, ConceptMap.Source.code("a"), x.in(new ConceptMap.Combination(0, 7, 0)));
      for (int scenario = 1; scenario < 3; scenario++) {
        compiler.say(
            parts, ConceptMap.Source.code("b"), x.in(new ConceptMap.Combination(scenario, 1, 0)));
        compiler.say(
            parts, ConceptMap.Source.code("b"), y.in(new ConceptMap.Combination(scenario, 2, 0)));
      }
      CodeMap map = CodeMap.over(List.of(compiler.compile()));
      assertEquals(List.of("x", "x"), codes(translate(map, "a")));
      assertEquals(TranslationOutcome.MAPPED, translate(map, "a").outcome());
      assertEquals(List.of("x", "y"), codes(translate(map, "b")));
      assertEquals(2, translate(map, "b").accepted());
    }
  }

  @Test
  void everyTranslationNamesTheMapsThatWereAsked() throws Exception {
    CodeMap map = named("urn:b|2", "urn:a|1");
    assertEquals("urn:a|1 urn:b|2", map.name());
    for (Coding coding :
        List.of(
            Coding.of(S, "a"),
            Coding.of(S, "none"),
            Coding.of("urn:other", "a"),
            Coding.of("", "a"),
            Coding.of(S, ""),
            Coding.of(S, " a"))) {
      // A conclusion that is kept names them, too.
      for (int i = 0; i < 4; i++) {
        assertEquals(map.name(), map.translate(coding, SeveralTargets.ALL).maps(), coding.code());
      }
    }
  }

  @Test
  void aLongNameOfMapsIsTheirDigest() throws Exception {
    String start = "urn:" + "a".repeat(249) + "|";
    assertEquals(start + "1", named(start + "1").name());
    CodeMap long1 = named(start + "11");
    assertTrue(long1.name().matches("sha256:[0-9a-f]{64}"), long1.name());
    assertEquals(long1.name(), named(start + "11").name());
    assertNotEquals(long1.name(), named(start + "12").name());
  }

  private static CodeMap named(String... names) throws Exception {
    try (MapCompiler compiler = new MapCompiler()) {
      for (String name : names) {
        compiler.say(
            new MapGroup(MapId.parse(name), name, S, "", T, ""),
            ConceptMap.Source.code("a"),
            ConceptMap.Target.of("x", "", Relationship.EQUIVALENT));
      }
      return CodeMap.over(List.of(compiler.compile()));
    }
  }

  @Test
  void anExplicitNoMapWithoutATargetSystemIsNotOverriddenByADefault() throws Exception {
    CodeMap map =
        CodeMap.of(
            List.of(
                ConceptMapJson.read(
                    new ByteArrayInputStream(
                        ("{'resourceType':'ConceptMap','status':'draft','url':'urn:m','group':["
                                + "{'source':'urn:s','element':[{'code':'a','noMap':true}]},"
                                + "{'source':'urn:s','target':'urn:t','unmapped':"
                                + "{'mode':'use-source-code','relationship':'related-to'}}]}")
                            .replace('\'', '"')
                            .getBytes(StandardCharsets.UTF_8)),
                    "m.json")));
    assertEquals(
        TranslationOutcome.NOT_MAPPABLE,
        map.translate(Coding.of("urn:s", "a"), SeveralTargets.ALL).outcome());
    assertEquals(
        TranslationOutcome.FALLBACK,
        map.translate(Coding.of("urn:s", "b"), SeveralTargets.ALL).outcome());
  }

  @Test
  void aDenialUnderAConditionThatIsNotKnownIsAmbiguous() throws Exception {
    MapGroup group = new MapGroup(new MapId("urn:a", "1"), "a", S, "", T, "");
    ConceptMap.Target none =
        ConceptMap.Target.none().dependingOn(List.of(Property.of("urn:p", "1")));
    try (MapCompiler compiler = new MapCompiler()) {
      compiler.say(group, ConceptMap.Source.code("a"), none);
      compiler.say(
          group, ConceptMap.Source.code("b"), none.in(new ConceptMap.Combination(1, 1, 1)));
      CodeMap map = CodeMap.over(List.of(compiler.compile()));
      for (String code : List.of("a", "b")) {
        assertEquals(TranslationOutcome.AMBIGUOUS, translate(map, code).outcome(), code);
        Circumstances known = new Circumstances(null, Map.of("urn:p", List.of(Coding.of("", "1"))));
        assertEquals(
            TranslationOutcome.NOT_MAPPABLE,
            map.translate(Coding.of(S, code), known, SeveralTargets.ALL).outcome(),
            code);
      }
    }
  }

  @Test
  void aCodeThatComesAgainAddsItsTargets() throws Exception {
    CodeMap map =
        maps(
            group(
                "{'code':'a','target':[{'code':'x','equivalence':'equal'}]},"
                    + "{'code':'a','target':[{'code':'y','equivalence':'equal'}]}"));
    assertEquals(List.of("x", "y"), codes(map.translate(Coding.of(S, "a"), SeveralTargets.ALL)));
    Translation undecided = map.translate(Coding.of(S, "a"), SeveralTargets.AMBIGUOUS);
    assertEquals(TranslationOutcome.AMBIGUOUS, undecided.outcome());
    assertEquals(0, undecided.accepted());
    assertEquals(2, undecided.answers().size());
  }

  @Test
  void otherMapsThatLeadInACircleAreRefusedAndDiamondsAreNot() throws Exception {
    String toB = other("urn:b");
    ConceptMap a = map("urn:a", group("", toB) + "," + group("", other("urn:c")));
    ConceptMap b = map("urn:b", group("", other("urn:d")));
    ConceptMap c = map("urn:c", group("", other("urn:d")));
    ConceptMap d =
        map("urn:d", group("{'code':'a','target':[{'code':'x','equivalence':'equal'}]}"));
    CodeMap diamond = CodeMap.of(List.of(a, b, c, d));
    Translation found = translate(diamond, "a");
    assertEquals(TranslationOutcome.FALLBACK, found.outcome());
    assertEquals("urn:d", found.answers().get(0).map().url());
    assertEquals("urn:a", found.answers().get(0).asked().url());
    ConceptMap back = map("urn:d", group("", other("urn:b|1")));
    InvalidMapException refused =
        assertThrows(InvalidMapException.class, () -> CodeMap.of(List.of(a, b, c, back)));
    assertTrue(refused.getMessage().contains("urn:b|1 -> urn:d|1 -> urn:b|1"), refused::getMessage);
  }

  @Test
  void anOtherMapThatIsMissingIsNamed() throws Exception {
    ConceptMap a = map("urn:a", group("", other("urn:nowhere|2")));
    InvalidMapException refused =
        assertThrows(InvalidMapException.class, () -> CodeMap.of(List.of(a)));
    assertTrue(refused.getMessage().contains("urn:nowhere|2"), refused::getMessage);
  }

  @Test
  void twoMapsWithOneNameAndDifferentContentAreRefused() throws Exception {
    String x = group("{'code':'a','target':[{'code':'x','equivalence':'equal'}]}");
    String y = group("{'code':'a','target':[{'code':'y','equivalence':'equal'}]}");
    assertThrows(
        InvalidMapException.class, () -> CodeMap.of(List.of(map("urn:a", x), map("urn:a", y))));
    assertEquals(1, CodeMap.of(List.of(map("urn:a", x), map("urn:a", x))).size());
  }

  @Test
  void noMapAndMapsWithoutEntriesAreRefused() throws Exception {
    assertThrows(InvalidMapException.class, () -> CodeMap.of(List.of()));
    ConceptMap empty = map("urn:a", group(""));
    assertThrows(InvalidMapException.class, () -> CodeMap.of(List.of(empty)));
  }

  @Test
  void codesThatShareAHashAreStillTwoCodes() throws Exception {
    // "Aa" and "BB" have one String.hashCode; so have the two ICD-10-CM codes with any salt.
    CodeMap map =
        maps(
            group(
                "{'code':'Aa','target':[{'code':'x','equivalence':'equal'}]},"
                    + "{'code':'BB','target':[{'code':'y','equivalence':'equal'}]},"
                    + "{'code':'T2020XA','target':[{'code':'p','equivalence':'equal'}]},"
                    + "{'code':'T20219A','target':[{'code':'q','equivalence':'equal'}]}"));
    assertEquals(List.of("x"), codes(translate(map, "Aa")));
    assertEquals(List.of("y"), codes(translate(map, "BB")));
    assertEquals(List.of("p"), codes(translate(map, "T2020XA")));
    assertEquals(List.of("q"), codes(translate(map, "T20219A")));
  }

  @Test
  void codesAreComparedCharacterByCharacter() throws Exception {
    CodeMap map = maps(group("{'code':'0012','target':[{'code':'x','equivalence':'equal'}]}"));
    assertEquals(TranslationOutcome.MAPPED, translate(map, "0012").outcome());
    assertEquals(TranslationOutcome.UNMAPPED, translate(map, "12").outcome());
    assertEquals(TranslationOutcome.INVALID, translate(map, " 0012").outcome());
  }

  @Test
  void aSystemUnderAnotherNameIsFoundAndKept() throws Exception {
    CodeMap map =
        CodeMap.of(
            List.of(
                map(
                    "urn:a",
                    "{'source':'LN','target':'"
                        + T
                        + "','element':[{'code':'1-8',"
                        + "'target':[{'code':'x','equivalence':'equal'}]}]}")));
    Translation found =
        map.translate(Coding.of("urn:oid:2.16.840.1.113883.6.1", "1-8"), SeveralTargets.ALL);
    assertEquals(TranslationOutcome.MAPPED, found.outcome());
    assertEquals("http://loinc.org", found.system());
    assertEquals("urn:oid:2.16.840.1.113883.6.1", found.source().system());
    assertFalse(found.toString().contains("1-8"));
  }

  private static String other(String url) {
    return "{'mode':'other-map','url':'" + url + "'}";
  }

  private static String group(String elements) {
    return group(elements, "");
  }

  private static String group(String elements, String unmapped) {
    return "{'source':'"
        + S
        + "','target':'"
        + T
        + "','element':["
        + elements
        + "]"
        + (unmapped.isEmpty() ? "" : ",'unmapped':" + unmapped)
        + "}";
  }

  private static CodeMap maps(String... groups) throws Exception {
    return CodeMap.of(List.of(map("urn:map", String.join(",", groups))));
  }

  private static ConceptMap map(String url, String groups) throws InvalidMapException, IOException {
    String json =
        "{'resourceType':'ConceptMap','url':'"
            + url
            + "','version':'1','status':'active','group':["
            + groups
            + "]}";
    return ConceptMapJson.read(
        new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)),
        "map.json");
  }

  private static Translation translate(CodeMap map, String code) {
    return map.translate(Coding.of(S, code), SeveralTargets.AMBIGUOUS);
  }

  private static List<String> codes(Translation translation) {
    List<String> result = new ArrayList<>();
    translation.acceptedAnswers().forEach(a -> result.add(a.target().code()));
    return result;
  }

  @Test
  void tablesOfOneNameInTwoFoldersAreToldApartByAUrlOrAName() throws Exception {
    try (MapCompiler compiler = new MapCompiler()) {
      for (String file : List.of("a/codes.tsv", "b/codes.tsv")) {
        compiler.say(
            new MapGroup(MapId.ofFile(file, "v" + file.charAt(0)), file, "urn:s", "", "urn:t", ""),
            ConceptMap.Source.code("1"),
            ConceptMap.Target.of(file, "", Relationship.EQUIVALENT));
      }
      CompiledMaps maps = compiler.compile();
      InvalidMapException refused =
          assertThrows(InvalidMapException.class, () -> CodeMap.over(List.of(maps)));
      assertEquals(
          "b/codes.tsv: is the map codes.tsv|vb, and a/codes.tsv is codes.tsv|va: both go by their"
              + " file's name, since they state no URL. If they are versions of one map, say which"
              + " is to be used; if not, give them URLs (map_url in a table) or other names",
          refused.getMessage());
    }
  }
}
