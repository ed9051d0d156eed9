package org.healthbeam.core.vital.window;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.healthbeam.core.vital.ReadingSeries;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalSummary;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final Duration EXPECTED = Duration.ofMinutes(1);

  private static SlotDigest slot(
      VitalWindows windows, VitalKind kind, long implausible, double... secondsAndValues) {
    ReadingSeries series = new ReadingSeries();
    for (int i = 0; i < secondsAndValues.length; i += 2) {
      if (!Double.isNaN(secondsAndValues[i + 1])) {
        series.add((long) (1000 * secondsAndValues[i]), secondsAndValues[i + 1]);
      }
    }
    series.addImplausible(implausible);
    long time = (long) (1000 * secondsAndValues[0]);
    return new SlotDigest(
        kind,
        windows.slot().start(time),
        windows.slot().end(time),
        0,
        new WindowFold(EXPECTED).addAll(series).digest());
  }

  private static List<String> sessions(VitalWindows windows, SlotDigest... slots) {
    SlotDigests all = new SlotDigests();
    for (SlotDigest slot : slots) {
      all.add(slot);
    }
    return sessions(windows, all);
  }

  private static List<String> sessions(VitalWindows windows, SlotDigests slots) {
    List<String> told = new ArrayList<>();
    new Sessions(windows.gap(), windows.longestSession())
        .part(
            slots,
            kind -> EXPECTED,
            (span, kinds) ->
                kinds.forEach(
                    (kind, fold) -> {
                      VitalSummary s = VitalSummaries.of("a", kind, span, 0, true, fold);
                      told.add(
                          "%s %d-%d n=%d twa=%s coverage=%s gap=%s implausible=%d"
                              .formatted(
                                  kind.kindName(),
                                  s.windowStart().getEpochSecond(),
                                  s.windowEnd().getEpochSecond(),
                                  s.n(),
                                  s.twa(),
                                  s.coverage(),
                                  s.maxGapSeconds(),
                                  s.nImplausible()));
                    }));
    return told;
  }

  @Test
  void silenceOfTheGapEndsASessionAndALittleLessDoesNot() {
    VitalWindows windows = VitalWindows.sessions(Duration.ofMinutes(5));
    assertEquals(
        List.of(
            "heart_rate 10-310 n=1 twa=60.0 coverage=1.0 gap=0.0 implausible=0",
            "heart_rate 310-610 n=1 twa=70.0 coverage=1.0 gap=0.0 implausible=0"),
        sessions(
            windows,
            slot(windows, VitalKind.HEART_RATE, 0, 10, 60),
            slot(windows, VitalKind.HEART_RATE, 0, 310, 70)));
    assertEquals(
        List.of(
            "heart_rate 10-609 n=2 twa=60.0 coverage=0.3333333333333333 gap=299.0 implausible=0"),
        sessions(
            windows,
            slot(windows, VitalKind.HEART_RATE, 0, 10, 60),
            slot(windows, VitalKind.HEART_RATE, 0, 309, 70)));
  }

  @Test
  void kindsOfASubjectShareTheirSessions() {
    VitalWindows windows = VitalWindows.sessions(Duration.ofMinutes(5));
    assertEquals(
        List.of(
            "heart_rate 10-800 n=2 twa=60.0 coverage=0.2222222222222222 gap=490.0 implausible=0",
            "temperature 10-800 n=1 twa=37.0 coverage=0.1111111111111111 gap=250.0 implausible=0"),
        sessions(
            windows,
            slot(windows, VitalKind.HEART_RATE, 0, 10, 60),
            slot(windows, VitalKind.TEMPERATURE, 0, 260, 37),
            slot(windows, VitalKind.HEART_RATE, 0, 500, 70)));
  }

  @Test
  void implausibleReadingsDoNotProlongASessionAndCountInTheOneTheySitIn() {
    VitalWindows windows = VitalWindows.sessions(Duration.ofMinutes(5));
    assertEquals(
        List.of(
            "heart_rate 10-310 n=1 twa=60.0 coverage=1.0 gap=0.0 implausible=3",
            "heart_rate 1000-1300 n=1 twa=60.0 coverage=1.0 gap=0.0 implausible=0"),
        sessions(
            windows,
            slot(windows, VitalKind.HEART_RATE, 1, 10, 60),
            slot(windows, VitalKind.HEART_RATE, 2, 301, Double.NaN),
            slot(windows, VitalKind.HEART_RATE, 4, 700, Double.NaN),
            slot(windows, VitalKind.HEART_RATE, 0, 1000, 60)));
  }

  @Test
  void sessionIsCutAtMultiplesOfTheLongestLength() {
    VitalWindows windows =
        VitalWindows.sessions(Duration.ofMinutes(5)).cutAt(Duration.ofMinutes(20));
    assertEquals(
        List.of(
            "heart_rate 1000-1200 n=2 twa=60.0 coverage=0.5 gap=190.0 implausible=0",
            "heart_rate 1210-1510 n=1 twa=62.0 coverage=1.0 gap=0.0 implausible=0"),
        sessions(
            windows,
            slot(windows, VitalKind.HEART_RATE, 0, 1000, 60, 1190, 61),
            slot(windows, VitalKind.HEART_RATE, 0, 1210, 62)));
  }

  /** Against the definition, applied to single readings. */
  @Property(tries = 300)
  void slotsGiveTheSessionsOfTheReadings(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 80) int n) {
    VitalWindows windows = VitalWindows.sessions(Duration.ofSeconds(1 + random.nextInt(1_000)));
    long gap = windows.gap().toMillis();
    Map<Long, ReadingSeries> bySlot = new TreeMap<>();
    TreeMap<Long, Integer> times = new TreeMap<>();
    long time = 0;
    for (int i = 0; i < n; i++) {
      time += Math.max(1, gap - 3_000 + random.nextInt(6_000) - random.nextInt(2) * gap / 2);
      bySlot
          .computeIfAbsent(windows.slot().start(time), start -> new ReadingSeries())
          .add(time, 60);
      times.put(time, 1);
    }
    List<String> expected = new ArrayList<>();
    long start = times.firstKey();
    long last = start;
    int count = 0;
    for (long next : times.keySet()) {
      boolean cut =
          Math.floorDiv(next, windows.longestSession().toMillis())
              != Math.floorDiv(start, windows.longestSession().toMillis());
      if (next - last >= gap || cut) {
        expected.add(start + "-" + last + " " + count);
        start = next;
        count = 0;
      }
      last = next;
      count++;
    }
    expected.add(start + "-" + last + " " + count);
    SlotDigests slots = new SlotDigests();
    bySlot.forEach(
        (slotStart, series) ->
            slots.add(
                new SlotDigest(
                    VitalKind.SPO2,
                    slotStart,
                    windows.slot().end(slotStart),
                    0,
                    new WindowFold(EXPECTED).addAll(series).digest())));
    List<String> told = new ArrayList<>();
    new Sessions(windows.gap(), windows.longestSession())
        .part(
            slots,
            kind -> EXPECTED,
            (span, kinds) ->
                told.add(
                    span.start().toEpochMilli()
                        + "-"
                        + span.measuredUntil().toEpochMilli()
                        + " "
                        + kinds.get(VitalKind.SPO2).n()));
    assertEquals(expected, told);
  }
}
