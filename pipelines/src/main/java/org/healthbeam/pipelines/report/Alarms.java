package org.healthbeam.pipelines.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Alerts by rule, and the burden of alarms by day and by subject. */
final class Alarms {
  private static final int ROWS = 50;
  private static final int SUBJECTS = 20;

  /** Beyond it the subjects with the fewest alarms so far are forgotten. */
  private static final int HELD = 50_000;

  private final RunFolder run;

  Alarms(RunFolder run) {
    this.run = run;
  }

  /** Returns the blocks; none if the run wrote no alerts. */
  List<Block> blocks() throws IOException {
    List<Block> blocks = new ArrayList<>();
    alerts(blocks);
    Map<String, Burden> byDay = new TreeMap<>();
    Map<String, Burden> bySubject = new HashMap<>();
    long[] forgotten = {0};
    TsvTable.forEach(
        run.table("burden"),
        row -> {
          byDay.computeIfAbsent(row.text("day"), d -> new Burden()).add(row);
          bySubject.computeIfAbsent(row.text("subject"), s -> new Burden()).add(row);
          if (bySubject.size() > HELD) {
            forgotten[0] += forgetHalf(bySubject);
          }
        });
    if (!byDay.isEmpty()) {
      blocks.add(days(byDay));
      blocks.add(subjects(bySubject, forgotten[0] > 0));
    }
    return blocks;
  }

  private void alerts(List<Block> blocks) throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    TsvTable.forEach(
        run.table("alerts"),
        row -> {
          if (row.isLastWord()) {
            counts.merge(
                row.text("priority") + "\t" + row.text("rule") + "\t" + row.text("state"),
                1L,
                Long::sum);
          }
        });
    if (counts.isEmpty()) {
      return;
    }
    List<List<Object>> rows = new ArrayList<>();
    counts.forEach(
        (key, count) -> {
          String[] parts = key.split("\t", -1);
          rows.add(List.of(parts[0], parts[1], parts[2], count));
        });
    blocks.add(
        new Block.Table(
            "Alerts by rule and state",
            more(rows.size()),
            List.of(
                Block.Column.text("Priority"),
                Block.Column.text("Rule"),
                Block.Column.text("State"),
                Block.Column.number("Events")),
            rows.subList(0, Math.min(ROWS, rows.size()))));
  }

  private static Block days(Map<String, Burden> byDay) {
    List<List<Object>> rows = new ArrayList<>();
    byDay.forEach(
        (day, n) ->
            rows.add(
                List.of(
                    day,
                    n.rows,
                    n.raised,
                    n.suppressed,
                    n.delayed,
                    Numbers.shortly((double) n.raised / n.rows),
                    Numbers.span(n.active))));
    return new Block.Table(
        "Alarm burden by day",
        more(rows.size()),
        List.of(
            Block.Column.text("Day"),
            Block.Column.number("Subjects"),
            Block.Column.number("Raised"),
            Block.Column.number("Suppressed"),
            Block.Column.number("Delayed"),
            Block.Column.number("Raised a subject"),
            Block.Column.number("Active in all")),
        rows.subList(0, Math.min(ROWS, rows.size())));
  }

  private static Block subjects(Map<String, Burden> bySubject, boolean forgotten) {
    List<Map.Entry<String, Burden>> most = new ArrayList<>(bySubject.entrySet());
    most.sort(
        Comparator.comparingLong((Map.Entry<String, Burden> e) -> -e.getValue().raised)
            .thenComparing(Map.Entry.comparingByKey()));
    List<List<Object>> rows = new ArrayList<>();
    for (Map.Entry<String, Burden> e : most.subList(0, Math.min(SUBJECTS, most.size()))) {
      Burden n = e.getValue();
      rows.add(
          List.of(
              e.getKey(),
              n.rows,
              n.raised,
              Numbers.shortly((double) n.raised / n.rows),
              Numbers.span(n.active)));
    }
    return new Block.Table(
        "Subjects with the most alarms",
        (most.size() > SUBJECTS
                ? Numbers.count(most.size() - SUBJECTS) + " subjects with fewer are not shown. "
                : "")
            + (forgotten ? "Subjects with few alarms were forgotten on the way. " : "")
            + "Alarms a day count the days on which there was anything of the subject.",
        List.of(
            Block.Column.text("Subject"),
            Block.Column.number("Days"),
            Block.Column.number("Raised"),
            Block.Column.number("Raised a day"),
            Block.Column.number("Active in all")),
        rows);
  }

  private static int forgetHalf(Map<String, Burden> bySubject) {
    long[] raised = bySubject.values().stream().mapToLong(n -> n.raised).sorted().toArray();
    long middle = raised[raised.length / 2];
    int before = bySubject.size();
    bySubject.values().removeIf(n -> n.raised <= middle);
    return before - bySubject.size();
  }

  private static String more(int rows) {
    return rows > ROWS ? Numbers.count(rows - ROWS) + " more rows are not shown." : "";
  }

  /** What rows of the burden add up to. */
  private static final class Burden {
    private long rows;
    private long raised;
    private long suppressed;
    private long delayed;
    private double active;

    private void add(TsvTable.Row row) {
      rows++;
      raised += row.count("raised");
      suppressed += row.count("suppressed");
      delayed += row.count("delayed");
      double seconds = row.number("active_s");
      active += Double.isNaN(seconds) ? 0 : seconds;
    }
  }
}
