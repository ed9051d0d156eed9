package org.healthbeam.core.code;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.healthbeam.core.code.ConceptMap.Source;
import org.healthbeam.core.code.ConceptMap.Target;
import org.junit.jupiter.api.Test;

/** Of maps that were compiled before; the corpus has the others. */
class ReversedMapsTest {
  private static final MapGroup GROUP =
      new MapGroup(new MapId("urn:m", "1"), "m.json", "urn:s", "", "urn:t", "");
  private static final ValueSet SET =
      new ValueSet(
          new MapId("urn:vs", "1"),
          "v.json",
          List.of(Coding.of("urn:p", "in")),
          List.of(),
          List.of());

  private interface Teller {
    void tell(MapSink sink) throws Exception;
  }

  private static CompiledMaps compile(Teller teller) throws Exception {
    try (MapCompiler compiler = new MapCompiler()) {
      teller.tell(compiler);
      return compiler.compile();
    }
  }

  private static Property inSet(String canonical) {
    return new Property("urn:q", "", "", "", canonical);
  }

  private static TranslationOutcome outcome(CodeMap map, String system, String code, String value) {
    Circumstances known =
        new Circumstances(null, Map.of("urn:q", List.of(Coding.of("urn:p", value))));
    return map.translate(Coding.of(system, code), known, SeveralTargets.AMBIGUOUS).outcome();
  }

  @Test
  void valueSetsOfConditionsAreKnownUnderEveryNameThatTheMapHasForThem() throws Exception {
    Target target = Target.of("x", "", Relationship.EQUIVALENT);
    CompiledMaps compiled =
        compile(
            sink -> {
              sink.valueSet(SET);
              sink.say(GROUP, Source.code("a"), target.dependingOn(List.of(inSet("urn:vs"))));
              sink.say(GROUP, Source.code("b"), target.dependingOn(List.of(inSet("urn:vs|1"))));
            });
    CodeMap again = CodeMap.over(List.of(compile(compiled::tell)));
    for (String code : List.of("a", "b")) {
      assertEquals(TranslationOutcome.MAPPED, outcome(again, "urn:s", code, "in"));
      assertEquals(TranslationOutcome.UNMAPPED, outcome(again, "urn:s", code, "out"));
    }
  }

  @Test
  void valueSetsOfProductsAreKnownWhenTheyHaveBecomeConditions() throws Exception {
    CompiledMaps compiled =
        compile(
            sink -> {
              sink.valueSet(SET);
              for (String code : List.of("x", "y")) {
                sink.say(
                    GROUP,
                    Source.code("a"),
                    Target.of(code, "", Relationship.EQUIVALENT)
                        .with(List.of(inSet(code.equals("x") ? "urn:vs" : "urn:vs|1"))));
              }
            });
    CodeMap reversed =
        CodeMap.over(List.of(compile(sink -> compiled.tell(new ReversedMaps(sink)))));
    for (String code : List.of("x", "y")) {
      assertEquals(TranslationOutcome.MAPPED, outcome(reversed, "urn:t", code, "in"));
      assertEquals(TranslationOutcome.UNMAPPED, outcome(reversed, "urn:t", code, "out"));
    }
  }
}
