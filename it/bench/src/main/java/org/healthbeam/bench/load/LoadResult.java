package org.healthbeam.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What was found of a job so far. */
final class LoadResult {
  final int slots;
  final Watch watch;
  final Told told;
  final Job job;
  final List<Search.Drain> drains = new ArrayList<>();
  final List<Search.Trial> trials = new ArrayList<>();
  final List<Span> spans = new ArrayList<>();
  final List<Memory> memory = new ArrayList<>();

  /** Readings a second while the sender kept the job behind. */
  double kept;

  /** The same, unless more than that was kept up with. */
  double limit;

  long leastBehind;
  double rate;
  int lowered;
  long fromMs;
  long toMs;
  long overloadFromMs;
  long overloadToMs;
  long overloadSent;
  long caughtUpMs;
  Told.Held held;
  long sent;
  long faulty;
  long implausible;
  JsonNode run;

  /** Why it ended early. */
  String failure = "";

  /** A time in which something was measured. */
  record Span(String name, long fromMs, long toMs) {}

  LoadResult(int slots, Watch watch, Told told, Job job) {
    this.slots = slots;
    this.watch = watch;
    this.told = told;
    this.job = job;
  }

  /** Says whether every message was read, and each row and alert told as it must be. */
  boolean whole() {
    return failure.isEmpty() && ended() && held.all() && read("Read messages") == sent;
  }

  private long read(String stage) {
    for (JsonNode each : run.path("stages")) {
      if (each.path("stage").asText().equals(stage)) {
        return each.path("in").asLong();
      }
    }
    return -1;
  }

  boolean found() {
    return limit > 0;
  }

  boolean steady() {
    return toMs > fromMs;
  }

  boolean overloaded() {
    return overloadToMs > 0;
  }

  boolean ended() {
    return run != null;
  }

  long secondsToCatchUp() {
    return (caughtUpMs - overloadToMs) / 1000;
  }

  /** Takes note of what was sent and of what {@code run.json} says. */
  void account(long messages, Series series, JsonNode account) {
    sent = messages;
    faulty = series.faulty();
    implausible = series.implausible();
    run = account;
  }
}
