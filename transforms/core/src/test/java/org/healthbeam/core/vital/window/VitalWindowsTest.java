package org.healthbeam.core.vital.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.healthbeam.core.vital.window.VitalWindows.Rung;
import org.junit.jupiter.api.Test;

class VitalWindowsTest {

  private static Duration m(long minutes) {
    return Duration.ofMinutes(minutes);
  }

  private static void refused(String sentence, Runnable windows) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, windows::run);
    assertEquals(sentence, e.getMessage());
  }

  @Test
  void windowsThatCannotBeMadeAreRefusedWithASentence() {
    refused("window 0ms is shorter than 1 ms", () -> VitalWindows.fixed(Duration.ZERO));
    refused("window 8d is longer than 7d", () -> VitalWindows.fixed(Duration.ofDays(8)));
    refused(
        "sliding windows of 10m must be a multiple of their step 3m long",
        () -> VitalWindows.sliding(m(10), m(3)));
    refused(
        "sliding windows of 5m must be a multiple of their step 10m long",
        () -> VitalWindows.sliding(m(5), m(10)));
    refused(
        "sliding windows of 1d with the step 1m overlap 1440 times; at most 300 are held at once",
        () -> VitalWindows.sliding(m(1440), m(1)));
    refused("a ladder has at least two lengths of windows", () -> VitalWindows.ladder(m(1)));
    refused(
        "windows of a ladder must each be a multiple of the one before: 15m is none of 10m",
        () -> VitalWindows.ladder(m(1), m(10), m(15)));
    refused(
        "windows of a ladder must each be a multiple of the one before: 10m is none of 10m",
        () -> VitalWindows.ladder(m(10), m(10)));
    refused(
        "gap of sessions 999ms is shorter than 1 s",
        () -> VitalWindows.sessions(Duration.ofMillis(999)));
    refused(
        "longest session 31d is not from the gap 1h to 30d; the slots of 10m in between are held",
        () -> VitalWindows.sessions(m(60)).cutAt(Duration.ofDays(31)));
    refused(
        "longest session 1h is not from the gap 2h to 30d; the slots of 10m in between are held",
        () -> VitalWindows.sessions(m(120)).cutAt(m(60)));
  }

  @Test
  void slotsAreWhatTheDocumentationSays() {
    assertEquals(m(60).toMillis(), VitalWindows.fixed(m(60)).slot().length());
    assertTrue(VitalWindows.fixed(m(60)).isOneGrouping());
    assertEquals(m(10).toMillis(), VitalWindows.fixed(m(61)).slot().length());
    assertEquals(m(5).toMillis(), VitalWindows.sliding(m(60), m(5)).slot().length());
    assertEquals(10_000, VitalWindows.ladder(Duration.ofSeconds(10), m(1)).slot().length());
    assertEquals(m(3).toMillis(), VitalWindows.sessions(m(3)).slot().length());
    assertEquals(m(10).toMillis(), VitalWindows.sessions(m(240)).slot().length());
    assertEquals(VitalWindows.LONGEST_SESSION, VitalWindows.sessions(m(240)).longestSession());
    assertEquals(
        Duration.ofHours(12), VitalWindows.sessions(Duration.ofSeconds(10)).longestSession());
  }

  @Test
  void slotsAreCutAnewWhereTheWindowBegins() {
    Rung slot = VitalWindows.fixed(m(61)).slot();
    assertEquals(m(60).toMillis(), slot.start(m(61).toMillis() - 1));
    assertEquals(m(61).toMillis(), slot.end(m(61).toMillis() - 1));
    assertEquals(m(61).toMillis(), slot.start(m(61).toMillis()));
    assertEquals(m(71).toMillis(), slot.end(m(61).toMillis()));
    assertEquals(-m(61).toMillis(), slot.start(-m(61).toMillis()));
    assertEquals(0, slot.end(-1));
  }

  @Property(tries = 300)
  void everyRungLiesWithinTheNextAndNoWindowHasTooManySlots(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 10_080) int minutes) {
    VitalWindows windows =
        random.nextBoolean()
            ? VitalWindows.fixed(m(minutes))
            : VitalWindows.ladder(
                Duration.ofSeconds(1 + random.nextInt(2)), m(Math.min(minutes, 5_040) * 2L));
    List<Rung> rungs = windows.rungs();
    long time = random.nextLong() % 10_000_000_000_000L;
    for (int i = 1; i < rungs.size(); i++) {
      Rung fine = rungs.get(i - 1);
      Rung wide = rungs.get(i);
      assertTrue(fine.start(time) <= time && time < fine.end(time));
      assertTrue(wide.start(time) <= fine.start(time), "" + rungs);
      assertTrue(fine.end(time) <= wide.end(time), "" + rungs);
      assertTrue(
          (wide.length() + fine.length() - 1) / fine.length() <= VitalWindows.MOST_SLOTS,
          "" + rungs);
    }
    assertTrue(rungs.get(0).length() <= m(60).toMillis());
  }
}
