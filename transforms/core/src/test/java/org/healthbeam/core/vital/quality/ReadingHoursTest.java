package org.healthbeam.core.vital.quality;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ReadingHoursTest {
  private static final long MINUTE = 60_000;
  private static final long LONGEST = 40L * 24 * 60 * MINUTE;

  private static ReadingHours of(List<Long> times) {
    ReadingHours hours = new ReadingHours();
    times.forEach(hours::add);
    return hours;
  }

  private static ReadingHours copy(ReadingHours hours) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    hours.write(new DataOutputStream(bytes));
    return ReadingHours.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }

  /** However the times are parted, in whatever order, and encoded on the way. */
  @Property(tries = 300)
  void partsComeToWhatTheSortedMinutesSay(
      @ForAll @Size(min = 1, max = 60) List<@LongRange(min = -LONGEST, max = LONGEST) Long> times,
      @ForAll @LongRange(min = 0, max = 60) long cut)
      throws IOException {
    int at = (int) Math.min(cut, times.size());
    ReadingHours hours = copy(of(times.subList(at, times.size())));
    hours.addAll(copy(of(times.subList(0, at))));
    TreeSet<Long> minutes = new TreeSet<>();
    TreeSet<Long> withReading = new TreeSet<>();
    for (long time : times) {
      minutes.add(Math.floorDiv(time, MINUTE) * MINUTE);
      withReading.add(Math.floorDiv(time, 60 * MINUTE));
    }
    assertEquals(minutes.first(), hours.first());
    assertEquals(minutes.last(), hours.last());
    assertEquals(withReading.size(), hours.hoursWithReading());
    assertEquals(withReading.last() - withReading.first() + 1, hours.hours());
    long[] longest = {0, minutes.first()};
    Long before = null;
    for (long minute : minutes) {
      if (before != null && minute - before > longest[0]) {
        longest = new long[] {minute - before, before};
      }
      before = minute;
    }
    assertArrayEquals(longest, hours.longestGap());
  }

  @Test
  void oneReadingHasNoGap() {
    long time = Instant.parse("2150-01-01T23:59:59Z").toEpochMilli();
    ReadingHours hours = of(List.of(time, time));
    assertArrayEquals(new long[] {0, hours.first()}, hours.longestGap());
    assertEquals(1, hours.hours());
    assertEquals(hours.first(), hours.last());
  }

  @Test
  void delaysFallIntoTheFirstClassThatTakesThem() {
    long t = Instant.parse("2150-01-01T00:00:00Z").toEpochMilli();
    assertEquals(Delay.NOT_TOLD, Delay.of(t, 0));
    assertEquals(Delay.BEFORE, Delay.of(t, t - 1));
    assertEquals(Delay.UP_TO_1M, Delay.of(t, t));
    assertEquals(Delay.UP_TO_1M, Delay.of(t, t + MINUTE));
    assertEquals(Delay.UP_TO_5M, Delay.of(t, t + MINUTE + 1));
    assertEquals(Delay.UP_TO_7D, Delay.of(t, t + 7 * 24 * 60 * MINUTE));
    assertEquals(Delay.MORE, Delay.of(t, t + 7 * 24 * 60 * MINUTE + 1));
  }
}
