package org.healthbeam.core.vital;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What corrections, takings back and artefacts do to a series. */
class ReadingSeriesTest {
  private static final ReadingVersion ORIGINAL = ReadingVersion.ORIGINAL;

  private record Told(long time, double value, ReadingVersion version) {}

  private static ReadingSeries series(Told... told) {
    ReadingSeries series = new ReadingSeries();
    for (Told t : told) {
      series.add(t.time, t.value, t.version);
    }
    return series;
  }

  private static List<String> left(ReadingSeries series) {
    List<String> result = new ArrayList<>();
    for (int i = 0; i < series.size(); i++) {
      result.add(series.timeAt(i) + "=" + series.valueAt(i));
    }
    return result;
  }

  private static List<Long> counts(ReadingSeries s) {
    return List.of(
        s.added(),
        (long) s.size(),
        s.duplicates(),
        s.superseded(),
        s.withdrawn(),
        s.withdrawals(),
        s.artefacts());
  }

  @Test
  void correctionReplacesWhatWasToldAtItsTimeWhicheverComesFirst() {
    Told original = new Told(1, 80, ORIGINAL);
    Told corrected = new Told(1, 90, ReadingVersion.corrected(5, "a"));
    for (ReadingSeries s : List.of(series(original, corrected), series(corrected, original))) {
      assertEquals(List.of("1=90.0"), left(s));
      assertEquals(List.of(2L, 1L, 0L, 1L, 0L, 0L, 0L), counts(s));
    }
  }

  @Test
  void theLatestOfSeveralCorrectionsCountsAndACopyOfItIsADuplicate() {
    ReadingSeries s =
        series(
            new Told(1, 95, ReadingVersion.corrected(6, "a")),
            new Told(1, 80, ORIGINAL),
            new Told(1, 80, ORIGINAL),
            new Told(1, 90, ReadingVersion.corrected(5, "a")),
            new Told(1, 95, ReadingVersion.corrected(6, "a")),
            new Told(2, 70, ORIGINAL));
    assertEquals(List.of("1=95.0", "2=70.0"), left(s));
    assertEquals(List.of(6L, 2L, 2L, 2L, 0L, 0L, 0L), counts(s));
  }

  @Test
  void takingBackRemovesAndALaterCorrectionTellsAgain() {
    Told original = new Told(1, 80, ORIGINAL);
    Told back = new Told(1, Double.NaN, ReadingVersion.withdrawn(5, "a"));
    assertEquals(List.of(2L, 0L, 0L, 0L, 1L, 1L, 0L), counts(series(back, original)));
    ReadingSeries again = series(new Told(1, 85, ReadingVersion.corrected(6, "a")), back, original);
    assertEquals(List.of("1=85.0"), left(again));
    assertEquals(List.of(3L, 1L, 0L, 1L, 0L, 1L, 0L), counts(again));
    ReadingSeries sameOrder =
        series(new Told(1, 85, ReadingVersion.corrected(5, "a")), back, original);
    assertEquals(List.of(3L, 0L, 0L, 0L, 2L, 1L, 0L), counts(sameOrder));
  }

  @Test
  void correctionsOfTwoObservationsOfOneTimeDoNotReplaceOneAnother() {
    ReadingSeries s =
        series(
            new Told(1, 80, ReadingVersion.corrected(7, "cuff")),
            new Told(1, 90, ReadingVersion.corrected(5, "line")),
            new Told(1, 90, ReadingVersion.corrected(9, "third")));
    assertEquals(List.of("1=80.0", "1=90.0"), left(s));
    assertEquals(List.of(3L, 2L, 1L, 0L, 0L, 0L, 0L), counts(s));
  }

  @Test
  void artefactIsLeftOutAndTheLastJudgementCounts() {
    ReadingSeries s = series(new Told(1, 300, ORIGINAL), new Told(1, 80, ORIGINAL));
    s.amend(new Amendment(1, 0, 0, Amendment.What.ARTEFACT, 300));
    assertEquals(List.of("1=80.0"), left(s));
    assertEquals(List.of(2L, 1L, 0L, 0L, 0L, 0L, 1L), counts(s));
    s.amend(new Amendment(1, 0, 2, Amendment.What.NO_ARTEFACT, 300));
    s.amend(new Amendment(1, 0, 1, Amendment.What.ARTEFACT, 300));
    assertEquals(List.of("1=80.0", "1=300.0"), left(s));
  }

  @Test
  void seriesWithoutAmendmentsHoldsNone() {
    ReadingSeries s = series(new Told(1, 80, ORIGINAL), new Told(1, 81, ORIGINAL));
    assertTrue(s.amendments().isEmpty());
    assertEquals(2, s.toldCount());
  }

  @Property(tries = 500)
  void whatIsLeftIsAFunctionOfTheSetAndNothingIsLost(
      @ForAll @IntRange(min = 1, max = 40) int n, @ForAll Random random) {
    List<Told> told = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      told.add(any(random));
    }
    ReadingSeries inOrder = series(told.toArray(Told[]::new));
    assertEquals(expected(told), left(inOrder));
    assertEquals(
        inOrder.added(),
        inOrder.size()
            + inOrder.duplicates()
            + inOrder.superseded()
            + inOrder.withdrawn()
            + inOrder.withdrawals());
    assertTrue(inOrder.duplicates() >= told.size() - new HashSet<>(told).size());

    List<Told> shuffled = new ArrayList<>(told);
    Collections.shuffle(shuffled, random);
    List<ReadingSeries> parts = new ArrayList<>();
    for (Told t : shuffled) {
      if (parts.isEmpty() || random.nextInt(4) == 0) {
        parts.add(new ReadingSeries());
      }
      ReadingSeries part = parts.get(random.nextInt(parts.size()));
      part.add(t.time, t.value, t.version);
      if (random.nextInt(8) == 0) {
        part.size();
      }
    }
    ReadingSeries merged = new ReadingSeries();
    for (ReadingSeries part : parts) {
      merged.addAll(random.nextBoolean() ? part.frozen() : part);
      if (random.nextInt(4) == 0) {
        merged.size();
      }
    }
    assertEquals(left(inOrder), left(merged));
    assertEquals(counts(inOrder), counts(merged));
  }

  private static Told any(Random random) {
    long time = random.nextInt(5);
    String id = List.of("", "a", "b").get(random.nextInt(3));
    double value = 60 + random.nextInt(4);
    return switch (random.nextInt(4)) {
      case 0 -> new Told(time, value, ReadingVersion.corrected(random.nextInt(3), id));
      case 1 -> new Told(time, Double.NaN, ReadingVersion.withdrawn(random.nextInt(3), id));
      default -> new Told(time, value, ORIGINAL);
    };
  }

  /** The rule, said plainly: by time and observation, the records of the greatest order. */
  private static List<String> expected(List<Told> told) {
    Map<Long, Set<Double>> left = new HashMap<>();
    for (long time : told.stream().map(t -> t.time).collect(Collectors.toSet())) {
      List<Told> here = told.stream().filter(t -> t.time == time).toList();
      Set<Double> values = new TreeSet<>();
      Set<Long> observations =
          here.stream()
              .filter(t -> !t.version.isOriginal())
              .map(t -> t.version.observation())
              .collect(Collectors.toSet());
      for (long observation : observations) {
        List<Told> ofOne =
            here.stream()
                .filter(t -> !t.version.isOriginal())
                .filter(t -> t.version.observation() == observation)
                .toList();
        long last = ofOne.stream().mapToLong(t -> t.version.order()).max().orElseThrow();
        List<Told> lasts = ofOne.stream().filter(t -> t.version.order() == last).toList();
        if (lasts.stream().noneMatch(t -> t.version.isWithdrawn())) {
          lasts.forEach(t -> values.add(t.value));
        }
      }
      if (observations.isEmpty()) {
        here.forEach(t -> values.add(t.value));
      }
      left.put(time, values);
    }
    return left.entrySet().stream()
        .sorted(Comparator.comparing(Map.Entry::getKey))
        .flatMap(e -> e.getValue().stream().map(v -> e.getKey() + "=" + v))
        .toList();
  }
}
