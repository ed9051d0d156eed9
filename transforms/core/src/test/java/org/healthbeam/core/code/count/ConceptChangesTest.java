package org.healthbeam.core.code.count;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.ConceptMap;
import org.healthbeam.core.code.ConceptMap.Element;
import org.healthbeam.core.code.ConceptMap.Group;
import org.healthbeam.core.code.ConceptMap.Source;
import org.healthbeam.core.code.ConceptMap.Target;
import org.healthbeam.core.code.ConceptMap.Validity;
import org.healthbeam.core.code.ConceptPolicy;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.Relationship;
import org.healthbeam.core.code.TranslationPolicy;
import org.junit.jupiter.api.Test;

class ConceptChangesTest {
  private static final Target X = Target.of("x", "", Relationship.EQUIVALENT);
  private static final Coding A = new Coding("urn:a", "", "1", "One");
  private static final Coding B = new Coding("urn:b", "", "2", "Two");
  private static final TranslationPolicy FIRST =
      TranslationPolicy.DEFAULT.with(ConceptPolicy.FIRST_THAT_MAPS);

  private static CodeMap map(String version, Map<Coding, Target> targets)
      throws InvalidMapException {
    List<Group> groups = new ArrayList<>();
    targets.forEach(
        (code, target) ->
            groups.add(
                new Group(
                    code.system(),
                    "",
                    "urn:t",
                    "",
                    List.of(new Element(Source.code(code.code()), false, List.of(target))),
                    null)));
    return CodeMap.of(List.of(new ConceptMap(new MapId("urn:m", version), "f", groups)));
  }

  private static Map<String, Long> changes(
      CodeMap before, CodeMap after, TranslationPolicy policy, List<List<Coding>> concepts) {
    ConceptChanges changes = new ConceptChanges(before, after, policy);
    concepts.forEach(each -> changes.add("Condition", each));
    Map<String, Long> told = new TreeMap<>();
    changes.drainTo(
        (type, was, will, n, when) ->
            told.merge(
                "%s %s %s:%d->%s:%d %s"
                    .formatted(
                        type,
                        was.source().code(),
                        was.outcome().code(),
                        was.accepted(),
                        will.outcome().code(),
                        will.accepted(),
                        when.code()),
                n,
                Long::sum));
    assertEquals(0, changes.size());
    return told;
  }

  @Test
  void aCodingThatIsNoLongerChosenIsAChangeThoughItsAnswerIsTheSame() throws Exception {
    CodeMap old = map("1", Map.of(B, X));
    CodeMap newer = map("2", Map.of(A, X, B, X));
    List<List<Coding>> concepts = List.of(List.of(A, B), List.of(A, B), List.of(B), List.of(B, A));
    assertEquals(
        Map.of(
            "Condition 1 unmapped:0->mapped:1 now", 2L,
            "Condition 2 mapped:1->mapped:0 now", 2L,
            "Condition 1 unmapped:0->mapped:0 now", 1L),
        changes(old, newer, FIRST, concepts));
    assertEquals(
        Map.of("Condition 1 unmapped:0->mapped:1 now", 3L),
        changes(old, newer, TranslationPolicy.DEFAULT, concepts));
  }

  @Test
  void aChangeOnSomeDaysMayChangeWhichCodingIsChosenOnThem() throws Exception {
    LocalDate end = LocalDate.of(2020, 1, 1);
    Target ended = X.during(new Validity(LocalDate.MIN, end, false));
    CodeMap old = map("1", Map.of(B, X));
    CodeMap newer = map("2", Map.of(A, ended, B, X));
    assertEquals(
        Map.of(
            "Condition 1 unmapped:0->unmapped:0 some-days", 1L,
            "Condition 2 mapped:1->mapped:1 some-days", 1L),
        changes(old, newer, FIRST, List.of(List.of(A, B), List.of(B))));
  }
}
