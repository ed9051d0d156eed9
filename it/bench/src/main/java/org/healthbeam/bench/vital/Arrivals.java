package org.healthbeam.bench.vital;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalReading;

/**
 * Made-up readings in their order of arrival, the same every time: 1,500 subjects with eight kinds,
 * one reading a second each. A few are out of order by up to {@link #DISORDER_MS}, one in 200 is
 * late within {@link #LATENESS_MS}, one in 10,000 of the second half an hour late; one in 500 is a
 * duplicate and one in 1,000 implausible.
 *
 * @param count how many, over all splits
 * @param hot whether the first subject has a thousand times the readings of the others
 * @param perSecond how many of them arrive in a second over all splits; 0 for as many as are taken
 */
record Arrivals(long count, boolean hot, long perSecond) implements Serializable {
  static final String SOURCE = "replay.csv";
  static final String JSON_SOURCE = "replay.ndjson";
  static final String HEADER = "subject,time,kind_or_code,value,unit";

  /** The watermark is so far behind the latest reading. */
  static final long DISORDER_MS = 3_000;

  static final long LATENESS_MS = 60_000;
  static final long WINDOW_MS = 60_000;
  static final int SUBJECTS = 1_500;

  /** In the middle of a day, so that no reading falls on another. */
  private static final long BEGIN = Instant.parse("2110-01-01T06:00:00Z").toEpochMilli();

  private static final long MIDNIGHT = Instant.parse("2110-01-01T00:00:00Z").toEpochMilli();
  private static final long HOUR_MS = 3_600_000;

  /** By then a watermark has left the source, and what is an hour late is late on every side. */
  private static final long SETTLED = 500_000;

  private static final int IMPLAUSIBLE = 99_990;

  private static final VitalKind[] KINDS = {
    VitalKind.HEART_RATE,
    VitalKind.RESPIRATORY_RATE,
    VitalKind.SPO2,
    VitalKind.SYSTOLIC_BP,
    VitalKind.DIASTOLIC_BP,
    VitalKind.MEAN_BP,
    VitalKind.TEMPERATURE,
    VitalKind.GLUCOSE
  };
  private static final int[] LEAST_TENTHS = {600, 120, 900, 1000, 600, 750, 360, 900};
  private static final String PREFIX = "subject-";
  private static final int FIRST = 100_000;
  private static final int SERIES = SUBJECTS * KINDS.length;
  private static final int PER_TICK_OF_HOT = 1_000 * KINDS.length;

  private static final String[] NAMES = new String[SUBJECTS];
  private static final byte[][] CSV_BEGIN = new byte[SUBJECTS][];
  private static final byte[][] CSV_KIND = new byte[KINDS.length][];
  private static final byte[][] CSV_UNIT = new byte[KINDS.length][];
  private static final byte[][] JSON_BEGIN = new byte[KINDS.length][];
  private static final byte[][] JSON_UNIT = new byte[KINDS.length][];
  private static final byte[] JSON_TIME = utf8("\"},\"effectiveDateTime\":\"");
  private static final byte[] JSON_VALUE = utf8("\",\"valueQuantity\":{\"value\":");
  private static final byte[] DATE = utf8("2110-01-01T");

  static {
    for (int s = 0; s < SUBJECTS; s++) {
      NAMES[s] = PREFIX + (FIRST + s);
      CSV_BEGIN[s] = utf8(NAMES[s] + ",");
    }
    for (int k = 0; k < KINDS.length; k++) {
      CSV_KIND[k] = utf8("," + KINDS[k].kindName() + ",");
      CSV_UNIT[k] = utf8("," + KINDS[k].unit());
      JSON_BEGIN[k] =
          utf8(
              "{\"resourceType\":\"Observation\",\"status\":\"final\",\"category\":[{\"coding\":[{"
                  + "\"system\":\"http://terminology.hl7.org/CodeSystem/observation-category\","
                  + "\"code\":\"vital-signs\"}]}],\"code\":{\"coding\":[{\"system\":"
                  + "\"http://loinc.org\",\"code\":\""
                  + KINDS[k].loincCodes().get(0)
                  + "\"}]},\"subject\":{\"reference\":\"Patient/");
      JSON_UNIT[k] =
          utf8(
              ",\"unit\":\"%1$s\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"%1$s\"}}"
                  .formatted(KINDS[k].unit()));
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the line of a table. */
  InputRecord csv(long i) {
    long of = original(i);
    int series = series(of);
    byte[] line = new byte[96];
    int at = put(CSV_BEGIN[series / KINDS.length], line, 0);
    at = putTime(time(of), line, at);
    at = put(CSV_KIND[series % KINDS.length], line, at);
    at = putTenths(tenths(of), line, at);
    at = put(CSV_UNIT[series % KINDS.length], line, at);
    return new InputRecord(SOURCE, Long.toString(i), java.util.Arrays.copyOf(line, at));
  }

  /** Returns the same as a FHIR Observation. */
  InputRecord fhir(long i) {
    long of = original(i);
    int series = series(of);
    int kind = series % KINDS.length;
    byte[] subject = CSV_BEGIN[series / KINDS.length];
    byte[] json = new byte[640];
    int at = put(JSON_BEGIN[kind], json, 0);
    at = put(subject, json, at) - 1;
    at = put(JSON_TIME, json, at);
    at = putTime(time(of), json, at);
    at = put(JSON_VALUE, json, at);
    at = putTenths(tenths(of), json, at);
    at = put(JSON_UNIT[kind], json, at);
    return new InputRecord(JSON_SOURCE, Long.toString(i), java.util.Arrays.copyOf(json, at));
  }

  /** Returns the same as it comes out of parsing. */
  VitalReading reading(long i) {
    long of = original(i);
    int series = series(of);
    VitalKind kind = KINDS[series % KINDS.length];
    return new VitalReading(
        NAMES[series / KINDS.length],
        kind,
        tenths(of) / 10.0,
        kind.unit(),
        false,
        Instant.ofEpochMilli(time(of)),
        SOURCE,
        Long.toString(i));
  }

  /** Returns the event time of an arrival. */
  long eventTime(long i) {
    return time(original(i));
  }

  /** Returns the watermark after an arrival. */
  long watermark(long i) {
    return nominal(i) - DISORDER_MS;
  }

  /** Returns how long after the first arrival the watermark is due to pass that time. */
  long dueNanos(long eventTime) {
    double ticks = (eventTime + DISORDER_MS - BEGIN) / 1000.0;
    return (long) (ticks * perTick() * 1e9 / perSecond);
  }

  /**
   * Returns which arrival a subject's heart rate of that time is, the first of them if there are
   * duplicates; -1 if there is none. Not for what is an hour late.
   */
  long heartRate(String subject, long time) {
    int at = (Integer.parseInt(subject.substring(PREFIX.length())) - FIRST) * KINDS.length;
    long tick = Math.max(0, (time - BEGIN) / 1000 - 1);
    for (long last = tick + LATENESS_MS / 1000; tick <= last; tick++) {
      long i = tick * perTick() + at;
      if (i < count && eventTime(i) == time) {
        return i;
      }
    }
    return -1;
  }

  /** Waits until an arrival is due, if they are paced. */
  void pace(long i, long beginNanos) {
    while (!isDue(i, beginNanos)) {
      LockSupport.parkNanos(100_000);
    }
  }

  /** Says whether an arrival is due; all are, unless they are paced. */
  boolean isDue(long i, long beginNanos) {
    return perSecond == 0 || System.nanoTime() - beginNanos >= (long) (i * 1e9 / perSecond);
  }

  /** Says whether a subject is the one with the load of a thousand. */
  boolean isHot(String subject) {
    return hot && subject.equals(NAMES[0]);
  }

  private int perTick() {
    return hot ? SERIES + PER_TICK_OF_HOT : SERIES;
  }

  private long nominal(long i) {
    int perTick = perTick();
    return BEGIN + i / perTick * 1000 + i % perTick * 1000 / perTick;
  }

  private int series(long i) {
    int at = (int) (i % perTick());
    if (!hot) {
      return at;
    }
    int five = at / 5;
    int in = at % 5;
    return in < 2 ? (five * 2 + in) % KINDS.length : five * 3 + in - 2;
  }

  /** A duplicate is of the same series' reading a second ago. */
  private long original(long i) {
    return i >= perTick() && chance(i, 3) % 500 == 0 ? i - perTick() : i;
  }

  private long time(long i) {
    long chance = chance(i, 1);
    long time = nominal(i) - chance % 2_000;
    if (perSecond > 0 && i > Math.max(count / 2, SETTLED) && chance % 10_000 == 7) {
      return time - HOUR_MS;
    }
    return chance % 200 == 11 ? time - chance / 10_000 % 40_000 : time;
  }

  private int tenths(long i) {
    long chance = chance(i, 2);
    return chance % 1_000 == 5
        ? IMPLAUSIBLE
        : LEAST_TENTHS[series(i) % KINDS.length] + (int) (chance % 97);
  }

  private static long chance(long i, int which) {
    long z = i * 4 + which + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return (z ^ (z >>> 31)) >>> 1;
  }

  private static int put(byte[] part, byte[] into, int at) {
    System.arraycopy(part, 0, into, at, part.length);
    return at + part.length;
  }

  private static int putTime(long time, byte[] into, int at) {
    int millis = (int) (time - MIDNIGHT);
    int from = put(DATE, into, at);
    putTwo(millis / 3_600_000, into, from, ':');
    putTwo(millis / 60_000 % 60, into, from + 3, ':');
    putTwo(millis / 1_000 % 60, into, from + 6, '.');
    into[from + 9] = (byte) ('0' + millis / 100 % 10);
    putTwo(millis % 100, into, from + 10, 'Z');
    return from + 13;
  }

  private static void putTwo(int value, byte[] into, int at, char then) {
    into[at] = (byte) ('0' + value / 10);
    into[at + 1] = (byte) ('0' + value % 10);
    into[at + 2] = (byte) then;
  }

  private static int putTenths(int tenths, byte[] into, int at) {
    int digits = 1;
    for (int left = tenths / 100; left > 0; left /= 10) {
      digits++;
    }
    int left = tenths / 10;
    for (int d = digits - 1; d >= 0; d--) {
      into[at + d] = (byte) ('0' + left % 10);
      left /= 10;
    }
    into[at + digits] = '.';
    into[at + digits + 1] = (byte) ('0' + tenths % 10);
    return at + digits + 2;
  }
}
