package org.healthbeam.core.code.count;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
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

  private static Map<String, Long> whole(CodeTally tally) {
    Map<String, Long> counts = new TreeMap<>();
    tally.forEach(into(counts));
    return counts;
  }

  private static Map<String, Long> drained(CodeTally tally) {
    Map<String, Long> counts = new TreeMap<>();
    tally.drainTo(into(counts));
    return counts;
  }

  private static CodeTally.Taker into(Map<String, Long> counts) {
    return (type, t, n) ->
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
            n);
  }

  private static void add(CodeTally tally, String system, String display) {
    tally.add(
        "Observation",
        translation(source(system, "", "1-8", display), List.of(answer("x", "X", false)), 1));
  }

  @Test
  void spellingsOfACodeAreOneWithTheMostFrequentDisplayOrOfSeveralTheFirst() {
    CodeTally tally = new CodeTally();
    for (String display : List.of("", "", "", "c", "b", "c", "a", "b")) {
      add(tally, display.isEmpty() ? "LN" : LOINC, display);
    }
    assertEquals(3, tally.size());
    String key = "Observation|" + LOINC + "||1-8|%s|mapped|1|[x=X]";
    assertEquals(Map.of(key.formatted("b"), 8L), whole(tally));
    add(tally, LOINC, "c");
    assertEquals(Map.of(key.formatted("c"), 9L), whole(tally));
    assertEquals(
        Map.of(
            key.formatted(""), 3L,
            key.formatted("a"), 1L,
            key.formatted("b"), 2L,
            key.formatted("c"), 3L),
        drained(tally));
  }

  @Property(tries = 200)
  void theDisplayHangsOnNoOrderAndOnNoSplit(
      @ForAll @Size(max = 120) List<@IntRange(max = 40) Integer> displays, @ForAll Random random) {
    CodeTally tally = new CodeTally();
    Map<String, Long> counts = new TreeMap<>();
    for (int each : displays) {
      String display = each == 0 ? "" : "d" + each;
      add(tally, LOINC, display);
      counts.merge(display, 1L, Long::sum);
    }
    CodeTally parts = new CodeTally();
    List<Integer> shuffled = new ArrayList<>(displays);
    Collections.shuffle(shuffled, random);
    CodeTally part = new CodeTally();
    for (int each : shuffled) {
      add(part, LOINC, each == 0 ? "" : "d" + each);
      if (random.nextInt(9) == 0) {
        part.drainTo(parts::add);
      }
    }
    parts.addAll(part);
    assertEquals(whole(tally), whole(parts));
    assertEquals(tally.size(), parts.size());

    counts.remove("");
    List<String> first = counts.keySet().stream().limit(16).toList();
    String expected = "";
    for (String each : first) {
      expected = expected.isEmpty() || counts.get(each) > counts.get(expected) ? each : expected;
    }
    String best = expected;
    parts.forEach((type, t, n) -> assertEquals(best, t.source().display()));
    parts.forEach((type, t, n) -> assertEquals(displays.size(), n));
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
    assertEquals(Map.of("Observation|" + LOINC + "||1-8|one|mapped|1|[1-8=]", 2L), whole(tally));
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
