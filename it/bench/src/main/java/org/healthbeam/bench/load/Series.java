package org.healthbeam.bench.load;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The readings that are sent, and what the summaries must come to: of each subject and kind how
 * many plausible ones in each minute, and the least and the greatest of them.
 */
final class Series {
  static final int SUBJECTS = 6000;
  static final int PROBES = 600;
  static final int PARTITIONS = 4;
  static final long WINDOW_MS = 60_000;

  /** A heart rate that raises an alert, and one that clears it. */
  static final double HIGH = 190;

  static final double NORMAL = 70;

  /** One in so many is no number, and one in so many is implausible. */
  private static final int FAULTY = 1000;

  private static final int VALUES = 4;
  private static final List<String> KINDS =
      List.of(
          "heart_rate", "respiratory_rate", "spo2", "systolic_bp", "diastolic_bp", "temperature");
  private static final double[] BASES = {70, 14, 96, 115, 72, 36.5};
  private static final int REGULAR = SUBJECTS * 6;
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter().withZone(ZoneOffset.UTC);

  private final Map<Long, Counts> expected = new TreeMap<>();
  private final byte[][] starts = new byte[SUBJECTS][];
  private Counts minute = new Counts();
  private long minuteMs = -WINDOW_MS;
  private long timeMs;
  private String time = "";
  private long next;
  private long nextProbe;
  private long plausible;
  private long faulty;
  private long implausible;
  private long raised;

  Series() {
    for (int subject = 0; subject < SUBJECTS; subject++) {
      starts[subject] = "p%05d,".formatted(subject).getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** What a minute comes to, by series. */
  static final class Counts {
    final int[] n = new int[REGULAR + PROBES];
    final double[] least = new double[REGULAR + PROBES];
    final double[] greatest = new double[REGULAR + PROBES];

    private void add(int series, double value) {
      least[series] = n[series] == 0 ? value : Math.min(least[series], value);
      greatest[series] = n[series] == 0 ? value : Math.max(greatest[series], value);
      n[series]++;
    }
  }

  /**
   * A message.
   *
   * @param partition where it goes
   * @param row a row of a table
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them, and the client takes bytes.
  record Message(int partition, byte[] row) {}

  /** Returns the next reading, which is of this time. */
  Message reading(long atMs) {
    int series = (int) (next % REGULAR);
    int subject = series / KINDS.size();
    int kind = series % KINDS.size();
    long turn = next / REGULAR;
    int fault = (int) (next % FAULTY);
    next++;
    double value = BASES[kind] + (turn + subject) % VALUES;
    String text = Double.toString(value);
    if (fault == FAULTY / 3) {
      text = "none";
      faulty++;
    } else if (fault == FAULTY / 2) {
      text = "100000";
      implausible++;
    } else {
      count(atMs, series, value);
    }
    return message(subject % PARTITIONS, starts[subject], atMs, KINDS.get(kind), text);
  }

  /** Returns the next reading of those that raise an alert and clear it in turns. */
  Message probe(long atMs) {
    int probe = (int) (nextProbe % PROBES);
    boolean high = nextProbe / PROBES % 2 == 0;
    nextProbe++;
    raised += high ? 1 : 0;
    double value = high ? HIGH : NORMAL;
    count(atMs, REGULAR + probe, value);
    byte[] start = "probe%03d,".formatted(probe).getBytes(StandardCharsets.US_ASCII);
    return message(probe % PARTITIONS, start, atMs, KINDS.get(0), Double.toString(value));
  }

  /** Returns a reading that is of no account. */
  static Message after(int partition, long atMs) {
    String row =
        "after%d,%s,heart_rate,70,".formatted(partition, TIME.format(Instant.ofEpochMilli(atMs)));
    return new Message(partition, row.getBytes(StandardCharsets.US_ASCII));
  }

  private void count(long atMs, int series, double value) {
    plausible++;
    if (atMs < minuteMs || atMs >= minuteMs + WINDOW_MS) {
      minuteMs = Math.floorDiv(atMs, WINDOW_MS) * WINDOW_MS;
      minute = expected.computeIfAbsent(minuteMs, window -> new Counts());
    }
    minute.add(series, value);
  }

  private Message message(int partition, byte[] start, long atMs, String kind, String value) {
    if (atMs != timeMs) {
      timeMs = atMs;
      time = TIME.format(Instant.ofEpochMilli(atMs));
    }
    byte[] rest = (time + "," + kind + "," + value + ",").getBytes(StandardCharsets.US_ASCII);
    byte[] row = new byte[start.length + rest.length];
    System.arraycopy(start, 0, row, 0, start.length);
    System.arraycopy(rest, 0, row, start.length, rest.length);
    return new Message(partition, row);
  }

  /** Returns the number of a series; below 0 if it is none of those that count. */
  static int number(String subject, String kind) {
    int of = KINDS.indexOf(kind);
    if (subject.startsWith("probe")) {
      return of == 0 ? REGULAR + Integer.parseInt(subject.substring(5)) : -1;
    }
    if (subject.startsWith("p")) {
      return of < 0 ? -1 : Integer.parseInt(subject.substring(1)) * KINDS.size() + of;
    }
    return -1;
  }

  /** Returns what the summaries must come to, by the beginning of the minute. */
  Map<Long, Counts> expected() {
    return expected;
  }

  long plausible() {
    return plausible;
  }

  long faulty() {
    return faulty;
  }

  long implausible() {
    return implausible;
  }

  long raised() {
    return raised;
  }
}
