package org.healthbeam.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The maps are written by hand; this holds them to the records that they are for. */
class MapsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> JSON_MAPS =
      List.of("snomed-ct-to-icd-10-cm.json", "encounter-class-to-omop.json");

  @Test
  void everyMapSaysWhatItIsAndWhoseCodesItUses() throws IOException {
    for (String name : JSON_MAPS) {
      JsonNode map = map(name);
      assertEquals("ConceptMap", map.get("resourceType").asText());
      for (String field :
          List.of("url", "version", "status", "sourceUri", "targetUri", "copyright")) {
        assertFalse(map.path(field).asText().isEmpty(), name + " " + field);
      }
      assertTrue(map.get("description").asText().contains("not for clinical use"), name);
    }
  }

  @Test
  void targetsKeepTheRulesOfR4() throws IOException {
    Set<String> known =
        Set.of("equivalent", "wider", "narrower", "relatedto", "inexact", "unmatched");
    Set<String> seen = new HashSet<>();
    int several = 0;
    for (String name : JSON_MAPS) {
      for (JsonNode group : map(name).get("group")) {
        Set<String> codes = new HashSet<>();
        for (JsonNode element : group.get("element")) {
          String code = element.get("code").asText();
          assertTrue(codes.add(code), code + " occurs twice");
          several += element.get("target").size() > 1 ? 1 : 0;
          for (JsonNode target : element.get("target")) {
            String equivalence = target.get("equivalence").asText();
            assertTrue(known.contains(equivalence), code);
            seen.add(equivalence);
            assertEquals(!equivalence.equals("unmatched"), target.has("code"), code);
            // The invariant cmd-1.
            if (equivalence.equals("narrower") || equivalence.equals("inexact")) {
              assertTrue(target.has("comment"), code);
            }
          }
        }
      }
    }
    assertEquals(known, seen);
    assertTrue(several >= 10, "one to many: " + several);
  }

  @Test
  void conditionsAreMappedInPart() throws IOException {
    Map<String, Integer> occurring = occurring("Condition");
    Set<String> mapped = new HashSet<>();
    map(JSON_MAPS.get(0))
        .get("group")
        .get(0)
        .get("element")
        .forEach(element -> mapped.add(element.get("code").asText()));
    assertTrue(occurring.keySet().containsAll(mapped), "every code of the map occurs");
    assertFalse(mapped.containsAll(occurring.keySet()), "some codes stay without a map");
  }

  @Test
  void observationsAreMappedInPart() throws IOException {
    List<String> lines = Files.readAllLines(Shipped.path("maps/loinc-to-omop.tsv"));
    assertEquals(
        "source_system\tsource_code\tsource_display\ttarget_system\ttarget_code\ttarget_display"
            + "\trelationship",
        lines.get(0));
    Set<String> mapped = new HashSet<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] field = line.split("\t", -1);
      assertEquals(7, field.length, line);
      assertEquals(field[6].equals("unmatched"), field[4].isEmpty(), line);
      mapped.add(field[1]);
    }
    Map<String, Integer> occurring = occurring("Observation");
    // The ward's mean pressure and saturations are mapped too, and no patient has them.
    mapped.removeAll(Set.of("8478-0", "59408-5", "2708-6"));
    assertTrue(occurring.keySet().containsAll(mapped), "every code of the map occurs");
    assertFalse(mapped.containsAll(occurring.keySet()), "some codes stay without a map");
  }

  @Test
  void encounterClassesFallBackToOmopsNoMatch() throws IOException {
    JsonNode group = map(JSON_MAPS.get(1)).get("group").get(0);
    assertEquals("fixed", group.get("unmapped").get("mode").asText());
    assertEquals("0", group.get("unmapped").get("code").asText());
  }

  private static JsonNode map(String name) throws IOException {
    return MAPPER.readTree(Files.readAllBytes(Shipped.path("maps").resolve(name)));
  }

  private static Map<String, Integer> occurring(String type) throws IOException {
    byte[] bytes = Shipped.unpacked(Shipped.path("fhir/" + type + ".ndjson.gz"));
    Map<String, Integer> codes = new HashMap<>();
    for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
      JsonNode resource = MAPPER.readTree(line);
      List<JsonNode> concepts = new ArrayList<>(List.of(resource.get("code")));
      resource.path("component").forEach(component -> concepts.add(component.get("code")));
      for (JsonNode concept : concepts) {
        concept
            .get("coding")
            .forEach(coding -> codes.merge(coding.get("code").asText(), 1, Integer::sum));
      }
    }
    return codes;
  }
}
