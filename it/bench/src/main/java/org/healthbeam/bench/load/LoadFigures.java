package org.healthbeam.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.healthbeam.bench.MarkdownTable;

/** The figures as Markdown, of what was found so far. */
final class LoadFigures {
  private static final double MEGABYTE = 1e6;
  private static final int SPANS = 10;
  private static final double ALL_THE_TIME_MS = 1000;
  private static final int CLASSES = 12;

  private LoadFigures() {}

  static String of(List<LoadResult> all) {
    List<LoadResult> results = all.stream().filter(LoadResult::found).toList();
    List<LoadResult> steady = all.stream().filter(LoadResult::steady).toList();
    List<LoadResult> ended = all.stream().filter(LoadResult::ended).toList();
    List<String> parts = new ArrayList<>();
    parts.add("**What it takes**\n\n" + limits(results));
    parts.add("**A quarter more than that**\n\n" + trials(results));
    parts.add("**At the steady rate**\n\n" + steady(steady));
    parts.add("**Cores in use**\n\n" + cores(results));
    for (LoadResult result : steady) {
      parts.add("**Over time, " + slots(result) + "**\n\n" + overTime(result));
    }
    parts.add("**How late, at the steady rate**\n\n" + LatencyFigures.of(steady));
    parts.add("**Memory of the TaskManager**\n\n" + memory(steady));
    for (LoadResult result : steady) {
      if (result.memory.size() > 1) {
        parts.add("**Heap by class, " + slots(result) + "**\n\n" + classes(result));
      }
    }
    for (LoadResult result : all) {
      if (result.overloaded()) {
        parts.add("**Twice what it takes, " + slots(result) + "**\n\n" + overload(result));
      }
    }
    parts.add("**Nothing is lost**\n\n" + account(ended));
    for (LoadResult result : all) {
      if (!result.failure.isEmpty()) {
        parts.add("**It ended early, " + slots(result) + "**: " + result.failure + "\n");
      }
    }
    return String.join("\n", parts);
  }

  static String slots(LoadResult result) {
    return result.slots == 1 ? "1 slot" : result.slots + " slots";
  }

  private static String limits(List<LoadResult> results) {
    MarkdownTable table =
        new MarkdownTable(
            "slots",
            "sender alone, messages/s",
            "backlog, messages",
            "worked off, messages/s: first part, second part",
            "kept behind, messages/s",
            "least behind, messages");
    for (LoadResult result : results) {
      for (int i = 0; i < result.drains.size(); i++) {
        Search.Drain drain = result.drains.get(i);
        boolean last = i == result.drains.size() - 1;
        table.row(
            "" + result.slots,
            number(drain.sentPerSecond()),
            number(drain.messages()),
            number(drain.first()) + ", " + number(drain.second()),
            last ? number(result.kept) : "",
            last ? number(result.leastBehind) : "");
      }
    }
    return table.toString();
  }

  private static String trials(List<LoadResult> results) {
    MarkdownTable table =
        new MarkdownTable(
            "slots",
            "sent, messages/s",
            "read, messages/s",
            "behind before, after, messages",
            "kept up");
    for (LoadResult result : results) {
      for (Search.Trial trial : result.trials) {
        table.row(
            "" + result.slots,
            number(trial.sentPerSecond()),
            number(trial.readPerSecond()),
            number(trial.behindBefore()) + ", " + number(trial.behindAfter()),
            trial.keptUp() ? "yes" : "no");
      }
    }
    return table.toString();
  }

  private static String steady(List<LoadResult> results) {
    MarkdownTable table =
        new MarkdownTable(
            "slots",
            "rate, messages/s",
            "read, messages/s",
            "rate lowered",
            "CPU s of the TaskManager a million messages",
            "collecting garbage, share of the time",
            "reading to alert p50 / p95 / p99, ms",
            "checkpoints, failed",
            "checkpoint MB, median (greatest)",
            "checkpoint ms, median (greatest)");
    for (LoadResult result : results) {
      List<Watch.Sample> seen = result.watch.between(result.fromMs, result.toMs);
      if (seen.size() < 2) {
        continue;
      }
      Watch.Sample first = seen.get(0);
      Watch.Sample last = seen.get(seen.size() - 1);
      Cpu cpu = last.cpu().since(first.cpu());
      List<Job.Checkpoint> checkpoints = result.job.checkpoints(result.fromMs, result.toMs);
      table.row(
          "" + result.slots,
          number(result.rate),
          number(first.perSecondUntil(last)),
          result.lowered + " times",
          format("%.1f", cpu.taskManager() / ((last.read() - first.read()) / 1e6)),
          format(
              "%.3f", (last.collectingMs() - first.collectingMs()) / (last.atMs() - first.atMs())),
          LatencyFigures.alerts(result, result.fromMs, result.toMs),
          checkpoints.size() + ", " + result.job.failed(result.fromMs, result.toMs),
          megabytes(checkpoints, true),
          millis(checkpoints, true));
    }
    return table.toString();
  }

  private static String cores(List<LoadResult> results) {
    MarkdownTable table =
        new MarkdownTable(
            "slots",
            "while",
            "s",
            "TaskManager",
            "broker",
            "JobManager",
            "sender and reader of rows",
            "others of the machine",
            "all",
            "of");
    for (LoadResult result : results) {
      for (LoadResult.Span span : result.spans) {
        List<Watch.Sample> seen = result.watch.between(span.fromMs(), span.toMs());
        if (seen.size() < 2) {
          continue;
        }
        Watch.Sample last = seen.get(seen.size() - 1);
        Cpu cpu = last.cpu().since(seen.get(0).cpu());
        double seconds = (last.atMs() - seen.get(0).atMs()) / 1000.0;
        table.row(
            "" + result.slots,
            span.name(),
            number(seconds),
            format("%.2f", cpu.taskManager() / seconds),
            format("%.2f", cpu.broker() / seconds),
            format("%.2f", cpu.jobManager() / seconds),
            format("%.2f", cpu.own() / seconds),
            format("%.2f", cpu.others() / seconds),
            format("%.2f", cpu.machine() / seconds),
            "" + Runtime.getRuntime().availableProcessors());
      }
    }
    return table.toString();
  }

  private static String overTime(LoadResult result) {
    MarkdownTable table =
        new MarkdownTable(
            "from – to, s",
            "read, messages/s",
            "most behind, messages",
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
          LatencyFigures.alerts(result, from, to),
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

  /** Those that take the most at the end, or have grown the most. */
  private static String classes(LoadResult result) {
    Map<String, Long> first = result.memory.get(0).classes();
    Map<String, Long> last = result.memory.get(result.memory.size() - 1).classes();
    MarkdownTable table =
        new MarkdownTable("class", "MB: beginning, middle, end", "grown from beginning to end, MB");
    ToLongFunction<String> grown = name -> last.get(name) - first.getOrDefault(name, 0L);
    last.keySet().stream()
        .sorted(
            Comparator.comparingLong(
                    (String name) -> -Math.max(last.get(name) / 4, grown.applyAsLong(name)))
                .thenComparing(name -> name))
        .limit(CLASSES)
        .forEach(
            name ->
                table.row(
                    "`" + name + "`",
                    String.join(
                        ", ",
                        result.memory.stream()
                            .map(each -> each.classes().getOrDefault(name, 0L) / MEGABYTE)
                            .map(megabytes -> format("%.1f", megabytes))
                            .toList()),
                    format("%.1f", grown.applyAsLong(name) / MEGABYTE)));
    return table.toString();
  }

  private static String overload(LoadResult result) {
    List<Watch.Sample> seen = result.watch.between(result.overloadFromMs, result.caughtUpMs);
    List<Watch.Sample> under = result.watch.between(result.overloadFromMs, result.overloadToMs);
    double seconds = (result.overloadToMs - result.overloadFromMs) / 1000.0;
    return new MarkdownTable(
            "sent, messages/s",
            "for, s",
            "read meanwhile, messages/s",
            "most behind, messages",
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
            LatencyFigures.alerts(result, result.overloadFromMs, result.caughtUpMs))
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
  static long quantile(long[] sorted, double at) {
    return sorted[(int) Math.max(0, Math.ceil(at * sorted.length) - 1)];
  }

  static String number(double value) {
    return Double.isNaN(value) ? "" : format("%,.0f", value);
  }

  static String number(long value) {
    return format("%,d", value);
  }

  static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
