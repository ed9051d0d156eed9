package org.healthbeam.core.vital;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
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
  void correctionReplacesWhatWasToldOfItsObservationWhicheverComesFirst() {
    Told original = new Told(1, 80, ReadingVersion.told(false, 4, "a"));
    Told other = new Told(1, 70, ReadingVersion.told(false, 4, "b"));
    Told unnamed = new Told(1, 60, ORIGINAL);
    Told corrected = new Told(1, 90, ReadingVersion.corrected(5, "a"));
    for (ReadingSeries s :
        List.of(
            series(original, other, unnamed, corrected),
            series(corrected, unnamed, other, original))) {
      assertEquals(List.of("1=60.0", "1=70.0", "1=90.0"), left(s));
      assertEquals(List.of(4L, 3L, 0L, 1L, 0L, 0L, 0L), counts(s));
    }
  }

  @Test
  void amendmentWithoutAnIdAmendsWhatHasNone() {
    Told first = new Told(1, 80, ORIGINAL);
    Told second = new Told(1, 81, ORIGINAL);
    Told named = new Told(1, 70, ReadingVersion.told(false, 9, "a"));
    ReadingSeries s =
        series(named, second, new Told(1, 90, ReadingVersion.corrected(5, "")), first, first);
    assertEquals(List.of("1=70.0", "1=90.0"), left(s));
    assertEquals(List.of(5L, 2L, 1L, 2L, 0L, 0L, 0L), counts(s));
    s.add(1, Double.NaN, ReadingVersion.withdrawn(6, ""));
    assertEquals(List.of("1=70.0"), left(s));
    assertEquals(List.of(6L, 1L, 1L, 0L, 3L, 1L, 0L), counts(s));
  }

  @Test
  void preliminaryThenFinalCountsOnce() {
    Told preliminary = new Told(1, 80, ReadingVersion.told(true, 5, "a"));
    Told last = new Told(1, 82, ReadingVersion.told(false, 6, "a"));
    Told ofTheSameOrder = new Told(1, 81, ReadingVersion.told(false, 5, "a"));
    assertEquals(List.of("1=82.0"), left(series(preliminary, last)));
    assertEquals(List.of("1=82.0"), left(series(last, preliminary)));
    assertEquals(List.of("1=81.0"), left(series(ofTheSameOrder, preliminary)));
    ReadingSeries s = series(preliminary, last, ofTheSameOrder, last);
    assertEquals(List.of(4L, 1L, 1L, 2L, 0L, 0L, 0L), counts(s));
  }

  @Test
  void versionsHaveOneOrderWhateverTheirScalesAndTies() {
    double nan = Double.NaN;
    long number = ReadingVersion.orderOfNumber(999_999_999_999_999_999L);
    long time = ReadingVersion.orderOfTime(1);
    List<Told> ascending =
        List.of(
            new Told(1, 70, ReadingVersion.told(true, 0, "a")),
            new Told(1, 60, ReadingVersion.told(false, 0, "a")),
            new Told(1, 61, ReadingVersion.told(false, 0, "a")),
            new Told(1, 50, ReadingVersion.corrected(0, "a")),
            new Told(1, nan, ReadingVersion.withdrawn(0, "a")),
            new Told(1, 40, ReadingVersion.told(true, 2, "a")),
            new Told(1, 30, ReadingVersion.corrected(number, "a")),
            new Told(1, 20, ReadingVersion.told(true, time, "a")),
            new Told(1, 10, ReadingVersion.told(false, time + 1, "a")));
    for (int i = 0; i < ascending.size(); i++) {
      for (int j = 0; j < ascending.size(); j++) {
        Told later = ascending.get(Math.max(i, j));
        List<String> expected =
            later.version.isWithdrawn() ? List.of() : List.of("1=" + later.value);
        assertEquals(expected, left(series(ascending.get(i), ascending.get(j))), i + " " + j);
      }
    }
  }

  @Test
  void takingBackRemovesAndALaterVersionTellsAgain() {
    Told original = new Told(1, 80, ReadingVersion.told(false, 4, "a"));
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
  void equalValuesOfTwoObservationsCountOnce() {
    ReadingSeries s =
        series(
            new Told(1, 80, ReadingVersion.corrected(7, "cuff")),
            new Told(1, 90, ReadingVersion.corrected(5, "line")),
            new Told(1, 90, ReadingVersion.told(false, 9, "third")),
            new Told(1, 90, ORIGINAL));
    assertEquals(List.of("1=80.0", "1=90.0"), left(s));
    assertEquals(List.of(4L, 2L, 2L, 0L, 0L, 0L, 0L), counts(s));
  }

  @Test
  void whatIsSentAgainForEverTakesNoMoreRoom() {
    ReadingSeries s = new ReadingSeries();
    for (int i = 0; i < 100_000; i++) {
      s.add(1, 60 + i % 40, ReadingVersion.corrected(i, "a"));
      s.add(1, Double.NaN, ReadingVersion.withdrawn(i, "b"));
      s.add(2, 60, ReadingVersion.told(false, 1, "c"));
      s.add(3, 99, ReadingVersion.judged(i % 2 == 0, i));
    }
    assertEquals(3, s.versionedCount());
    assertEquals(1, s.judgements().size());
    assertEquals(List.of("1=99.0", "2=60.0"), left(s));
    assertEquals(List.of(300_000L, 2L, 99_999L, 99_999L, 0L, 100_000L, 0L), counts(s));
  }

  @Test
  void artefactIsLeftOutAndTheLastJudgementCounts() {
    ReadingSeries s = series(new Told(1, 300, ORIGINAL), new Told(1, 80, ORIGINAL));
    s.add(1, 300, ReadingVersion.judged(true, 0));
    assertEquals(List.of("1=80.0"), left(s));
    assertEquals(List.of(2L, 1L, 0L, 0L, 0L, 0L, 1L), counts(s));
    s.add(1, 300, ReadingVersion.judged(false, 2));
    s.add(1, 300, ReadingVersion.judged(true, 1));
    assertEquals(List.of("1=80.0", "1=300.0"), left(s));
  }

  @Test
  void seriesOfOriginalsHoldsNoVersions() {
    ReadingSeries s = series(new Told(1, 80, ORIGINAL), new Told(1, 81, ORIGINAL));
    assertEquals(0, s.versionedCount());
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
    assertTrue(inOrder.duplicates() >= 0);

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
    long time = random.nextInt(4);
    String id = List.of("", "a", "b").get(random.nextInt(3));
    double value = 60 + random.nextInt(4);
    long order = random.nextInt(3);
    if (random.nextInt(4) == 0) {
      order = ReadingVersion.orderOfTime(order);
    }
    return switch (random.nextInt(6)) {
      case 0 -> new Told(time, value, ReadingVersion.corrected(order, id));
      case 1 -> new Told(time, Double.NaN, ReadingVersion.withdrawn(order, id));
      case 2 -> new Told(time, value, ReadingVersion.told(true, order, id));
      default -> new Told(time, value, ReadingVersion.told(false, order, id));
    };
  }

  /** Of versions of one observation the later: what is said plainly in the documentation. */
  private static final Comparator<Told> VERSIONS =
      Comparator.comparingLong((Told t) -> t.version.order())
          .thenComparing(
              t ->
                  switch (t.version.status()) {
                    case PRELIMINARY -> "1";
                    case FINAL -> "2";
                    case CORRECTED -> "3";
                    default -> "4";
                  })
          .thenComparingDouble(Told::value);

  /** The rule, said plainly: of each time and observation the last version. */
  private static List<String> expected(List<Told> told) {
    Map<Long, Map<Long, List<Told>>> byObservation =
        told.stream()
            .collect(
                Collectors.groupingBy(
                    t -> t.time, Collectors.groupingBy(t -> t.version.observation())));
    Set<String> left = new TreeSet<>();
    byObservation.forEach(
        (time, observations) ->
            observations.forEach(
                (observation, ofOne) -> {
                  List<Told> versions =
                      ofOne.stream().filter(t -> !t.version.isOriginal()).sorted(VERSIONS).toList();
                  List<Told> counts =
                      versions.isEmpty() ? ofOne : List.of(versions.get(versions.size() - 1));
                  counts.stream()
                      .filter(t -> !t.version.isWithdrawn())
                      .forEach(t -> left.add(time + "=" + t.value));
                }));
    return List.copyOf(left);
  }
}
