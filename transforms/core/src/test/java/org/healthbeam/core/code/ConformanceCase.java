package org.healthbeam.core.code;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.healthbeam.core.code.ConceptMap.Combination;
import org.healthbeam.core.code.ConceptMap.Target;
import org.healthbeam.core.code.ConceptMap.Validity;
import org.healthbeam.core.code.read.FhirResources;

/** One of the conformance cases, whose form {@code conformance/README.md} describes. */
record ConformanceCase(String name, JsonNode json) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<ConformanceCase> all() throws Exception {
    List<ConformanceCase> cases = new ArrayList<>();
    Path folder = Path.of(ConformanceCase.class.getResource("conformance").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        for (JsonNode one : JSON.readTree(file.toFile())) {
          cases.add(
              new ConformanceCase(file.getFileName() + ": " + one.path("case").asText(), one));
        }
      }
    }
    return cases;
  }

  @Override
  public String toString() {
    return name;
  }

  JsonNode expected() {
    return json.get("expected");
  }

  SeveralTargets policy() {
    return SeveralTargets.fromCode(json.path("severalTargets").asText("ambiguous"));
  }

  /** Returns the maps as whole resources. */
  List<ObjectNode> resources() {
    List<ObjectNode> resources = new ArrayList<>();
    json.path("maps").forEach(map -> resources.add(whole("ConceptMap", map)));
    json.path("valueSets").forEach(set -> resources.add(whole("ValueSet", set)));
    return resources;
  }

  private static ObjectNode whole(String type, JsonNode json) {
    ObjectNode whole = JSON.createObjectNode();
    whole.put("resourceType", type).put("status", "active");
    whole.setAll((ObjectNode) json);
    return whole;
  }

  CodeMap maps() throws InvalidMapException, IOException {
    try (MapCompiler compiler = new MapCompiler()) {
      MapSink sink = json.path("reverse").asBoolean() ? new ReversedMaps(compiler) : compiler;
      List<ObjectNode> resources = resources();
      for (int i = 0; i < resources.size(); i++) {
        FhirResources.read(
            new ByteArrayInputStream(JSON.writeValueAsBytes(resources.get(i))),
            "map" + i + ".json",
            sink);
      }
      for (JsonNode each : json.path("statements")) {
        say(each, sink);
      }
      List<String> use = new ArrayList<>();
      json.path("use").forEach(name -> use.add(name.asText()));
      return CodeMap.over(List.of(compiler.compile()), use);
    }
  }

  private static void say(JsonNode json, MapSink sink) throws InvalidMapException, IOException {
    MapGroup group =
        new MapGroup(
            MapId.parse(json.get("map").asText()),
            "statements",
            json.at("/source/system").asText(),
            "",
            json.at("/target/system").asText(),
            "");
    Combination combination =
        json.has("combination")
            ? new Combination(
                json.at("/combination/scenario").asInt(),
                json.at("/combination/part").asInt(),
                json.at("/combination/priority").asInt())
            : null;
    String code = json.at("/target/code").asText();
    Target target =
        (code.isEmpty()
                ? Target.none()
                : Target.of(code, "", Relationship.fromR5(json.get("relationship").asText())))
            .during(
                new Validity(
                    date(json, "from", LocalDate.MIN),
                    date(json, "to", LocalDate.MAX),
                    json.path("current").asBoolean(true)))
            .in(combination);
    sink.say(group, ConceptMap.Source.code(json.at("/source/code").asText()), target);
  }

  private static LocalDate date(JsonNode json, String name, LocalDate none) {
    return json.has(name) ? LocalDate.parse(json.get(name).asText()) : none;
  }

  Coding coding() {
    return coding(json.get("coding"));
  }

  private static Coding coding(JsonNode coding) {
    return new Coding(
        coding.path("system").asText(""),
        coding.path("version").asText(""),
        coding.path("code").asText(""),
        coding.path("display").asText(""));
  }

  Circumstances circumstances() {
    JsonNode known = json.path("circumstances");
    Map<String, List<Coding>> properties = new HashMap<>();
    known
        .path("properties")
        .fields()
        .forEachRemaining(
            property -> {
              List<Coding> values = new ArrayList<>();
              property.getValue().forEach(value -> values.add(coding(value)));
              properties.put(property.getKey(), values);
            });
    return new Circumstances(
        known.has("date") ? EventDate.parse(known.get("date").asText()) : null, properties);
  }

  /** Writes an answer in the form of the cases; a reason that no case asks for is left out. */
  JsonNode toJson(Translation answer) {
    ObjectNode result = JSON.createObjectNode();
    result.put("outcome", answer.outcome().code());
    if (expected().has("reason")) {
      result.put("reason", answer.reason().code());
    }
    result.put("result", answer.result());
    ArrayNode targets = result.putArray("targets");
    for (Answer each : answer.answers()) {
      if (each.hasTarget()) {
        write(each, answer.acceptedAnswers().contains(each), targets.addObject());
      }
    }
    return result;
  }

  private static void write(Answer answer, boolean accepted, ObjectNode target) {
    target.put("system", answer.target().system());
    put(target, "code", answer.target().code());
    put(target, "valueSet", answer.detail().valueSet());
    put(target, "version", answer.target().version());
    put(target, "display", answer.target().display());
    target.put("relationship", answer.relationship().code()).put("map", answer.map().toString());
    if (!answer.asked().equals(answer.map())) {
      target.put("asked", answer.asked().toString());
    }
    if (answer.condition() != Condition.NONE) {
      target.put("condition", answer.condition().code());
    }
    properties(answer.detail().dependsOn(), "dependsOn", target);
    properties(answer.detail().products(), "products", target);
    target.put("accepted", accepted);
  }

  private static void properties(List<Property> properties, String name, ObjectNode target) {
    if (properties.isEmpty()) {
      return;
    }
    ArrayNode array = target.putArray(name);
    for (Property each : properties) {
      ObjectNode property = array.addObject().put("name", each.name());
      put(property, "system", each.system());
      put(property, "value", each.value());
      put(property, "display", each.display());
      put(property, "valueSet", each.valueSet());
    }
  }

  private static void put(ObjectNode json, String name, String text) {
    if (!text.isEmpty()) {
      json.put(name, text);
    }
  }
}
