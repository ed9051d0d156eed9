package org.healthbeam.core.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.ConceptPolicy;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.code.TranslationPolicy;
import org.healthbeam.core.code.TranslationReason;
import org.healthbeam.core.code.read.ConceptMapJson;
import org.healthbeam.core.outcome.RejectedException;

/** What holds for every record, whatever is in it. */
class RewritingLawsTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private final FhirTranslator translator = translator();

  /** Every system is the source of one map and the target of another. */
  private static final CodeMap CIRCLE =
      codeMap(
          """
          {"resourceType":"ConceptMap","url":"urn:m","version":"1","status":"active","group":[
           {"source":"urn:s","target":"urn:t","element":[
            {"code":"a","target":[{"code":"x","equivalence":"equal"}]},
            {"code":"b","target":[{"code":"x","equivalence":"equal"},
                                  {"code":"a","equivalence":"equal"}]}],
            "unmapped":{"mode":"fixed","code":"b"}},
           {"source":"urn:t","target":"urn:q","element":[
            {"code":"x","target":[{"code":"a","equivalence":"equal"},
                                  {"code":"b","equivalence":"equal"}]},
            {"code":"b","target":[{"code":"c","equivalence":"equal"}]}]},
           {"source":"urn:t","target":"urn:s","element":[
            {"code":"x","target":[{"code":"a","equivalence":"equal"}]},
            {"code":"a","target":[{"code":"b","equivalence":"equal"}]}]},
           {"source":"urn:q","target":"urn:s","element":[
            {"code":"a","target":[{"code":"u","equivalence":"equal"}]},
            {"code":"c","target":[{"code":"a","equivalence":"equal"}]}]}]}
          """);

  private static FhirTranslator translator() {
    String map =
        """
        {"resourceType":"ConceptMap","url":"urn:m","version":"1","status":"active","group":[
         {"source":"urn:s","target":"urn:t","element":[
          {"code":"a","target":[{"code":"x","display":"\\u00e9 \\"","equivalence":"equal"}]},
          {"code":"b","target":[{"code":"x","equivalence":"equal"}]},
          {"code":"c","target":[{"code":"y","equivalence":"equal"},
                                {"code":"z","equivalence":"equal"}]},
          {"code":"n","target":[{"equivalence":"unmatched"}]}],
          "unmapped":{"mode":"fixed","code":"f"}}]}
        """;
    return new FhirTranslator(codeMap(map), SeveralTargets.ALL);
  }

  private static CodeMap codeMap(String map) {
    try {
      return CodeMap.of(
          List.of(ConceptMapJson.read(new ByteArrayInputStream(map.getBytes(UTF_8)), "m")));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Property(tries = 300)
  void nothingButAdditionsAtTheEndOfCodingArraysChanges(@ForAll("records") ObjectNode record)
      throws Exception {
    JsonNode after = JSON.readTree(translate(record).json());
    takeAdditionsAway(record, after);
    assertEquals(record, after);
  }

  @Property(tries = 300)
  void aSecondRunAddsNothing(@ForAll("records") ObjectNode record) throws Exception {
    byte[] once = translate(record).json();
    assertArrayEquals(once, translator.translate(once).json());
  }

  @Property(tries = 1000)
  void whereOneCodingIsChosenASecondRunAddsNothingAlsoWhereTargetsAreSources(
      @ForAll("records") ObjectNode record,
      @ForAll("choices") ConceptPolicy concept,
      @ForAll SeveralTargets several)
      throws Exception {
    FhirTranslator chooser = new FhirTranslator(CIRCLE, new TranslationPolicy(several, concept));
    TranslatedRecord once = chooser.translate(JSON.writeValueAsBytes(record));
    assertArrayEquals(once.json(), chooser.translate(once.json()).json());
  }

  @Property(tries = 300)
  void whichCodingIsChosenDoesNotChangeWhatTheMapsSay(
      @ForAll("records") ObjectNode record, @ForAll("choices") ConceptPolicy concept)
      throws Exception {
    byte[] json = JSON.writeValueAsBytes(record);
    List<CodingInResource> all =
        new FhirTranslator(CIRCLE, SeveralTargets.ALL).translate(json).codings();
    List<CodingInResource> chosen =
        new FhirTranslator(CIRCLE, new TranslationPolicy(SeveralTargets.ALL, concept))
            .translate(json)
            .codings();
    Map<String, Integer> taking = new HashMap<>();
    Map<String, Integer> able = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      Translation before = all.get(i).translation();
      Translation after = chosen.get(i).translation();
      assertEquals(all.get(i).path(), chosen.get(i).path());
      assertEquals(before.outcome(), after.outcome());
      assertEquals(before.answers(), after.answers());
      boolean stoodBack = after.reason() == TranslationReason.ANOTHER_CODING_CHOSEN;
      assertEquals(stoodBack ? 0 : before.accepted(), after.accepted());
      String place = all.get(i).path().replaceFirst("[0-9]+\\]$", "");
      able.merge(place, Math.min(1, before.accepted()), Math::max);
      taking.merge(place, Math.min(1, after.accepted()), Integer::sum);
    }
    assertEquals(able, taking);
  }

  @Provide
  Arbitrary<ConceptPolicy> choices() {
    return Arbitraries.of(
        ConceptPolicy.FIRST_THAT_MAPS,
        ConceptPolicy.bySystems(List.of("urn:q")),
        ConceptPolicy.bySystems(List.of("urn:t", "urn:q")),
        ConceptPolicy.bySystems(List.of("urn:q", "urn:t", "urn:s")),
        ConceptPolicy.bySystems(List.of("urn:t", "urn:s", "urn:q")));
  }

  @Property(tries = 300)
  void everyElementOfACodingArrayIsAccountedForOnce(@ForAll("records") ObjectNode record)
      throws Exception {
    List<CodingInResource> codings = translate(record).codings();
    assertEquals(countCodings(record), codings.size());
    assertEquals(codings.size(), codings.stream().map(CodingInResource::path).distinct().count());
  }

  @Property(tries = 300)
  void whiteSpaceMakesNoDifference(@ForAll("records") ObjectNode record) throws Exception {
    TranslatedRecord compact = translate(record);
    TranslatedRecord pretty =
        translator.translate(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(record));
    assertEquals(new String(compact.json(), UTF_8), new String(pretty.json(), UTF_8));
    assertEquals(compact.codings(), pretty.codings());
  }

  @Property(tries = 300)
  void anythingAtAllIsEitherTranslatedOrRejected(@ForAll byte[] bytes) {
    try {
      translator.translate(bytes);
    } catch (RejectedException e) {
      assertTrue(e.detail().matches("[\\w ,;.'+-]+"), e::detail);
    }
  }

  @Property(tries = 300)
  void aRecordWithOneByteChangedIsEitherTranslatedOrRejected(
      @ForAll("records") ObjectNode record, @ForAll int at, @ForAll byte value) throws Exception {
    byte[] bytes = JSON.writeValueAsBytes(record);
    bytes[Math.floorMod(at, bytes.length)] = value;
    JsonNode before;
    try {
      before = JSON.readTree(bytes);
    } catch (java.io.IOException e) {
      before = null;
    }
    try {
      byte[] after = translator.translate(bytes).json();
      assertTrue(before != null, "translated what another parser refuses");
      JsonNode tree = JSON.readTree(after);
      takeAdditionsAway(before, tree);
      assertEquals(before, tree);
    } catch (RejectedException e) {
      assertTrue(e.detail().matches("[\\w ,;.'+-]+"), e::detail);
    }
  }

  private TranslatedRecord translate(JsonNode record) throws Exception {
    return translator.translate(JSON.writeValueAsBytes(record));
  }

  private static void takeAdditionsAway(JsonNode before, JsonNode after) {
    if (before.isObject() && after.isObject()) {
      before.fieldNames().forEachRemaining(n -> takeAway(n, before.get(n), after.get(n)));
    } else if (before.isArray() && after.isArray()) {
      for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
        takeAdditionsAway(before.get(i), after.get(i));
      }
    }
  }

  private static void takeAway(
      String name, JsonNode before, @javax.annotation.Nullable JsonNode after) {
    if (after == null) {
      return;
    }
    if (name.equals("coding") && before.isArray() && after.isArray()) {
      ArrayNode array = (ArrayNode) after;
      while (array.size() > before.size()) {
        assertTrue(
            List.of("x", "y", "z", "f")
                .contains(array.remove(array.size() - 1).path("code").asText()));
      }
    }
    takeAdditionsAway(before, after);
  }

  private static int countCodings(JsonNode json) {
    int n = 0;
    var fields = json.fields();
    while (fields.hasNext()) {
      var field = fields.next();
      if (field.getKey().equals("coding")) {
        n += field.getValue().size();
      }
    }
    for (JsonNode child : json) {
      n += countCodings(child);
    }
    return n;
  }

  @Provide
  Arbitrary<ObjectNode> records() {
    return values(3)
        .list()
        .ofMaxSize(4)
        .map(
            values -> {
              ObjectNode record = NODES.objectNode();
              for (int i = 0; i < values.size(); i++) {
                record.set(i == 1 ? "code" : "p" + i, values.get(i));
                if (i == 1) {
                  record.put("resourceType", "Observation");
                }
              }
              return values.size() > 1 ? record : record.put("resourceType", "Observation");
            });
  }

  private static Arbitrary<JsonNode> values(int depth) {
    Arbitrary<JsonNode> scalars =
        Arbitraries.oneOf(
            Arbitraries.strings()
                .withChars("a\"\\é\u0001\t 中/{}[],:")
                .ofMaxLength(6)
                .map(s -> (JsonNode) NODES.textNode(s)),
            Arbitraries.bigDecimals().ofScale(3).map(d -> (JsonNode) NODES.numberNode(d)),
            Arbitraries.integers().map(i -> (JsonNode) NODES.numberNode(i)),
            Arbitraries.of((JsonNode) NODES.booleanNode(true), NODES.nullNode()));
    if (depth == 0) {
      return scalars;
    }
    Arbitrary<JsonNode> concept =
        Combinators.combine(codings(depth).list().ofMinSize(1).ofMaxSize(3), scalars)
            .as(
                (codings, text) -> {
                  ObjectNode object = NODES.objectNode();
                  object.putArray("coding").addAll(codings);
                  return object.set("text", text);
                });
    Arbitrary<JsonNode> object =
        values(depth - 1)
            .list()
            .ofMaxSize(3)
            .map(
                values -> {
                  ObjectNode node = NODES.objectNode();
                  for (int i = 0; i < values.size(); i++) {
                    node.set("q" + i, values.get(i));
                  }
                  return node;
                });
    Arbitrary<JsonNode> array =
        values(depth - 1).list().ofMaxSize(3).map(v -> NODES.arrayNode().addAll(v));
    return Arbitraries.oneOf(concept, object, array, scalars);
  }

  private static Arbitrary<JsonNode> codings(int depth) {
    return Combinators.combine(
            Arbitraries.of("urn:s", "urn:t", "urn:q", ""),
            Arbitraries.of("a", "b", "c", "n", "u", "x", "", " "),
            values(Math.min(1, depth - 1)))
        .as(
            (system, code, extension) -> {
              ObjectNode coding = NODES.objectNode();
              coding.put("system", system);
              coding.set("extension", extension);
              coding.put("code", code);
              return coding;
            });
  }
}
