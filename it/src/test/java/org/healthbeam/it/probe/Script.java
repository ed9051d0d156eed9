package org.healthbeam.it.probe;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * What a source says, and when: each step waits until a mark is there, then says one element, after
 * which the watermark is where the step puts it. No step waits for a clock.
 */
final class Script implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Where the event time of every probe begins. */
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** The mark that lets a source come to its end. */
  static final String END = "end";

  private static final String TICK = "tick";

  /** Where ticks begin: an hour after anything that a probe says. */
  private static final Duration TICKS = Duration.standardHours(2);

  record Step(String after, String key, String value, long time, long watermark)
      implements Serializable {}

  private final List<Step> steps = new ArrayList<>();

  /** Says an element at this second once the mark is there; the watermark stays at that second. */
  Script say(String after, String key, String value, int second, int watermark) {
    steps.add(new Step(after, key, value, at(second), at(watermark)));
    return this;
  }

  /** Says an element as soon as the last one is said; the watermark stays at the start. */
  Script say(String key, String value, int second) {
    return say("", key, value, second, 0);
  }

  private static long at(int second) {
    return START.plus(Duration.standardSeconds(second)).getMillis();
  }

  /**
   * Says one element a minute, each when the window of the last one has closed: so the watermark
   * has reached every step of the pipeline, again and again.
   */
  Script ticks(int count) {
    for (int i = 0; i < count; i++) {
      long time = START.plus(TICKS).plus(Duration.standardMinutes(i)).getMillis();
      String after = i == 0 ? "" : closed(i - 1);
      steps.add(new Step(after, TICK, Integer.toString(i), time, time + 60_000));
    }
    return this;
  }

  static boolean isTick(KV<String, String> said) {
    return said.getKey().equals(TICK);
  }

  /** Returns the mark that the window of a tick has closed. */
  static String closed(int tick) {
    return TICK + " " + tick;
  }

  List<Step> steps() {
    return steps;
  }

  List<TimestampedValue<KV<String, String>>> elements() {
    return steps.stream()
        .map(s -> TimestampedValue.of(KV.of(s.key(), s.value()), Instant.ofEpochMilli(s.time())))
        .toList();
  }
}
