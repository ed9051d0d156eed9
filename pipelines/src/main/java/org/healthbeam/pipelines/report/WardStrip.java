package org.healthbeam.pipelines.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ward at a glance: a row for each subject, the worst first, a cell for each span of time. */
final class WardStrip {
  private static final int SUBJECTS = 40;
  private static final int SPANS = 72;

  private static final List<String> RISKS = List.of("low", "low-medium", "medium", "high");

  private WardStrip() {}

  /** A subject's row. */
  private static final class Row {
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long n;
    private int[] severity = new int[0];
    private int[] score = new int[0];
  }

  static Block of(Ward ward, Path scores) throws IOException {
    List<String> subjects = ward.worst(SUBJECTS);
    Map<String, Row> rows = new HashMap<>();
    subjects.forEach(s -> rows.put(s, new Row()));
    TsvTable.forEach(
        scores,
        cells -> {
          Row row = rows.get(cells.text("subject"));
          long time = cells.time("time");
          if (row != null && ward.shows(cells) && time != Long.MIN_VALUE) {
            row.first = Math.min(row.first, time);
            row.last = Math.max(row.last, time);
            row.n++;
          }
        });
    rows.values().removeIf(r -> r.n == 0);
    subjects = subjects.stream().filter(rows::containsKey).toList();
    boolean relative = isSpreadOut(rows);
    long first = relative ? 0 : rows.values().stream().mapToLong(r -> r.first).min().orElse(0);
    long last =
        relative
            ? rows.values().stream().mapToLong(r -> r.last - r.first).max().orElse(0)
            : rows.values().stream().mapToLong(r -> r.last).max().orElse(0);
    TimeBins bins = TimeBins.covering(first, last, SPANS);
    for (Row row : rows.values()) {
      row.severity = new int[bins.count()];
      row.score = new int[bins.count()];
      java.util.Arrays.fill(row.severity, -1);
    }
    TsvTable.forEach(
        scores,
        cells -> {
          Row row = rows.get(cells.text("subject"));
          long time = cells.time("time");
          if (row == null || !ward.shows(cells) || time == Long.MIN_VALUE) {
            return;
          }
          int bin = bins.index(relative ? time - row.first : time);
          int severity = Ward.severity(cells);
          if (bin >= 0 && severity > row.severity[bin]) {
            row.severity[bin] = severity;
            row.score[bin] = (int) Math.round(cells.number("score"));
          }
        });
    return plot(ward, subjects, rows, bins, relative);
  }

  /** Says whether the subjects' times hardly overlap, as in data with shifted dates. */
  private static boolean isSpreadOut(Map<String, Row> rows) {
    long first = rows.values().stream().mapToLong(r -> r.first).min().orElse(0);
    long last = rows.values().stream().mapToLong(r -> r.last).max().orElse(0);
    long longest = rows.values().stream().mapToLong(r -> r.last - r.first).max().orElse(0);
    return last - first > 4 * longest + 86_400_000L;
  }

  private static Block plot(
      Ward ward, List<String> subjects, Map<String, Row> rows, TimeBins bins, boolean relative) {
    List<List<Integer>> cells = new ArrayList<>();
    List<List<Object>> table = new ArrayList<>();
    for (int r = 0; r < subjects.size(); r++) {
      String subject = subjects.get(r);
      Row row = rows.get(subject);
      long[] spans = new long[RISKS.size()];
      for (int i = 0; i < bins.count(); i++) {
        if (row.severity[i] >= 0) {
          int risk = Ward.riskOf(row.severity[i]);
          cells.add(List.of(i, r, row.score[i], risk));
          spans[risk]++;
        }
      }
      table.add(
          List.of(
              subject,
              Math.round(ward.worstScore(subject)),
              TimeBins.label(ward.worstTime(subject)),
              TimeBins.label(row.first),
              TimeBins.label(row.last),
              row.n,
              spans[0],
              spans[1],
              spans[2],
              spans[3]));
    }
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < bins.count(); i++) {
      columns.add(relative ? "+" + Numbers.span(i * (bins.step() / 1000.0)) : bins.label(i));
    }
    String hidden =
        ward.forgot()
            ? "Only the " + subjects.size() + " subjects with the worst scores are shown. "
            : ward.subjects() > subjects.size()
                ? Numbers.count(ward.subjects() - subjects.size())
                    + " more subjects with lower scores are not shown. "
                : "";
    String score = ward.scoreName();
    return new Block.Plot(
        "ward",
        "Ward overview: worst " + score + " of each subject over time",
        "One row for each subject, the worst first; one cell for each "
            + bins.stepText()
            + ", with the worst score in it and the colour of its risk; empty where there was no"
            + " score. "
            + (relative
                ? "Time runs from each subject's first score, because the subjects' dates lie far"
                    + " apart. "
                : "Times are UTC. ")
            + hidden,
        true,
        Chart.of(Chart.Kind.STRIP)
            .with("rows", subjects)
            .with("columns", columns)
            .with("risks", RISKS)
            .with("cells", cells)
            .with("columnName", relative ? "time since the first score" : "time (UTC)")
            .with("rowName", "subject")
            .with("scoreName", score),
        new Block.Table(
            "Subjects by worst " + score,
            hidden
                + "The last four columns count the spans of "
                + bins.stepText()
                + " by their worst risk.",
            List.of(
                Block.Column.text("Subject"),
                Block.Column.number("Worst score"),
                Block.Column.text("First at (UTC)"),
                Block.Column.text("Scores from"),
                Block.Column.text("to"),
                Block.Column.number("Scores"),
                Block.Column.number("low"),
                Block.Column.number("low-medium"),
                Block.Column.number("medium"),
                Block.Column.number("high")),
            table));
  }
}
