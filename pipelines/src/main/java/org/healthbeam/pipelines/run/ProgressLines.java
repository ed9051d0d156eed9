package org.healthbeam.pipelines.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What is shown of a run that goes on: the time, how much of the input is read and how long it will
 * still take, and of each step its bar, how much has come in, how fast, and how much was rejected.
 */
final class ProgressLines {
  private static final double NANOS = 1e9;
  private static final int BAR = 20;
  private static final int LONGEST_NAME = 28;

  /** Before that share is read, the time that is left cannot be told. */
  private static final double ENOUGH = 0.02;

  /**
   * Over so long a rate is taken on a terminal, which is written to more often than some runners
   * tell their counts.
   */
  private static final double RATE_SECONDS = 10;

  private static final OptionalDouble UNKNOWN = OptionalDouble.empty();

  private final Deque<Counted> before = new ArrayDeque<>(List.of(new Counted(0, Map.of())));

  /** What had come into each step at some time. */
  private record Counted(long nanos, Map<String, Long> in) {}

  /** What is known at one moment. */
  record Moment(
      long nanos, List<StepProgress> steps, List<TaskProgress> tasks, OptionalDouble read) {
    boolean isEmpty() {
      return steps.isEmpty() && tasks.isEmpty();
    }
  }

  /** Returns a line for where lines stay. */
  String line(Moment now) {
    StringBuilder line = new StringBuilder(head(now));
    List<Double> rates = rates(now, 0);
    for (int i = 0; i < now.steps().size(); i++) {
      StepProgress step = now.steps().get(i);
      line.append(
          String.format(
              Locale.ROOT,
              "  %s %,d (%,.0f/s%s)",
              step.name(),
              step.in(),
              rates.get(i),
              more(step)));
    }
    for (TaskProgress task : now.tasks()) {
      line.append("  ").append(task.name());
      if (!task.step().isEmpty()) {
        line.append(" (").append(task.step()).append(')');
      }
      line.append(' ').append(done(task));
    }
    if (now.isEmpty()) {
      line.append("  running");
    }
    return line.toString();
  }

  private static String more(StepProgress step) {
    return step.rejected() == 0
        ? ""
        : String.format(Locale.ROOT, ", %,d rejected", step.rejected());
  }

  /** Returns a line for all and one for each step, no longer than this, for a terminal. */
  List<String> lines(Moment now, int width) {
    List<String> lines = new ArrayList<>();
    String bar = now.read().isPresent() ? "  " + bar(now.read()) : "";
    lines.add(head(now) + bar + (now.isEmpty() ? "  running" : ""));
    List<Double> rates = rates(now, RATE_SECONDS);
    int longest =
        Stream.concat(
                now.steps().stream().map(StepProgress::name),
                now.tasks().stream().map(TaskProgress::name))
            .mapToInt(String::length)
            .max()
            .orElse(0);
    int names = Math.min(LONGEST_NAME, longest);
    for (int i = 0; i < now.steps().size(); i++) {
      StepProgress step = now.steps().get(i);
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-" + names + "s %s %,14d %,10.0f/s%s",
              cut(step.name(), names),
              bar(step.fraction()),
              step.in(),
              rates.get(i),
              step.rejected() == 0 ? "" : "  " + more(step).substring(2)));
    }
    for (TaskProgress task : now.tasks()) {
      OptionalDouble fraction =
          task.all() == 0 ? UNKNOWN : OptionalDouble.of((double) task.done() / task.all());
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-" + names + "s %s %s  %s",
              cut(task.name(), names),
              bar(fraction),
              done(task),
              task.step()));
    }
    return lines.stream().map(line -> cut(line, width - 1)).toList();
  }

  private static String done(TaskProgress task) {
    return String.format(Locale.ROOT, "%,d of %,d tasks", task.done(), task.all());
  }

  private static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width);
  }

  private static String head(Moment now) {
    String head = String.format(Locale.ROOT, "  %4.0f s", now.nanos() / NANOS);
    if (now.read().isEmpty()) {
      return head;
    }
    double read = now.read().getAsDouble();
    head += String.format(Locale.ROOT, "  %3.0f%% read", Math.floor(100 * read));
    if (read < ENOUGH || read >= 1) {
      return head;
    }
    return head
        + String.format(
            Locale.ROOT,
            ", about %.0f s to go",
            Math.ceil(now.nanos() / NANOS * (1 - read) / read));
  }

  private static String bar(OptionalDouble fraction) {
    if (fraction.isEmpty()) {
      return " ".repeat(BAR + 2);
    }
    int full = (int) Math.floor(BAR * Math.max(0, Math.min(1, fraction.getAsDouble())));
    return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "]";
  }

  /** Since the last time, or since an earlier one that is not longer ago than this. */
  private List<Double> rates(Moment now, double over) {
    while (before.size() > 1 && seconds(before, now) > over) {
      before.removeFirst();
    }
    double seconds = Math.max(1e-3, seconds(before, now));
    Map<String, Long> then = before.getFirst().in();
    List<Double> rates = new ArrayList<>();
    Map<String, Long> in = new HashMap<>();
    for (StepProgress step : now.steps()) {
      rates.add(Math.max(0, (step.in() - then.getOrDefault(step.name(), 0L)) / seconds));
      in.put(step.name(), step.in());
    }
    before.addLast(new Counted(now.nanos(), in));
    return rates;
  }

  private static double seconds(Deque<Counted> before, Moment now) {
    return (now.nanos() - before.getFirst().nanos()) / NANOS;
  }
}
