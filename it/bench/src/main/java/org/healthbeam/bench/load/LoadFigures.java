package org.healthbeam.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.healthbeam.bench.MarkdownTable;

/** The figures as Markdown. */
final class LoadFigures {
  private static final double MEGABYTE = 1e6;
  private static final int SPANS = 10;
  private static final double ALL_THE_TIME_MS = 1000;

  private LoadFigures() {}

  static String of(List<LoadResult> results) {
    List<String> parts = new ArrayList<>();
    parts.add(steady(results));
    for (LoadResult result : results) {
      parts.add("**Over time, " + slots(result) + "**\n\n" + overTime(result));
    }
    parts.add("**Memory of the TaskManager**\n\n" + memory(results));
    for (LoadResult result : results) {
      if (result.overloaded()) {
        parts.add("**More than the job takes, " + slots(result) + "**\n\n" + overload(result));
      }
    }
    parts.add("**Nothing is lost**\n\n" + account(results));
    return String.join("\n", parts);
  }

  private static String slots(LoadResult result) {
    return result.slots == 1 ? "1 slot" : result.slots + " slots";
  }

  private static String steady(List<LoadResult> results) {
    MarkdownTable table =
        new MarkdownTable(
            "slots",
            "as fast as can be, readings/s",
            "steady rate, readings/s",
            "read, readings/s",
            "rate lowered",
            "CPU s of the TaskManager a million readings",
            "reading to alert p50 / p95 / p99, ms",
            "checkpoints, failed",
            "checkpoint MB, median (greatest)",
            "checkpoint ms, median (greatest)");
    for (LoadResult result : results) {
      List<Job.Checkpoint> checkpoints = result.job.checkpoints(result.fromMs, result.toMs);
      table.row(
          "" + result.slots,
          number(result.limit),
          number(result.rate),
          number(result.watch.perSecond(result.fromMs, result.toMs)),
          result.lowered + " times",
          format("%.1f", result.cpuSeconds() / (result.read() / 1e6)),
          latency(result, result.fromMs, result.toMs),
          checkpoints.size() + ", " + result.job.failed(result.fromMs, result.toMs),
          megabytes(checkpoints, true),
          millis(checkpoints, true));
    }
    return table.toString();
  }

  private static String overTime(LoadResult result) {
    MarkdownTable table =
        new MarkdownTable(
            "from – to, s",
            "read, readings/s",
            "most behind, readings",
            "reading to alert p50 / p95 / p99, ms",
            "checkpoint MB",
            "checkpoint ms",
            "resident MB");
    long span = (result.toMs - result.fromMs) / SPANS;
    for (int i = 0; i < SPANS; i++) {
      long from = result.fromMs + i * span;
      long to = from + span;
      List<Watch.Sample> seen = result.watch.between(from, to);
      List<Job.Checkpoint> checkpoints = result.job.checkpoints(from, to);
      table.row(
          format("%.0f – %.0f", i * span / 1000.0, (i + 1) * span / 1000.0),
          number(result.watch.perSecond(from, to)),
          number(seen.stream().mapToLong(Watch.Sample::behind).max().orElse(0)),
          latency(result, from, to),
          megabytes(checkpoints, false),
          millis(checkpoints, false),
          seen.isEmpty() ? "" : number(seen.get(seen.size() - 1).resident() / MEGABYTE));
    }
    return table.toString();
  }

  private static String memory(List<LoadResult> results) {
    MarkdownTable table =
        new MarkdownTable(
            "slots",
            "heap after a collection, MB: beginning, middle, end",
            "resident, MB: beginning, middle, end");
    for (LoadResult result : results) {
      table.row(
          "" + result.slots, each(result, Memory::heapBytes), each(result, Memory::residentBytes));
    }
    return table.toString();
  }

  private static String each(LoadResult result, ToLongFunction<Memory> of) {
    return String.join(
        ", ", result.memory.stream().map(each -> number(of.applyAsLong(each) / MEGABYTE)).toList());
  }

  private static String overload(LoadResult result) {
    List<Watch.Sample> seen = result.watch.between(result.overloadFromMs, result.caughtUpMs);
    List<Watch.Sample> under = result.watch.between(result.overloadFromMs, result.overloadToMs);
    double seconds = (result.overloadToMs - result.overloadFromMs) / 1000.0;
    return new MarkdownTable(
            "sent, readings/s",
            "for, s",
            "read meanwhile, readings/s",
            "most behind, readings",
            "a task held back, share of the time",
            "caught up after, s",
            "reading to alert p50 / p95 / p99, ms")
        .row(
            number(result.overloadSent / seconds),
            number(seconds),
            number(result.watch.perSecond(result.overloadFromMs, result.overloadToMs)),
            number(seen.stream().mapToLong(Watch.Sample::behind).max().orElse(0)),
            format(
                "%.2f",
                under.stream().mapToDouble(Watch.Sample::heldBackMs).average().orElse(0)
                    / ALL_THE_TIME_MS),
            number(result.secondsToCatchUp()),
            latency(result, result.overloadFromMs, result.caughtUpMs))
        .toString();
  }

  private static String account(List<LoadResult> results) {
    MarkdownTable sent =
        new MarkdownTable(
            "slots",
            "messages sent",
            "of them no number / implausible",
            "rows of subject, kind and minute",
            "readings in them",
            "rows missing / different / too many",
            "alerts missing");
    StringBuilder stages = new StringBuilder();
    for (LoadResult result : results) {
      Told.Held held = result.held;
      sent.row(
          "" + result.slots,
          number(result.sent),
          number(result.faulty) + " / " + number(result.implausible),
          number(held.rows()),
          number(held.readings()),
          "%d / %d / %d".formatted(held.missing(), held.different(), held.unknown()),
          "" + held.alertsMissing());
      stages
          .append("\n`run.json`, ")
          .append(slots(result))
          .append(":\n\n")
          .append(stages(result.run.path("stages")));
    }
    return sent.toString() + stages;
  }

  private static String stages(JsonNode stages) {
    MarkdownTable table = new MarkdownTable("stage", "in", "out", "rejected");
    for (JsonNode stage : stages) {
      table.row(
          stage.path("stage").asText(),
          number(stage.path("in").asDouble()),
          number(stage.path("out").asDouble()),
          number(stage.path("rejected").asDouble()));
    }
    return table.toString();
  }

  private static String latency(LoadResult result, long fromMs, long toMs) {
    long[] all = result.told.latencies(fromMs, toMs);
    return all.length == 0
        ? ""
        : number(quantile(all, 0.5))
            + " / "
            + number(quantile(all, 0.95))
            + " / "
            + number(quantile(all, 0.99));
  }

  private static String megabytes(List<Job.Checkpoint> checkpoints, boolean withGreatest) {
    return figures(checkpoints, Job.Checkpoint::bytes, MEGABYTE, "%.1f", withGreatest);
  }

  private static String millis(List<Job.Checkpoint> checkpoints, boolean withGreatest) {
    return figures(checkpoints, Job.Checkpoint::ms, 1, "%,.0f", withGreatest);
  }

  private static String figures(
      List<Job.Checkpoint> checkpoints,
      ToLongFunction<Job.Checkpoint> of,
      double unit,
      String format,
      boolean withGreatest) {
    if (checkpoints.isEmpty()) {
      return "";
    }
    long[] all = checkpoints.stream().mapToLong(of).sorted().toArray();
    String median = format(format, quantile(all, 0.5) / unit);
    return withGreatest ? median + " (" + format(format, all[all.length - 1] / unit) + ")" : median;
  }

  /** Returns the value at a place of sorted ones, by the nearest rank. */
  private static long quantile(long[] sorted, double at) {
    return sorted[(int) Math.max(0, Math.ceil(at * sorted.length) - 1)];
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : format("%,.0f", value);
  }

  private static String number(long value) {
    return format("%,d", value);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
