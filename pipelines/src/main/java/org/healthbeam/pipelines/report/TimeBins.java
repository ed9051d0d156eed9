package org.healthbeam.pipelines.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A span of time cut into equal parts of a round length, so few that one can see them.
 *
 * @param start milliseconds of the epoch, a multiple of the step; 0 where times are relative
 * @param step milliseconds
 * @param count how many parts
 */
record TimeBins(long start, long step, int count) {
  private static final long MINUTE = 60_000;
  private static final long[] STEPS = {
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    60 * MINUTE,
    120 * MINUTE,
    240 * MINUTE,
    360 * MINUTE,
    720 * MINUTE,
    1440 * MINUTE
  };

  /** Returns the finest bins that cover the span, both ends included, and are no more than max. */
  static TimeBins covering(long first, long last, int max) {
    for (long step : STEPS) {
      TimeBins bins = of(first, last, step);
      if (bins.count <= max) {
        return bins;
      }
    }
    long days = 1440 * MINUTE;
    long step = days;
    TimeBins bins = of(first, last, step);
    while (bins.count > max) {
      step += days;
      bins = of(first, last, step);
    }
    return bins;
  }

  private static TimeBins of(long first, long last, long step) {
    long start = Math.floorDiv(first, step) * step;
    long count = Math.floorDiv(last - start, step) + 1;
    return new TimeBins(start, step, (int) Math.min(count, Integer.MAX_VALUE));
  }

  /** Returns the part in which the time lies, -1 if in none. */
  int index(long time) {
    if (time < start) {
      return -1;
    }
    long index = (time - start) / step;
    return index < count ? (int) index : -1;
  }

  /** Returns the middle of the part. */
  long middle(int index) {
    return start + index * step + step / 2;
  }

  /** Returns the begin of the part as text, in UTC. */
  String label(int index) {
    return label(start + index * step);
  }

  /** Returns a time as text, in UTC. */
  static String label(long time) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT)
        .withZone(ZoneOffset.UTC)
        .format(Instant.ofEpochMilli(time));
  }

  /** Returns the step as text. */
  String stepText() {
    return Numbers.span(step / 1000.0);
  }
}
