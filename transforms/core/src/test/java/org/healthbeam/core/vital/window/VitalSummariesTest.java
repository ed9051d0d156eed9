package org.healthbeam.core.vital.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.healthbeam.core.vital.ReadingSeries;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalSummary;
import org.junit.jupiter.api.Test;

class VitalSummariesTest {
  private static final Instant START = Instant.parse("2201-12-31T23:59:00Z");
  private static final Instant END = START.plusSeconds(60);

  private static VitalSummary summary(VitalKind kind, ReadingSeries series) {
    return VitalSummaries.of("a", kind, START, END, 0, true, series, Duration.ofSeconds(10));
  }

  private static ReadingSeries series(double... secondsAndValues) {
    ReadingSeries series = new ReadingSeries();
    for (int i = 0; i < secondsAndValues.length; i += 2) {
      series.add(
          START.toEpochMilli() + (long) (1000 * secondsAndValues[i]), secondsAndValues[i + 1]);
    }
    return series;
  }

  @Test
  void numbersAreThoseWorkedOutByHand() {
    // Out of order, one exact duplicate, two values at second 20.
    VitalSummary s =
        summary(VitalKind.HEART_RATE, series(20, 80, 0, 60, 20, 70, 50, 90, 0, 60, 10, 70));
    assertEquals(5, s.n());
    assertEquals(1, s.nDuplicate());
    assertEquals(74, s.mean());
    assertEquals(Math.sqrt((196 + 16 + 16 + 36 + 256) / 5.0), s.sd(), 1e-12);
    assertEquals(60, s.min());
    assertEquals(90, s.max());
    assertEquals(60, s.first());
    assertEquals(90, s.last());
    // 60 for 10 s, 70 for 10 s, the mean 75 for 30 s, 90 for 10 s.
    assertEquals((600 + 700 + 2250 + 900) / 60.0, s.twa(), 1e-12);
    // x - 20: -20, -10, 0, 0, 30; y - 74: -14, -4, -4, 6, 16.
    assertEquals((280 + 40 + 480) / 1400.0 * 3600, s.slopePerHour(), 1e-9);
    // Ascending 60, 70, 70, 80, 90 at positions 0.2, 2 and 3.8.
    assertEquals(62, s.p05(), 1e-12);
    assertEquals(70, s.p50());
    assertEquals(88, s.p95(), 1e-12);
    assertEquals(4 / 6.0, s.coverage(), 1e-12);
    assertEquals(30, s.maxGapSeconds());
  }

  @Test
  void oneReadingHasNoSlopeAndHoldsToTheWindowsEnd() {
    VitalSummary s = summary(VitalKind.HEART_RATE, series(45, 61.5));
    assertEquals(61.5, s.twa());
    assertEquals(0, s.sd());
    assertTrue(Double.isNaN(s.slopePerHour()));
    assertEquals(61.5, s.p05());
    assertEquals(61.5, s.p95());
    assertEquals(45, s.maxGapSeconds());
    assertEquals(1 / 6.0, s.coverage(), 1e-12);
  }

  @Test
  void codesAreNotAveraged() {
    VitalSummary s = summary(VitalKind.CONSCIOUSNESS, series(0, 0, 30, 4));
    assertEquals(2, s.n());
    assertEquals(0, s.first());
    assertEquals(4, s.last());
    assertTrue(Double.isNaN(s.mean()));
    assertTrue(Double.isNaN(s.twa()));
    assertTrue(Double.isNaN(s.max()));
  }

  @Test
  void windowWithoutValueHasNoSummary() {
    ReadingSeries series = new ReadingSeries();
    series.addImplausible(1);
    assertThrows(IllegalArgumentException.class, () -> summary(VitalKind.HEART_RATE, series));
  }

  @Property(tries = 300)
  void summaryDependsOnNeitherOrderNorGroupingOfReadings(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 599) Integer> readings,
      @ForAll Random random) {
    ReadingSeries inOrder = new ReadingSeries();
    readings.forEach(r -> add(inOrder, r));
    List<Integer> shuffled = new ArrayList<>(readings);
    Collections.shuffle(shuffled, random);
    List<ReadingSeries> parts = new ArrayList<>();
    for (Integer r : shuffled) {
      if (parts.isEmpty() || random.nextInt(4) == 0) {
        parts.add(new ReadingSeries());
      }
      add(parts.get(random.nextInt(parts.size())), r);
    }
    Collections.shuffle(parts, random);
    ReadingSeries merged = new ReadingSeries();
    for (ReadingSeries part : parts) {
      if (random.nextBoolean()) {
        part.size();
      }
      merged.addAll(part);
    }
    assertEquals(summary(VitalKind.HEART_RATE, inOrder), summary(VitalKind.HEART_RATE, merged));
    long distinct = readings.stream().distinct().count();
    assertEquals(distinct, merged.size());
    assertEquals(readings.size() - distinct, merged.duplicates());
  }

  /** Time and value from one number, so that equal numbers are exact duplicates. */
  private static void add(ReadingSeries series, int reading) {
    series.add(START.toEpochMilli() + 1000L * (reading % 60), 50 + Math.floorDiv(reading, 60));
  }

  @Test
  void seriesOfManyDuplicatesStaysSmall() {
    ReadingSeries series = new ReadingSeries();
    for (int i = 0; i < 1_000_000; i++) {
      series.add(i % 7, 1);
    }
    assertEquals(7, series.size());
    assertEquals(999_993, series.duplicates());
  }
}
