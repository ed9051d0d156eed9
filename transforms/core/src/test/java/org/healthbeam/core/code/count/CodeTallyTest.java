package org.healthbeam.core.code.count;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.healthbeam.core.code.Answer;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.Condition;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.Relationship;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.code.TranslationOutcome;
import org.healthbeam.core.code.TranslationReason;
import org.junit.jupiter.api.Test;

class CodeTallyTest {
  private static final String LOINC = "http://loinc.org";
  private static final MapId MAP = new MapId("urn:m", "1");

  private static Translation translation(Coding source, List<Answer> answers, int accepted) {
    return new Translation(
        source,
        LOINC,
        answers.isEmpty() ? TranslationOutcome.UNMAPPED : TranslationOutcome.MAPPED,
        answers.isEmpty() ? TranslationReason.CODE_NOT_IN_MAPS : TranslationReason.ELEMENT,
        answers,
        accepted);
  }

  private static Answer answer(String code, String display, boolean fallback) {
    return new Answer(
        new Coding("urn:t", "", code, display),
        Relationship.EQUIVALENT,
        MAP,
        MAP,
        Condition.NONE,
        Answer.Detail.NONE,
        fallback);
  }

  private static Coding source(String system, String version, String code, String display) {
    return new Coding(system, version, code, display);
  }

  private static Map<String, Long> drained(CodeTally tally) {
    Map<String, Long> counts = new TreeMap<>();
    tally.drainTo(
        (type, t, n) ->
            counts.put(
                String.join(
                    "|",
                    type,
                    t.source().system(),
                    t.source().version(),
                    t.source().code(),
                    t.source().display(),
                    t.outcome().code(),
                    t.accepted() + "",
                    t.answers().stream()
                        .map(a -> a.target().code() + "=" + a.target().display())
                        .toList()
                        .toString()),
                n));
    return counts;
  }

  @Test
  void spellingsOfACodeAreOneWithTheFirstDisplayThatIsNotEmpty() {
    CodeTally tally = new CodeTally();
    List<Answer> x = List.of(answer("x", "X", false));
    tally.add("Observation", translation(source("LN", "", "1-8", ""), x, 1));
    tally.add("Observation", translation(source(LOINC, "", "1-8", "b"), x, 1));
    tally.add("Observation", translation(source(LOINC, "", "1-8", "a"), List.copyOf(x), 1));
    tally.add("Observation", translation(source(LOINC, "", "1-8", "c"), x, 1));
    assertEquals(1, tally.size());
    assertEquals(Map.of("Observation|" + LOINC + "||1-8|a|mapped|1|[x=X]", 4L), drained(tally));
  }

  @Test
  void whatDiffersInMoreThanTheDisplayIsCountedByItself() {
    CodeTally tally = new CodeTally();
    List<Answer> x = List.of(answer("x", "X", false));
    List<Answer> y = List.of(answer("y", "X", false));
    tally.add("Observation", translation(source(LOINC, "", "1-8", ""), x, 1));
    tally.add("Condition", translation(source(LOINC, "", "1-8", ""), x, 1));
    tally.add("Observation", translation(source(LOINC, "2", "1-8", ""), x, 1));
    tally.add("Observation", translation(source(LOINC, "", "2-6", ""), x, 1));
    tally.add("Observation", translation(source(LOINC, "", "1-8", ""), x, 0));
    tally.add("Observation", translation(source(LOINC, "", "1-8", ""), y, 1));
    tally.add("Observation", translation(source(LOINC, "", "1-8", ""), List.of(), 0));
    assertEquals(7, tally.size());
    assertEquals(7, drained(tally).size());
  }

  @Test
  void aTargetThatIsTheCodeAsItIsHasNoDisplay() {
    CodeTally tally = new CodeTally();
    for (String display : List.of("one", "two")) {
      tally.add(
          "Observation",
          translation(source(LOINC, "", "1-8", display), List.of(answer("1-8", display, true)), 1));
    }
    assertEquals(Map.of("Observation|" + LOINC + "||1-8|one|mapped|1|[1-8=]", 2L), drained(tally));
  }

  @Test
  void whatWasHandedOutIsForgotten() {
    CodeTally tally = new CodeTally();
    tally.add("Observation", translation(source(LOINC, "", "1-8", ""), List.of(), 0));
    assertEquals(1, drained(tally).size());
    assertEquals(0, tally.size());
    assertEquals(Map.of(), drained(tally));
  }
}
