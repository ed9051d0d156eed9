package org.healthbeam.core.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hl7.fhir.exceptions.FHIRException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Compares the conformance cases with the one translation in memory that HAPI FHIR has: {@code
 * ConceptMapEngine} of R4 and R5. It asks one map, by code alone (for a system it throws an error
 * "Not done yet"), gives at most one target, and knows no {@code unmapped}, versions, value sets,
 * circumstances and reverse; so the cases are those that one map decides.
 *
 * <p>Each disagreement stands in {@code hapi-disagreements.json}, with who is right by which
 * clause; this fails on one that does not stand there, and on one that is none any more.
 */
class HapiConceptMapTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String UNDECIDED = "undecided";
  private static final String NOTHING = "nothing";
  private static final List<String> WORDS_OF_R5 =
      List.of("relationship", "noMap", "otherMap", "use-source-code", "additionalAttribute");
  private static org.hl7.fhir.r4.context.SimpleWorkerContext r4;

  @BeforeAll
  static void prepare() throws Exception {
    r4 = org.hl7.fhir.r4.context.SimpleWorkerContext.fromNothing();
  }

  /** What both said about a case. */
  private record Both(String ours, String hapis) {
    boolean agree() {
      return ours.equals(hapis);
    }
  }

  @Test
  void everyDisagreementIsListedWithWhoIsRight() throws Exception {
    Map<String, Both> compared = new TreeMap<>();
    for (ConformanceCase each : ConformanceCase.all()) {
      if (isForOneMap(each)) {
        compared.put(each.name(), new Both(ours(each), hapis(each)));
      }
    }
    assertEquals(114, compared.size(), "docs/codes.md says how many are compared");
    Map<String, Both> disagreements = new TreeMap<>(compared);
    disagreements.values().removeIf(Both::agree);

    Map<String, Both> listed = new TreeMap<>();
    try (InputStream in = getClass().getResourceAsStream("hapi-disagreements.json")) {
      for (JsonNode one : JSON.readTree(in)) {
        listed.put(
            one.get("case").asText(), new Both(one.get("ours").asText(), one.get("hapi").asText()));
        assertTrue(Set.of("ours", "hapi", "either").contains(one.get("right").asText()));
        assertFalse(one.get("clause").asText().isBlank());
        assertFalse(one.get("why").asText().isBlank());
      }
    }
    assertEquals(lines(listed), lines(disagreements));
    assertEquals(61, listed.size(), "docs/codes.md says how many do not agree");
  }

  private static String lines(Map<String, Both> disagreements) {
    return disagreements.entrySet().stream()
        .map(each -> each.getKey() + " -> " + each.getValue())
        .collect(Collectors.joining("\n"));
  }

  /** Returns whether one map decides it, and HAPI's engine can be asked. */
  private static boolean isForOneMap(ConformanceCase each) {
    JsonNode json = each.json();
    return json.path("maps").size() == 1
        && json.has("coding")
        && json.at("/coding/code").asText().length() > 0
        && !json.has("reverse")
        && !json.has("valueSets")
        && !json.has("circumstances")
        && json.at("/maps/0/url").asText().length() > 0;
  }

  private static String ours(ConformanceCase each) throws Exception {
    Translation answer = each.maps().translate(each.coding(), each.circumstances(), each.policy());
    Set<String> taken = new LinkedHashSet<>();
    for (Answer one : answer.acceptedAnswers()) {
      taken.add(one.target().system() + "#" + one.target().code());
    }
    if (taken.isEmpty()) {
      return answer.outcome() == TranslationOutcome.AMBIGUOUS ? UNDECIDED : NOTHING;
    }
    return String.join(", ", taken);
  }

  private static String hapis(ConformanceCase each) throws Exception {
    ObjectNode map = each.resources().get(0);
    String code = each.json().at("/coding/code").asText();
    String url = map.get("url").asText();
    String json = JSON.writeValueAsString(map);
    try {
      return WORDS_OF_R5.stream().anyMatch(json::contains)
          ? inR5(json, url, code)
          : inR4(json, url, code);
    } catch (FHIRException e) {
      // It says so where there are several candidates.
      return UNDECIDED;
    }
  }

  private static String inR4(String json, String url, String code) throws Exception {
    org.hl7.fhir.r4.model.ConceptMap map =
        FhirContext.forR4Cached()
            .newJsonParser()
            .parseResource(org.hl7.fhir.r4.model.ConceptMap.class, json);
    org.hl7.fhir.r4.context.SimpleWorkerContext context =
        new org.hl7.fhir.r4.context.SimpleWorkerContext(r4) {
          @Override
          @SuppressWarnings("unchecked")
          public <T extends org.hl7.fhir.r4.model.Resource> T fetchResource(
              Class<T> type, String uri) {
            return uri.equals(url) ? (T) map : null;
          }
        };
    org.hl7.fhir.r4.model.Coding answer =
        new org.hl7.fhir.r4.terminologies.ConceptMapEngine(context)
            .translate(new org.hl7.fhir.r4.model.Coding().setCode(code), url);
    return answer == null ? NOTHING : answer.getSystem() + "#" + answer.getCode();
  }

  private static String inR5(String json, String url, String code) throws Exception {
    org.hl7.fhir.r5.model.ConceptMap map =
        FhirContext.forR5Cached()
            .newJsonParser()
            .parseResource(org.hl7.fhir.r5.model.ConceptMap.class, json);
    org.hl7.fhir.r5.context.SimpleWorkerContext context =
        new org.hl7.fhir.r5.context.SimpleWorkerContext.SimpleWorkerContextBuilder().fromNothing();
    map.setId("map");
    context.cacheResource(map);
    org.hl7.fhir.r5.model.Coding answer =
        new org.hl7.fhir.r5.terminologies.ConceptMapEngine(context)
            .translate(new org.hl7.fhir.r5.model.Coding().setCode(code), url);
    return answer == null ? NOTHING : answer.getSystem() + "#" + answer.getCode();
  }
}
