package org.healthbeam.core.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.healthbeam.core.code.read.ConceptMapJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the conformance cases, which are data: maps, one coding, what must come out, and the clause
 * that says so. {@code conformance/README.md} describes their form.
 */
class ConformanceTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  record Case(String name, JsonNode json) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() throws Exception {
    List<Case> cases = new ArrayList<>();
    Path folder = Path.of(ConformanceTest.class.getResource("conformance").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        for (JsonNode one : JSON.readTree(file.toFile())) {
          cases.add(new Case(file.getFileName() + ": " + one.path("case").asText(), one));
        }
      }
    }
    return cases.stream();
  }

  @Test
  void everyCaseHasANameOfItsOwnAndAClause() throws Exception {
    List<Case> all = cases().toList();
    assertEquals(all.size(), all.stream().map(Case::name).distinct().count());
    all.forEach(c -> assertFalse(c.json().path("clause").asText().isBlank(), c::name));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theAnswerIsTheOneOfTheClause(Case c) throws Exception {
    JsonNode expected = c.json().get("expected");
    if (expected.has("refused")) {
      InvalidMapException refused =
          assertThrows(InvalidMapException.class, () -> CodeMap.of(maps(c.json())));
      assertTrue(
          refused.getMessage().contains(expected.get("refused").asText()), refused::getMessage);
      return;
    }
    SeveralTargets policy =
        SeveralTargets.fromCode(c.json().path("severalTargets").asText("ambiguous"));
    Translation answer = CodeMap.of(maps(c.json())).translate(coding(c.json()), policy);
    assertEquals(expected, toJson(answer, expected));
  }

  private static List<ConceptMap> maps(JsonNode json) throws InvalidMapException, IOException {
    List<ConceptMap> maps = new ArrayList<>();
    for (JsonNode map : json.get("maps")) {
      ObjectNode whole = JSON.createObjectNode();
      whole.put("resourceType", "ConceptMap").put("status", "active");
      whole.setAll((ObjectNode) map);
      maps.add(
          ConceptMapJson.read(new ByteArrayInputStream(JSON.writeValueAsBytes(whole)), "map.json"));
    }
    return maps;
  }

  private static Coding coding(JsonNode json) {
    JsonNode coding = json.get("coding");
    return new Coding(
        coding.path("system").asText(""),
        coding.path("version").asText(""),
        coding.path("code").asText(""),
        coding.path("display").asText(""));
  }

  /** Writes the answer in the form of the cases; what a case does not ask for is left out. */
  private static JsonNode toJson(Translation answer, JsonNode expected) {
    ObjectNode json = JSON.createObjectNode();
    json.put("outcome", answer.outcome().code());
    if (expected.has("reason")) {
      json.put("reason", answer.reason().code());
    }
    json.put("result", answer.result());
    ArrayNode targets = json.putArray("targets");
    for (Answer each : answer.answers()) {
      if (!each.hasTarget()) {
        continue;
      }
      ObjectNode target = targets.addObject();
      target.put("system", each.target().system());
      put(target, "code", each.target().code());
      put(target, "valueSet", each.detail().valueSet());
      put(target, "version", each.target().version());
      put(target, "display", each.target().display());
      target.put("relationship", each.relationship().code()).put("map", each.map().toString());
      if (!each.asked().equals(each.map())) {
        target.put("asked", each.asked().toString());
      }
      target.put("accepted", answer.acceptedAnswers().contains(each));
    }
    return json;
  }

  private static void put(ObjectNode json, String name, String text) {
    if (!text.isEmpty()) {
      json.put(name, text);
    }
  }
}
