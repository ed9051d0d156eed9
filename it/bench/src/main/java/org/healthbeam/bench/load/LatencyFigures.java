package org.healthbeam.bench.load;

import java.util.List;
import java.util.function.LongPredicate;
import org.healthbeam.bench.MarkdownTable;

/** How late alerts, summaries and scores are told, and when in a minute alerts are. */
final class LatencyFigures {
  private static final long MS_PER_SECOND = 1000;
  private static final long SECONDS_PER_MINUTE = 60;
  private static final long STEP = 10;

  /** By then a minute's windows have closed and their first rows are told. */
  private static final long QUIET_FROM = 20;

  private LatencyFigures() {}

  static String of(List<LoadResult> results) {
    MarkdownTable table =
        new MarkdownTable("slots", "what", "how many", "p50 / p95 / p99 / greatest, ms");
    for (LoadResult result : results) {
      for (long second = 0; second < SECONDS_PER_MINUTE; second += STEP) {
        long from = second;
        add(
            table,
            result,
            "alert of a reading sent in seconds %d to %d of a minute".formatted(from, from + STEP),
            at -> second(at) >= from && second(at) < from + STEP);
      }
      List<Job.Checkpoint> checkpoints = result.job.checkpoints(result.fromMs, result.toMs);
      add(
          table,
          result,
          "alert of a reading sent after second 20 during a checkpoint",
          at -> second(at) >= QUIET_FROM && during(checkpoints, at));
      add(
          table,
          result,
          "alert of a reading sent after second 20 during none",
          at -> second(at) >= QUIET_FROM && !during(checkpoints, at));
      add(table, result, Told.What.SUMMARY, "first summary of a minute, from its end");
      add(table, result, Told.What.SCORE, "first score (one in 16), from the end of its minute");
    }
    return table.toString();
  }

  private static long second(long atMs) {
    return atMs / MS_PER_SECOND % SECONDS_PER_MINUTE;
  }

  private static boolean during(List<Job.Checkpoint> checkpoints, long atMs) {
    return checkpoints.stream()
        .anyMatch(each -> atMs >= each.atMs() && atMs < each.atMs() + each.ms());
  }

  private static void add(MarkdownTable table, LoadResult result, String what, LongPredicate when) {
    add(
        table,
        result,
        what,
        result.told.latencies(Told.What.ALERT, result.fromMs, result.toMs).stream()
            .filter(each -> when.test(each.atMs()))
            .toList());
  }

  private static void add(MarkdownTable table, LoadResult result, Told.What of, String what) {
    add(table, result, what, result.told.latencies(of, result.fromMs, result.toMs));
  }

  private static void add(
      MarkdownTable table, LoadResult result, String what, List<Told.Latency> latencies) {
    if (!latencies.isEmpty()) {
      long[] all = sorted(latencies);
      table.row(
          "" + result.slots,
          what,
          LoadFigures.number(all.length),
          quantiles(all) + " / " + LoadFigures.number(all[all.length - 1]));
    }
  }

  /** Returns p50, p95 and p99 of the alerts of readings that were sent in a time. */
  static String alerts(LoadResult result, long fromMs, long toMs) {
    List<Told.Latency> all = result.told.latencies(Told.What.ALERT, fromMs, toMs);
    return all.isEmpty() ? "" : quantiles(sorted(all));
  }

  private static long[] sorted(List<Told.Latency> latencies) {
    return latencies.stream().mapToLong(Told.Latency::ms).sorted().toArray();
  }

  private static String quantiles(long[] sorted) {
    return LoadFigures.number(LoadFigures.quantile(sorted, 0.5))
        + " / "
        + LoadFigures.number(LoadFigures.quantile(sorted, 0.95))
        + " / "
        + LoadFigures.number(LoadFigures.quantile(sorted, 0.99));
  }
}
