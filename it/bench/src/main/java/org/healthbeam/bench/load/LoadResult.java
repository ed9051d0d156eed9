package org.healthbeam.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What was found of a job. */
final class LoadResult {
  final int slots;
  final double limit;
  final Watch watch;
  final Told told;
  final Job job;
  final List<Memory> memory = new ArrayList<>();
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

  LoadResult(int slots, double limit, Watch watch, Told told, Job job) {
    this.slots = slots;
    this.limit = limit;
    this.watch = watch;
    this.told = told;
    this.job = job;
  }

  /** Says whether every message was read, and each row and alert told as it must be. */
  boolean whole() {
    return held.all() && read("Read messages") == sent;
  }

  private long read(String stage) {
    for (JsonNode each : run.path("stages")) {
      if (each.path("stage").asText().equals(stage)) {
        return each.path("in").asLong();
      }
    }
    return -1;
  }

  boolean overloaded() {
    return overloadToMs > 0;
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

  /** Returns the CPU seconds of the TaskManager at the steady rate. */
  double cpuSeconds() {
    List<Watch.Sample> seen = watch.between(fromMs, toMs);
    return seen.get(seen.size() - 1).cpuSeconds() - seen.get(0).cpuSeconds();
  }

  /** Returns how many were read at the steady rate. */
  long read() {
    List<Watch.Sample> seen = watch.between(fromMs, toMs);
    return seen.get(seen.size() - 1).read() - seen.get(0).read();
  }
}
