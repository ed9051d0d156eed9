package org.healthbeam.core.code.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.annotation.Nullable;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.healthbeam.core.code.Circumstances;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.OmopConcept;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.Translation;

/** What the streams make is what a join of lists in memory makes. */
class OmopVocabularyLawsTest {
  private static final LocalDate DAY_ONE = LocalDate.of(2000, 1, 1);
  private static final int DAYS = 8;
  private static final int CONCEPTS = 6;
  private static final String ICD10 = "http://hl7.org/fhir/sid/icd-10";

  /** Days are counted from 2000-01-01; 0 and 7 are OMOP's defaults, no limits. */
  record Time(int from, int to, boolean valid) {
    boolean holds(@Nullable Integer day) {
      return day == null ? valid : (from == 0 || from <= day) && (to == DAYS - 1 || day <= to);
    }

    String cells() {
      return text(from, 0, "19700101")
          + "\t"
          + text(to, DAYS - 1, "20991231")
          + "\t"
          + (valid ? "" : "D");
    }

    private static String text(int day, int limit, String none) {
      return day == limit ? none : DAY_ONE.plusDays(day).format(DateTimeFormatter.BASIC_ISO_DATE);
    }
  }

  /** Concepts 1 to 6 are sources with a code each, 11 to 16 are standard. */
  record Row(int source, int target, boolean value, Time time) {}

  record Vocabulary(List<Time> sources, List<Time> targets, List<Row> rows) {
    OmopText text() {
      OmopText text = new OmopText();
      for (int i = CONCEPTS; i >= 1; i--) {
        text.concept(i, "ICD10", "C" + i, "Condition", "Source", "", sources.get(i - 1).cells());
        Time time = targets.get(i - 1);
        String standard = time.valid() ? "S" : "";
        text.concept(10 + i, "SNOMED", "T" + i, "Observation", "T", standard, time.cells());
      }
      for (Row row : rows) {
        text.relationship(
            row.source(),
            row.target(),
            row.value() ? "Maps to value" : "Maps to",
            row.time().cells());
      }
      return text;
    }

    private boolean holds(Row row, @Nullable Integer day) {
      Time source = sources.get(row.source() - 1);
      return row.time().holds(day)
          && targets.get(row.target() - 11).holds(day)
          && (day == null || source.holds(day));
    }

    /** Returns the targets of a source with their values. */
    Map<Integer, Set<Integer>> join(int source, @Nullable Integer day) {
      Set<Integer> values = new TreeSet<>();
      Map<Integer, Set<Integer>> result = new TreeMap<>();
      for (Row row : rows) {
        if (row.source() == source && holds(row, day)) {
          if (row.value()) {
            values.add(row.target());
          } else {
            result.put(row.target(), new TreeSet<>());
          }
        }
      }
      if (result.size() == 1) {
        result.values().forEach(each -> each.addAll(values));
      }
      return result;
    }
  }

  @Provide
  Arbitrary<Vocabulary> vocabularies() {
    Arbitrary<Integer> day = Arbitraries.integers().between(0, DAYS - 1);
    Arbitrary<Time> time =
        Combinators.combine(
                Arbitraries.oneOf(Arbitraries.just(0), day),
                Arbitraries.oneOf(Arbitraries.just(DAYS - 1), day),
                Arbitraries.of(true, true, false))
            .as(Time::new);
    Arbitrary<Row> row =
        Combinators.combine(
                Arbitraries.integers().between(1, CONCEPTS),
                Arbitraries.integers().between(11, 10 + CONCEPTS),
                Arbitraries.of(true, false, false),
                time)
            .as(Row::new);
    return Combinators.combine(
            time.list().ofSize(CONCEPTS), time.list().ofSize(CONCEPTS), row.list().ofMaxSize(20))
        .as(Vocabulary::new);
  }

  @Property(tries = 300)
  void sameAsAJoinInMemory(@ForAll("vocabularies") Vocabulary vocabulary) throws Exception {
    List<Integer> days = new ArrayList<>();
    days.add(null);
    for (int day = -1; day <= DAYS; day++) {
      days.add(day);
    }
    CodeMap map;
    try {
      map = ToldMaps.compiled(vocabulary.text()::tell);
    } catch (InvalidMapException e) {
      assertEquals("The code maps have no entries: vocabulary", e.getMessage());
      map = null;
    }
    for (int source = 1; source <= CONCEPTS; source++) {
      for (Integer day : days) {
        assertEquals(
            vocabulary.join(source, day),
            map == null ? Map.of() : translated(map, source, day),
            "source " + source + " on day " + day);
      }
    }
  }

  private static Map<Integer, Set<Integer>> translated(
      CodeMap map, int source, @Nullable Integer day) {
    LocalDate date = day == null ? null : DAY_ONE.plusDays(day);
    Translation translation =
        map.translate(
            Coding.of(ICD10, "C" + source), Circumstances.on(date), SeveralTargets.AMBIGUOUS);
    Map<Integer, Set<Integer>> result = new TreeMap<>();
    for (OmopConcept each : OmopConcept.of(translation)) {
      if (each.conceptId() != 0) {
        assertEquals(source, each.sourceConceptId());
        result.put(each.conceptId(), new TreeSet<>(each.valueAsConceptIds()));
      }
    }
    return result;
  }
}
