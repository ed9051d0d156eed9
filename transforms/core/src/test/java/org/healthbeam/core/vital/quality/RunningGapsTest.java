package org.healthbeam.core.vital.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.healthbeam.core.vital.VitalKind;
import org.junit.jupiter.api.Test;

class RunningGapsTest {
  private static final long HOUR = 3_600_000;
  private static final long T = Instant.parse("2150-03-01T00:00:00Z").toEpochMilli();

  private static byte[] bytes(RunningGaps gaps) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    gaps.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static RunningGaps copy(RunningGaps gaps) throws IOException {
    return RunningGaps.read(new DataInputStream(new ByteArrayInputStream(bytes(gaps))));
  }

  /**
   * Readings with pauses of up to a day, out of order within what may be late, also before 1970.
   */
  @Property(tries = 500)
  void hoursThatWereLetGoComeToWhatAllComeTo(
      @ForAll Random random, @ForAll @LongRange(min = 0, max = 5 * HOUR) long lateness)
      throws IOException {
    long time = (random.nextBoolean() ? T : 0) - random.nextInt((int) HOUR);
    RunningGaps running = new RunningGaps();
    ReadingHours all = new ReadingHours();
    long reached = Long.MIN_VALUE;
    for (int i = 1 + random.nextInt(60); i > 0; i--) {
      time += random.nextInt(4) == 0 ? random.nextInt((int) (24 * HOUR)) : random.nextInt(600_000);
      long reading = Math.max(time - (long) (random.nextDouble() * lateness), reached);
      all.add(reading);
      running.add(reading);
      reached = Math.max(reached, time - lateness);
      if (random.nextInt(3) > 0) {
        running.letGo(reached);
      }
      if (random.nextInt(8) == 0) {
        running = copy(running);
      }
    }
    ReadingGaps expected = ReadingGaps.of("a", VitalKind.SPO2, all);
    assertEquals(expected, copy(running).end("a", VitalKind.SPO2));
    assertEquals(expected, running.end("a", VitalKind.SPO2));
  }

  @Test
  void aSeriesTakesNoMoreHoweverLongItIs() throws IOException {
    RunningGaps running = new RunningGaps();
    int most = 0;
    for (long minute = 0; minute < 366 * 24 * 60; minute++) {
      long time = T + minute * 60_000;
      assertTrue(running.add(time));
      assertFalse(running.add(time + 59_999));
      running.letGo(time - HOUR);
      most = Math.max(most, bytes(running).length);
    }
    assertEquals(44 + 2 * 12, most, "five numbers, how many hours, and two of them");
    assertEquals(366 * 24, running.end("a", VitalKind.SPO2).hoursWithReading());
  }

  @Test
  void whatComesTooLateIsPassedOver() {
    RunningGaps running = new RunningGaps();
    running.add(T);
    running.add(T + 5 * HOUR);
    assertFalse(running.letGo(T + HOUR - 1), "the hour is not over");
    assertTrue(running.letGo(T + 4 * HOUR));
    assertFalse(running.add(T + 60_000), "its hour was let go");
    assertTrue(running.add(T + 2 * HOUR), "its hour had no reading");
    ReadingGaps gaps = running.end("a", VitalKind.SPO2);
    assertEquals(3, gaps.hoursWithReading());
    assertEquals(6, gaps.hours());
    assertEquals(3 * HOUR, gaps.longestGap().toMillis());
    assertEquals(T + 2 * HOUR, gaps.gapFrom().toEpochMilli());
  }
}
