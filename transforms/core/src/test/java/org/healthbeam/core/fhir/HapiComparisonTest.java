package org.healthbeam.core.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.read.ConceptMapJson;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

/**
 * The stream of bytes against an independent implementation: HAPI's typed model of FHIR R4 parses
 * what went in and what came out, and does the same additions itself.
 */
class HapiComparisonTest {
  private static final FhirContext HAPI = FhirContext.forR4();
  private static final String TARGET = "http://example.org/target";

  @Test
  void onHandwrittenResourcesHapiSeesTheSame() throws Exception {
    List<String> records = new ArrayList<>();
    try (InputStream in = getClass().getResourceAsStream("resources.ndjson")) {
      new String(in.readAllBytes(), UTF_8).lines().forEach(records::add);
    }
    assertTrue(records.size() >= 5);
    compare(records);
  }

  @Test
  void onThePatientsOfTheSamplesHapiSeesTheSame() throws Exception {
    Path folder =
        Path.of(System.getProperty("healthbeam.root", "../.."), "samples", "data", "fhir");
    assumeTrue(Files.isDirectory(folder), "The sample patients are not there: " + folder);
    List<String> records = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".ndjson.gz")).sorted().toList()) {
        // Enough of each file for every shape in it; all of a large one takes minutes in HAPI.
        records.addAll(head(file, 150));
      }
    }
    assumeTrue(!records.isEmpty(), "No NDJSON among the sample patients");
    compare(records);
  }

  private static List<String> head(Path file, int n) throws IOException {
    List<String> lines = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), UTF_8))) {
      for (String line = in.readLine(); line != null && lines.size() < n; line = in.readLine()) {
        lines.add(line);
      }
    }
    return lines;
  }

  private static void compare(List<String> records) throws Exception {
    IParser parser = HAPI.newJsonParser();
    Map<String, Resource> before = new LinkedHashMap<>();
    for (int i = 0; i < records.size(); i++) {
      before.put(i + " " + records.get(i), (Resource) parser.parseResource(records.get(i)));
    }
    Map<String, NavigableSet<String>> codes = new TreeMap<>();
    before.values().forEach(r -> concepts(r).forEach(c -> collect(c, codes)));
    FhirTranslator translator = new FhirTranslator(everySecondCode(codes), SeveralTargets.ALL);

    int added = 0;
    for (Map.Entry<String, Resource> each : before.entrySet()) {
      String record = each.getKey().substring(each.getKey().indexOf(' ') + 1);
      TranslatedRecord translated = translator.translate(record.getBytes(UTF_8));
      Resource expected = each.getValue();
      int codings = 0;
      for (CodeableConcept concept : concepts(expected)) {
        codings += concept.getCoding().size();
        added += addTargets(concept, codes);
      }
      Resource actual = (Resource) parser.parseResource(new String(translated.json(), UTF_8));
      assertTrue(expected.equalsDeep(actual), () -> "differs: " + expected.getIdElement());
      assertEquals(parser.encodeResourceToString(expected), parser.encodeResourceToString(actual));
      long inConcepts =
          translated.codings().stream().filter(c -> c.path().contains(".coding[")).count();
      assertEquals(codings, inConcepts);
    }
    assertTrue(added > 0, "no target was added");
  }

  private static List<CodeableConcept> concepts(Base base) {
    List<CodeableConcept> found = new ArrayList<>();
    if (base instanceof CodeableConcept concept) {
      found.add(concept);
    }
    for (var property : base.children()) {
      property.getValues().forEach(v -> found.addAll(concepts(v)));
    }
    return found;
  }

  private static void collect(CodeableConcept concept, Map<String, NavigableSet<String>> codes) {
    for (Coding coding : concept.getCoding()) {
      if (coding.hasSystem() && coding.hasCode()) {
        codes.computeIfAbsent(coding.getSystem(), s -> new TreeSet<>()).add(coding.getCode());
      }
    }
  }

  private static boolean isMapped(Coding coding, Map<String, NavigableSet<String>> codes) {
    return coding.hasSystem()
        && coding.hasCode()
        && codes.containsKey(coding.getSystem())
        && codes.get(coding.getSystem()).headSet(coding.getCode()).size() % 2 == 0;
  }

  private static int addTargets(CodeableConcept concept, Map<String, NavigableSet<String>> codes) {
    int added = 0;
    for (Coding coding : List.copyOf(concept.getCoding())) {
      if (isMapped(coding, codes)) {
        String target = target(coding.getSystem(), coding.getCode());
        if (concept.getCoding().stream()
            .noneMatch(c -> TARGET.equals(c.getSystem()) && target.equals(c.getCode()))) {
          concept.addCoding().setSystem(TARGET).setCode(target).setDisplay("→ " + target);
          added++;
        }
      }
    }
    return added;
  }

  private static String target(String system, String code) {
    return Integer.toHexString(system.hashCode()) + "-" + code;
  }

  private static CodeMap everySecondCode(Map<String, NavigableSet<String>> codes) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode map = mapper.createObjectNode();
    map.put("resourceType", "ConceptMap").put("url", "urn:m").put("status", "active");
    ArrayNode groups = map.putArray("group");
    codes.forEach(
        (system, ofSystem) -> {
          ObjectNode group = groups.addObject().put("source", system).put("target", TARGET);
          ArrayNode elements = group.putArray("element");
          for (String code : ofSystem) {
            if (ofSystem.headSet(code).size() % 2 == 0) {
              elements
                  .addObject()
                  .put("code", code)
                  .putArray("target")
                  .addObject()
                  .put("code", target(system, code))
                  .put("display", "→ " + target(system, code))
                  .put("equivalence", "equivalent");
            }
          }
        });
    return CodeMap.of(
        List.of(
            ConceptMapJson.read(
                new ByteArrayInputStream(mapper.writeValueAsBytes(map)), "map.json")));
  }
}
