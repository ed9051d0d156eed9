package org.healthbeam.pipelines.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The pages of single subjects: what was measured, the scores, what was revised, the alerts, and
 * the course that {@link SubjectTrends} makes.
 */
final class SubjectPages {
  private static final List<String> RISKS = List.of("low", "low-medium", "medium", "high");
  private static final int ALERTS = 50;

  /** An alert, or its end. */
  private record Alert(
      long time, String rule, String state, String priority, String score, String detail) {
    private static final Comparator<Alert> ORDER =
        Comparator.comparingLong(Alert::time)
            .thenComparing(Alert::rule)
            .thenComparing(Alert::state)
            .thenComparing(Alert::priority)
            .thenComparing(Alert::score)
            .thenComparing(Alert::detail);

    private List<Object> row() {
      return List.of(
          time == Long.MIN_VALUE ? "" : TimeBins.label(time), priority, rule, state, score, detail);
    }
  }

  /** What the windows of one kind come to. */
  private static final class Measured {
    private String unit = "";
    private long windows;
    private long values;
    private double sum;
    private double least = Double.POSITIVE_INFINITY;
    private double greatest = Double.NEGATIVE_INFINITY;
    private long implausible;
    private long duplicates;
    private double longestGap = Double.NaN;

    private void add(TsvTable.Row row) {
      long n = row.count("n");
      unit = row.text("unit");
      windows++;
      values += n;
      sum += n * row.number("mean");
      least = Math.min(least, row.number("min"));
      greatest = Math.max(greatest, row.number("max"));
      implausible += row.count("n_implausible");
      duplicates += row.count("n_duplicate");
      double gap = row.number("max_gap_s");
      if (!(gap <= longestGap)) {
        longestGap = Double.isNaN(gap) ? longestGap : gap;
      }
    }

    private List<Object> row(String kind) {
      return List.of(
          VitalsPart.words(kind),
          unit,
          Numbers.count(windows),
          Numbers.count(values),
          Numbers.shortly(Math.rint(1e6 * sum / values) / 1e6),
          Numbers.shortly(least),
          Numbers.shortly(greatest),
          Numbers.count(implausible),
          Numbers.count(duplicates),
          Numbers.span(longestGap));
    }
  }

  /** One subject. */
  private static final class Page {
    private final Map<String, Measured> kinds = new TreeMap<>(Windows::compareKinds);
    private final long[] risks = new long[RISKS.size()];
    private final TreeSet<Alert> alerts = new TreeSet<>(Alert.ORDER);
    private long allAlerts;
    private long revisedWindows;
    private long revisedScores;
    private long lastRevision;

    private void see(TsvTable.Row row) {
      lastRevision = Math.max(lastRevision, row.count("revision"));
    }
  }

  private final Ward ward;
  private final int more;
  private final Map<String, Page> pages = new LinkedHashMap<>();
  private final List<String> names = new ArrayList<>();
  private final List<Map<String, Object>> values = new ArrayList<>();

  SubjectPages(RunFolder run, Ward ward, Windows windows, List<String> subjects)
      throws IOException {
    this.ward = ward;
    int all = ward.rows() > 0 ? ward.subjects() : windows.subjects();
    this.more = all - subjects.size();
    subjects.forEach(name -> pages.put(name, new Page()));
    TsvTable.forEach(
        run.table("summaries"),
        row -> {
          Page page = pages.get(row.text("subject"));
          if (page == null) {
            return;
          }
          page.see(row);
          if (!row.isLastWord()) {
            page.revisedWindows++;
          } else if (windows.shows(row)) {
            page.kinds.computeIfAbsent(row.text("kind"), kind -> new Measured()).add(row);
          }
        });
    TsvTable.forEach(
        run.table("scores"),
        row -> {
          Page page = pages.get(row.text("subject"));
          if (page == null) {
            return;
          }
          page.see(row);
          if (!row.isLastWord()) {
            page.revisedScores++;
          } else if (ward.shows(row)) {
            page.risks[Ward.risk(row)]++;
          }
        });
    TsvTable.forEach(
        run.table("alerts"),
        row -> {
          Page page = pages.get(row.text("subject"));
          if (page != null && row.isLastWord()) {
            add(page, row);
          }
        });
  }

  /** Keeps the last ones. */
  private static void add(Page page, TsvTable.Row row) {
    page.allAlerts++;
    page.alerts.add(
        new Alert(
            row.time("time"),
            row.text("rule"),
            row.text("state"),
            row.text("priority"),
            row.text("score"),
            row.text("detail")));
    if (page.alerts.size() > ALERTS) {
      page.alerts.pollFirst();
    }
  }

  /** Adds a subject's page, in the order in which subjects are to be chosen. */
  void add(String name, TimeBins bins, List<Map<String, Object>> panels) {
    Page page = pages.get(name);
    long scores = Arrays.stream(page.risks).sum();
    List<List<String>> figures = new ArrayList<>();
    String text = name;
    if (scores > 0) {
      String worst = Numbers.shortly(ward.worstScore(name));
      String risk = RISKS.get(ward.worstRisk(name));
      text += ": " + ward.scoreName() + " " + worst + ", " + risk + " risk";
      figures.add(List.of("worst " + ward.scoreName() + " (" + risk + " risk)", worst));
      figures.add(List.of("first at (UTC)", TimeBins.label(ward.worstTime(name))));
      figures.add(List.of("scores", Numbers.count(scores)));
      figures.add(
          List.of("of them at high risk", Numbers.percent(page.risks[RISKS.size() - 1], scores)));
    }
    if (page.allAlerts > 0) {
      text += ", " + Numbers.count(page.allAlerts) + (page.allAlerts == 1 ? " alert" : " alerts");
      figures.add(List.of("alerts told or ended", Numbers.count(page.allAlerts)));
    }
    figures.add(
        List.of(
            "earlier rows that were revised",
            Numbers.count(page.revisedWindows + page.revisedScores)));
    if (page.lastRevision > 0) {
      figures.add(List.of("highest revision", Numbers.count(page.lastRevision)));
    }
    List<List<Object>> kinds = new ArrayList<>();
    page.kinds.forEach((kind, measured) -> kinds.add(measured.row(kind)));
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("name", name);
    value.put("figures", figures);
    value.put("kinds", kinds);
    value.put("alerts", page.alerts.descendingSet().stream().map(Alert::row).toList());
    value.put("moreAlerts", page.allAlerts - page.alerts.size());
    value.put("start", bins.start());
    value.put("step", bins.step());
    value.put("count", bins.count());
    value.put("stepText", bins.stepText());
    value.put("panels", panels);
    names.add(text);
    values.add(value);
  }

  Block block() {
    return new Block.Pages(
        "subjects",
        "Subjects one by one",
        "The course, what was measured, the scores and the alerts of the subject that is chosen. "
            + (ward.rows() > 0
                ? "Those with the worst scores come first."
                : "Those with the most measurements come first.")
            + (more > 0 || ward.forgot()
                ? " "
                    + (ward.forgot() ? "Others" : Numbers.count(more) + " others")
                    + " have no page here, to keep this file small: a report of a folder that has"
                    + " only their rows of summaries.tsv, scores.tsv and alerts.tsv shows them."
                : ""),
        names,
        values);
  }
}
