package org.healthbeam.core.code;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.healthbeam.core.code.read.ConceptMapJson;
import org.junit.jupiter.api.Test;

class MapDiffTest {
  private static final String S = "http://example.org/s";

  private static CodeMap map(String version, String elements, String unmapped) throws Exception {
    String json =
        "{'resourceType':'ConceptMap','status':'draft','url':'urn:m','version':'"
            + version
            + "','group':[{'source':'"
            + S
            + "','target':'http://example.org/t','element':["
            + elements
            + "]"
            + unmapped
            + "}]}";
    return CodeMap.of(
        List.of(
            ConceptMapJson.read(
                new ByteArrayInputStream(json.replace('\'', '"').getBytes(UTF_8)),
                "m" + version + ".json")));
  }

  private static String element(String code, String target) {
    return "{'code':'" + code + "','target':[{'code':'" + target + "','equivalence':'equal'}]}";
  }

  private static List<String> changes(MapDiff diff) throws IOException {
    List<String> lines = new ArrayList<>();
    diff.forEach(
        change ->
            lines.add(
                change.kind()
                    + " "
                    + change.before().source().code()
                    + " "
                    + change.before().outcome().code()
                    + " "
                    + change.after().outcome().code()));
    return lines;
  }

  @Test
  void whatIsAddedRemovedAndChangedIsShownInOrderAndAnotherVersionAloneIsNoChange()
      throws Exception {
    CodeMap old =
        map("1", element("b", "x") + "," + element("a", "x") + "," + element("é", "x"), "");
    CodeMap same =
        map("2", element("a", "x") + "," + element("é", "x") + "," + element("b", "x"), "");
    CodeMap other =
        map("2", element("c", "x") + "," + element("a", "y") + "," + element("é", "x"), "");
    assertEquals(List.of(), changes(MapDiff.between(old, same)));
    MapDiff diff = MapDiff.between(old, other);
    assertEquals(
        List.of("CHANGED a mapped mapped", "REMOVED b mapped unmapped", "ADDED c unmapped mapped"),
        changes(diff));
    assertTrue(diff.isAffected(Coding.of(S, "c")));
    assertFalse(diff.isAffected(Coding.of(S, "é")));
    assertFalse(diff.isAffected(Coding.of(S, "z")));
    assertFalse(diff.isAffected(Coding.of("http://example.org/none", "a")));
  }

  @Test
  void anotherRuleForCodesThatAreNotNamedAffectsThemAndOnlyThem() throws Exception {
    CodeMap old = map("1", element("a", "x"), "");
    CodeMap other = map("2", element("a", "x"), ",'unmapped':{'mode':'fixed','code':'u'}");
    MapDiff diff = MapDiff.between(old, other);
    assertTrue(diff.changesUnnamedCodes(S));
    assertTrue(diff.isAffected(Coding.of(S, "z")));
    assertFalse(diff.isAffected(Coding.of(S, "a")));
    assertEquals(List.of(), changes(diff));
  }

  @Test
  void whatHoldsUnderConditionsOnlyIsComparedToo() throws Exception {
    String before =
        "{'code':'a','target':[{'code':'x','equivalence':'equal',"
            + "'dependsOn':[{'property':'urn:p','value':'1'}]}]}";
    CodeMap old = map("1", before, "");
    CodeMap other = map("2", before.replace("'1'", "'2'"), "");
    assertTrue(MapDiff.between(old, other).isAffected(Coding.of(S, "a")));
    assertFalse(MapDiff.between(old, map("3", before, "")).isAffected(Coding.of(S, "a")));
  }

  @Test
  void whatHoldsForATimeMayGiveWayToAnotherDefault() throws Exception {
    CodeMap[] maps = new CodeMap[2];
    for (int i = 0; i < 2; i++) {
      MapGroup group = new MapGroup(new MapId("urn:m", "" + i), "m", S, "", "urn:t", "");
      try (MapCompiler compiler = new MapCompiler()) {
        compiler.say(
            group,
            ConceptMap.Source.code("a"),
            ConceptMap.Target.of("x", "", Relationship.EQUIVALENT)
                .during(
                    new ConceptMap.Validity(
                        LocalDate.of(2010, 1, 1), LocalDate.of(2015, 1, 1), false)));
        compiler.otherwise(
            group,
            new ConceptMap.Unmapped(
                ConceptMap.Mode.FIXED, "u" + i, "", "", Relationship.RELATED_TO, ""));
        maps[i] = CodeMap.over(List.of(compiler.compile()));
      }
    }
    assertTrue(MapDiff.between(maps[0], maps[1]).isAffected(Coding.of(S, "a")));
    assertFalse(MapDiff.between(maps[0], maps[0]).isAffected(Coding.of(S, "a")));
  }

  @Test
  void aChangeThatComesOnSomeDaysOrUnderConditionsOnlySaysSo() throws Exception {
    ConceptMap.Target x = ConceptMap.Target.of("x", "", Relationship.EQUIVALENT);
    ConceptMap.Target y = ConceptMap.Target.of("y", "", Relationship.EQUIVALENT);
    LocalDate day = LocalDate.of(2020, 1, 1);
    LocalDate later = LocalDate.of(2021, 1, 1);
    CodeMap old =
        saying(
            List.of("day", "now", "same"),
            List.of(y.during(new ConceptMap.Validity(LocalDate.MIN, day, false)), x, x));
    CodeMap other =
        saying(
            List.of("day", "now", "same"),
            List.of(y.during(new ConceptMap.Validity(LocalDate.MIN, later, false)), y, x));
    MapDiff diff = MapDiff.between(old, other);
    assertEquals(MapDiff.When.SOME_DAYS, diff.when(Coding.of(S, "day"), SeveralTargets.ALL));
    assertEquals(MapDiff.When.NOW, diff.when(Coding.of(S, "now"), SeveralTargets.ALL));
    assertEquals(MapDiff.When.NEVER, diff.when(Coding.of(S, "same"), SeveralTargets.ALL));

    // Another rule for other codes matters where the property has another value.
    ConceptMap.Target p = x.dependingOn(List.of(Property.of("p", "1")));
    CodeMap plain = saying(List.of("c"), List.of(p));
    CodeMap withDefault;
    try (MapCompiler compiler = new MapCompiler()) {
      compiler.say(GROUP, ConceptMap.Source.code("c"), p);
      compiler.otherwise(
          new MapGroup(GROUP.map(), "m", S, "v", "urn:u", ""),
          new ConceptMap.Unmapped(
              ConceptMap.Mode.PROVIDED, "", "", "", Relationship.EQUIVALENT, ""));
      withDefault = CodeMap.over(List.of(compiler.compile()));
    }
    assertEquals(
        MapDiff.When.SOME_CONDITIONS,
        MapDiff.between(plain, withDefault).when(new Coding(S, "w", "c", ""), SeveralTargets.ALL));
  }

  private static final MapGroup GROUP =
      new MapGroup(new MapId("urn:m", "1"), "m", S, "", "urn:t", "");

  private static CodeMap saying(List<String> codes, List<ConceptMap.Target> targets)
      throws Exception {
    try (MapCompiler compiler = new MapCompiler()) {
      for (int i = 0; i < codes.size(); i++) {
        compiler.say(GROUP, ConceptMap.Source.code(codes.get(i)), targets.get(i));
      }
      return CodeMap.over(List.of(compiler.compile()));
    }
  }
}
