package org.healthbeam.pipelines.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;

/**
 * The course of single subjects: their vital signs by window and their score. The worst have a plot
 * of their own, more of them a page that is drawn when somebody asks for it.
 */
final class SubjectTrends {
  private static final int SPANS = 160;

  /** So many pages with so many spans of seven kinds are no more than 100,000 points. */
  private static final int PAGES = 140;

  private static final int SPANS_OF_PAGES = 96;

  /** A panel; the band is what NEWS2 gives no points (Royal College of Physicians, 2017). */
  private record Panel(String name, String unit, List<String> kinds, List<Double> band) {}

  private static final List<Panel> PANELS =
      List.of(
          new Panel("heart rate", "/min", List.of("heart_rate"), List.of(51.0, 90.0)),
          new Panel("respiration", "/min", List.of("respiratory_rate"), List.of(12.0, 20.0)),
          new Panel("SpO\u2082", "%", List.of("spo2"), List.of(96.0, 100.0)),
          new Panel(
              "blood pressure",
              "mmHg",
              List.of("systolic_bp", "diastolic_bp", "mean_bp"),
              List.of(111.0, 219.0)),
          new Panel("temperature", "\u00b0C", List.of("temperature"), List.of(36.1, 38.0)));

  /** One kind of one subject by span. */
  private static final class Course {
    private final double[] sum;
    private final double[] n;
    private final double[] min;
    private final double[] max;

    private Course(int spans) {
      sum = new double[spans];
      n = new double[spans];
      min = new double[spans];
      max = new double[spans];
      Arrays.fill(min, Double.NaN);
      Arrays.fill(max, Double.NaN);
    }

    private void add(int i, double count, double mean, double low, double high) {
      sum[i] += count * mean;
      n[i] += count;
      min[i] = Double.isNaN(min[i]) ? low : Math.min(min[i], low);
      max[i] = Double.isNaN(max[i]) ? high : Math.max(max[i], high);
    }

    private double[] means() {
      double[] means = new double[n.length];
      for (int i = 0; i < means.length; i++) {
        means[i] = n[i] > 0 ? sum[i] / n[i] : Double.NaN;
      }
      return means;
    }
  }

  /** One subject. */
  private static final class Subject {
    private final int spans;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private TimeBins bins = new TimeBins(0, 1, 1);
    private final Map<String, Course> courses = new LinkedHashMap<>();
    private int[] severity = new int[0];
    private double[] score = new double[0];

    private Subject(int spans) {
      this.spans = spans;
    }

    private boolean isScored() {
      return Arrays.stream(severity).anyMatch(s -> s >= 0);
    }

    private void see(long time) {
      if (time != Long.MIN_VALUE) {
        first = Math.min(first, time);
        last = Math.max(last, time);
      }
    }
  }

  private final RunFolder run;
  private final Ward ward;
  private final Windows windows;
  private final Map<String, Subject> subjects = new LinkedHashMap<>();

  private SubjectTrends(RunFolder run, Ward ward, Windows windows) {
    this.run = run;
    this.ward = ward;
    this.windows = windows;
  }

  /**
   * Returns a plot for each of the worst subjects, and the pages of more of them; without scores,
   * of those measured most.
   */
  static List<Block> of(RunFolder run, Ward ward, Windows windows, int n) throws IOException {
    SubjectTrends trends = new SubjectTrends(run, ward, windows);
    List<String> chosen = ward.rows() > 0 ? ward.worst(PAGES) : windows.subjects(PAGES);
    for (String name : chosen) {
      trends.subjects.put(name, new Subject(trends.subjects.size() < n ? SPANS : SPANS_OF_PAGES));
    }
    trends.read();
    List<Block> blocks = new ArrayList<>();
    SubjectPages pages = new SubjectPages(run, ward, windows, chosen);
    for (Map.Entry<String, Subject> each : trends.subjects.entrySet()) {
      Subject subject = each.getValue();
      if (!subject.courses.isEmpty() && blocks.size() < n) {
        blocks.add(trends.plot(each.getKey(), subject, blocks.size() + 1));
      }
      pages.add(each.getKey(), subject.bins, trends.panels(subject, true));
    }
    if (!chosen.isEmpty()) {
      blocks.add(pages.block());
    }
    return blocks;
  }

  private void read() throws IOException {
    TsvTable.forEach(
        run.table("summaries"),
        row -> {
          Subject subject = subjects.get(row.text("subject"));
          if (subject != null && windows.shows(row)) {
            subject.see(row.time("window_start"));
          }
        });
    TsvTable.forEach(
        run.table("scores"),
        row -> {
          Subject subject = subjects.get(row.text("subject"));
          if (subject != null && ward.shows(row)) {
            subject.see(row.time("time"));
          }
        });
    for (Subject subject : subjects.values()) {
      if (subject.first <= subject.last) {
        subject.bins = TimeBins.covering(subject.first, subject.last, subject.spans);
      }
      subject.severity = new int[subject.bins.count()];
      subject.score = new double[subject.bins.count()];
      Arrays.fill(subject.severity, -1);
      Arrays.fill(subject.score, Double.NaN);
    }
    TsvTable.forEach(run.table("summaries"), this::addWindow);
    TsvTable.forEach(run.table("scores"), this::addScore);
  }

  private void addWindow(TsvTable.Row row) {
    Subject subject = subjects.get(row.text("subject"));
    if (subject == null || !windows.shows(row)) {
      return;
    }
    String kind = row.text("kind");
    int span = subject.bins.index(row.time("window_start"));
    double mean = row.number("mean");
    if (span >= 0 && !Double.isNaN(mean) && PANELS.stream().anyMatch(p -> p.kinds.contains(kind))) {
      subject
          .courses
          .computeIfAbsent(kind, k -> new Course(subject.bins.count()))
          .add(span, row.number("n"), mean, row.number("min"), row.number("max"));
    }
  }

  private void addScore(TsvTable.Row row) {
    Subject subject = subjects.get(row.text("subject"));
    if (subject == null || !ward.shows(row)) {
      return;
    }
    int span = subject.bins.index(row.time("time"));
    if (span >= 0 && Ward.severity(row) > subject.severity[span]) {
      subject.severity[span] = Ward.severity(row);
      subject.score[span] = row.number("score");
    }
  }

  /**
   * Returns what is drawn of a subject.
   *
   * @param brief whether times are numbers of spans and values have two decimals
   */
  private List<Map<String, Object>> panels(Subject subject, boolean brief) {
    List<Map<String, Object>> panels = new ArrayList<>();
    for (Panel panel : PANELS) {
      List<Map<String, Object>> series = new ArrayList<>();
      for (String kind : panel.kinds) {
        Course course = subject.courses.get(kind);
        if (course != null) {
          series.add(
              Map.of(
                  "name",
                  VitalsPart.words(kind),
                  "points",
                  points(subject.bins, course.means(), course.min, course.max, brief)));
        }
      }
      if (!series.isEmpty()) {
        panels.add(
            Map.of("name", panel.name, "unit", panel.unit, "band", panel.band, "series", series));
      }
    }
    if (subject.isScored()) {
      boolean news2 = ward.scoreName().equalsIgnoreCase("news2");
      panels.add(
          Map.of(
              "name",
              ward.scoreName(),
              "unit",
              "points",
              "bars",
              true,
              "lines",
              news2 ? List.of(5.0, 7.0) : List.of(),
              "series",
              List.of(
                  Map.of(
                      "name",
                      ward.scoreName(),
                      "points",
                      points(subject.bins, subject.score, null, null, brief)))));
    }
    return panels;
  }

  private Block plot(String name, Subject subject, int number) {
    List<Block.Column> columns = new ArrayList<>();
    columns.add(Block.Column.text("From (UTC)"));
    List<double[]> cells = new ArrayList<>();
    for (Panel panel : PANELS) {
      for (String kind : panel.kinds) {
        Course course = subject.courses.get(kind);
        if (course != null) {
          columns.add(Block.Column.number(VitalsPart.words(kind) + " (" + panel.unit + ")"));
          cells.add(course.means());
        }
      }
    }
    boolean scored = subject.isScored();
    if (scored) {
      columns.add(Block.Column.number(ward.scoreName()));
      cells.add(subject.score);
    }
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < subject.bins.count(); i++) {
      List<Object> row = new ArrayList<>();
      row.add(subject.bins.label(i));
      boolean any = false;
      for (double[] values : cells) {
        row.add(values[i]);
        any |= !Double.isNaN(values[i]);
      }
      if (any) {
        rows.add(row);
      }
    }
    String step = subject.bins.stepText();
    return new Block.Plot(
        "trend-" + number,
        "Course of subject " + name,
        "Points are means over "
            + step
            + ", thin lines reach from the least to the greatest value;"
            + " shaded is what NEWS2 gives no points (of the pressures: the systolic)"
            + (scored ? "; the last panel is the worst score in each span" : "")
            + ". Times are UTC.",
        false,
        Chart.of(Chart.Kind.TRENDS)
            .with("panels", panels(subject, false))
            .with("from", subject.bins.start())
            .with("to", subject.bins.start() + subject.bins.count() * subject.bins.step()),
        new Block.Table(
            "Subject " + name + ": means over " + step + " and worst score", "", columns, rows));
  }

  /** Returns time, mean, least and greatest; a null where the line must break. */
  private static List<List<Object>> points(
      TimeBins bins, double[] means, double[] min, double[] max, boolean brief) {
    int[] filled =
        java.util.stream.IntStream.range(0, means.length)
            .filter(i -> !Double.isNaN(means[i]))
            .toArray();
    int[] gaps = new int[Math.max(0, filled.length - 1)];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = filled[i + 1] - filled[i];
    }
    int[] sorted = gaps.clone();
    Arrays.sort(sorted);
    int usual = sorted.length == 0 ? 1 : sorted[sorted.length / 2];
    List<List<Object>> points = new ArrayList<>();
    for (int i = 0; i < filled.length; i++) {
      int at = filled[i];
      if (i > 0 && gaps[i - 1] > 3 * usual) {
        points.add(
            Arrays.asList(
                brief ? (Object) filled[i - 1] : (Object) (bins.middle(filled[i - 1]) + 1), null));
      }
      List<Object> point = new ArrayList<>();
      point.add(brief ? (Object) at : (Object) bins.middle(at));
      point.add(value(means[at], brief));
      if (min != null && max != null) {
        point.add(value(min[at], brief));
        point.add(value(max[at], brief));
      }
      points.add(point);
    }
    return points;
  }

  @Nullable
  private static Double value(double x, boolean brief) {
    return brief && !Double.isNaN(x) ? Double.valueOf(Math.rint(x * 100) / 100) : Numbers.json(x);
  }
}
