package org.healthbeam.bench;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.ConceptMap;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.Relationship;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.fhir.CodingInResource;
import org.healthbeam.core.fhir.FhirTranslator;
import org.healthbeam.core.outcome.RejectedException;

/** Maps for records that are given: every second code of each system has one target. */
final class PatientMaps {
  private static final String TARGET = "http://example.org/target";

  private PatientMaps() {}

  static CodeMap everySecondCodeOf(Iterable<byte[]> records)
      throws InvalidMapException, RejectedException {
    NavigableMap<String, NavigableSet<String>> codes = new TreeMap<>();
    FhirTranslator nothingKnown =
        new FhirTranslator(
            CodeMap.of(List.of(map(Map.of("urn:none", Set.of("none"))))), SeveralTargets.ALL);
    for (byte[] record : records) {
      for (CodingInResource coding : nothingKnown.translate(record).codings()) {
        if (!coding.translation().system().isEmpty()) {
          codes
              .computeIfAbsent(coding.translation().system(), s -> new TreeSet<>())
              .add(coding.translation().source().code());
        }
      }
    }
    Map<String, Set<String>> half = new TreeMap<>();
    codes.forEach((system, all) -> half.put(system, everySecond(all)));
    return CodeMap.of(List.of(map(half)));
  }

  private static Set<String> everySecond(NavigableSet<String> codes) {
    Set<String> half = new HashSet<>();
    int i = 0;
    for (String code : codes) {
      if (i++ % 2 == 0 && !code.isEmpty()) {
        half.add(code);
      }
    }
    return half;
  }

  private static ConceptMap map(Map<String, Set<String>> codes) {
    List<ConceptMap.Group> groups = new ArrayList<>();
    codes.forEach(
        (system, ofSystem) -> {
          List<ConceptMap.Element> elements = new ArrayList<>();
          for (String code : ofSystem) {
            ConceptMap.Target target =
                new ConceptMap.Target(
                    "t-" + code, "Target of " + code, Relationship.EQUIVALENT, false);
            elements.add(new ConceptMap.Element(code, "", false, List.of(target)));
          }
          groups.add(new ConceptMap.Group(system, "", TARGET, "", elements, null));
        });
    return new ConceptMap(new MapId("urn:uuid:benchmark", "1"), "benchmark", groups);
  }
}
