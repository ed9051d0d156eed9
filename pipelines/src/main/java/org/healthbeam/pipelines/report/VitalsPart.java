package org.healthbeam.pipelines.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;

/** Vital signs: the ward, the worst subjects' trends, the quality of the data, alerts. */
final class VitalsPart {
  private static final List<String> RISKS = List.of("low", "low-medium", "medium", "high");
  private static final int SUBJECTS_WITH_TRENDS = 6;

  private final List<Block> blocks = new ArrayList<>();
  private final RunFolder run;

  private VitalsPart(RunFolder run) {
    this.run = run;
  }

  /** Returns the section, or null if the run wrote none of its files. */
  @Nullable
  static Section of(RunFolder run) throws IOException {
    if (!run.hasAny("summaries", "scores")) {
      return null;
    }
    VitalsPart part = new VitalsPart(run);
    Ward ward = Ward.of(run.table("scores"));
    if (ward.rows() > 0) {
      part.figures(ward);
      part.blocks.add(WardStrip.of(ward, run.table("scores")));
      part.scores(ward);
      part.missing(ward);
    }
    Windows windows = Windows.of(run.table("summaries"));
    part.quality(windows);
    part.blocks.addAll(Received.of(run));
    part.blocks.addAll(SubjectTrends.of(run, ward, windows, SUBJECTS_WITH_TRENDS));
    part.blocks.addAll(new Alarms(run).blocks());
    return new Section(
        "vitals",
        "Vital signs",
        "Windows, early-warning scores and the quality of the measurements. Subjects stand here as"
            + " they stand in the run's files; a pseudonym key replaces them by pseudonyms. This is"
            + " a summary of data, no medical device: it must not guide care.",
        part.blocks);
  }

  private void figures(Ward ward) {
    long[] risks = ward.risks();
    blocks.add(
        new Block.Figures(
            List.of(
                new Block.Figure(ward.subjectsText(), "subjects with scores", false),
                new Block.Figure(Numbers.count(ward.rows()), ward.scoreName() + " scores", false),
                new Block.Figure(
                    Numbers.percent(risks[3], ward.rows()), "of scores at high risk", false),
                new Block.Figure(
                    Numbers.percent(ward.complete(), ward.rows()),
                    "of scores with every parameter",
                    false))));
  }

  private void scores(Ward ward) {
    List<Map<String, Object>> categories = new ArrayList<>();
    List<List<Object>> rows = new ArrayList<>();
    Map<String, List<Long>> byRisk = new LinkedHashMap<>();
    RISKS.forEach(r -> byRisk.put(r, new ArrayList<>()));
    long[][] counts = ward.byScoreAndRisk();
    for (int score = 0; score < counts.length; score++) {
      categories.add(Map.of("name", String.valueOf(score)));
      List<Object> row = new ArrayList<>();
      row.add((long) score);
      long sum = 0;
      for (int risk = 0; risk < RISKS.size(); risk++) {
        byRisk.get(RISKS.get(risk)).add(counts[score][risk]);
        row.add(counts[score][risk]);
        sum += counts[score][risk];
      }
      row.add(1, sum);
      rows.add(row);
    }
    List<Map<String, Object>> series = new ArrayList<>();
    byRisk.forEach(
        (risk, values) -> {
          if (Numbers.max(values) > 0) {
            series.add(Map.of("name", risk, "role", "risk-" + risk, "values", values));
          }
        });
    List<Block.Column> columns = new ArrayList<>();
    columns.add(Block.Column.number("Score"));
    columns.add(Block.Column.number("Scores"));
    RISKS.forEach(r -> columns.add(Block.Column.number(r)));
    blocks.add(
        new Block.Plot(
            "score-distribution",
            "How often each " + ward.scoreName() + " score occurred",
            "One bar for each score, one count for each observation time; the further right, the"
                + " sicker. Low-medium is a low total with a 3 in one parameter.",
            false,
            Chart.of(Chart.Kind.BARS)
                .with("horizontal", false)
                .with("categories", categories)
                .with("series", series)
                .with("valueName", "observation times")
                .with("categoryName", ward.scoreName() + " score (points)"),
            new Block.Table(ward.scoreName() + " scores by risk", "", columns, rows)));
  }

  private void missing(Ward ward) {
    List<Map<String, Object>> categories = new ArrayList<>();
    List<Long> values = new ArrayList<>();
    List<List<Object>> rows = new ArrayList<>();
    List<Map.Entry<String, Long>> parameters = new ArrayList<>(ward.missing().entrySet());
    parameters.sort(
        Map.Entry.<String, Long>comparingByValue()
            .reversed()
            .thenComparing(Map.Entry.comparingByKey()));
    for (Map.Entry<String, Long> e : parameters) {
      String parameter = e.getKey();
      long n = e.getValue();
      String share = Numbers.percent(n, ward.rows());
      categories.add(
          Map.of("name", words(parameter), "end", Numbers.count(n) + " (" + share + ")"));
      values.add(n);
      rows.add(List.of(words(parameter), n, share));
    }
    if (rows.isEmpty()) {
      return;
    }
    blocks.add(
        new Block.Plot(
            "score-missing",
            "Parameters that scores lack",
            "How often a parameter had no value within its horizon when a score was made; such a"
                + " score is a lower bound.",
            false,
            Chart.of(Chart.Kind.BARS)
                .with("horizontal", true)
                .with("categories", categories)
                .with("series", List.of(Map.of("name", "scores", "role", "warn", "values", values)))
                .with("valueName", "scores without the parameter")
                .with("categoryName", "parameter"),
            new Block.Table(
                "Parameters that scores lack",
                "",
                List.of(
                    Block.Column.text("Parameter"),
                    Block.Column.number("Scores without it"),
                    Block.Column.number("Share")),
                rows)));
  }

  private void quality(Windows windows) {
    List<List<Object>> rows = new ArrayList<>();
    List<Map<String, Object>> categories = new ArrayList<>();
    List<Long> implausible = new ArrayList<>();
    List<Long> duplicates = new ArrayList<>();
    windows
        .byKind()
        .forEach(
            (kind, q) -> {
              rows.add(
                  List.of(
                      words(kind),
                      q.unit(),
                      q.windows(),
                      q.values(),
                      q.implausible(),
                      q.duplicates(),
                      Numbers.span(q.longestGap()),
                      Numbers.percent(q.meanCoverage(), 1)));
              categories.add(Map.of("name", words(kind), "end", Numbers.count(q.values())));
              implausible.add(q.implausible());
              duplicates.add(q.duplicates());
            });
    if (rows.isEmpty()) {
      return;
    }
    Block.Table table =
        new Block.Table(
            "Quality of the measurements by kind",
            (windows.width() > 0
                    ? "Counted in the windows of " + Numbers.span(windows.width()) + ". "
                    : "")
                + (windows.notFinal() > 0
                    ? Numbers.count(windows.notFinal())
                        + " early or superseded rows are not counted. "
                    : "")
                + "The longest gap is the longest within one window; coverage is the mean share of"
                + " the expected measurements, where a rate is expected.",
            List.of(
                Block.Column.text("Kind"),
                Block.Column.text("Unit"),
                Block.Column.number("Windows"),
                Block.Column.number("Values"),
                Block.Column.number("Implausible"),
                Block.Column.number("Duplicates"),
                Block.Column.number("Longest gap"),
                Block.Column.number("Coverage")),
            rows);
    if (Numbers.max(implausible) + Numbers.max(duplicates) == 0) {
      blocks.add(table);
      return;
    }
    blocks.add(
        new Block.Plot(
            "vital-quality",
            "Implausible and duplicate measurements by kind",
            "Neither is in any average: implausible values are outside the named policy,"
                + " duplicates repeat a subject, kind and time. On the right: values used. A window"
                + " without a value writes no row, so that an implausible value that was alone in"
                + " its window is missing here; the whole run rejected "
                + Numbers.count(implausibleInAll())
                + " as implausible.",
            false,
            Chart.of(Chart.Kind.BARS)
                .with("horizontal", true)
                .with("categories", categories)
                .with(
                    "series",
                    List.of(
                        Map.of("name", "implausible", "role", "bad", "values", implausible),
                        Map.of("name", "duplicate", "role", "other", "values", duplicates)))
                .with("valueName", "measurements")
                .with("categoryName", "kind"),
            table));
  }

  private long implausibleInAll() {
    long n = 0;
    for (JsonNode stage : run.run().path("stages")) {
      n += stage.path("outcomes").path("rejected:implausible").asLong();
    }
    return n;
  }

  /** Returns a kind's or parameter's name as words. */
  static String words(String name) {
    return switch (name) {
      case "spo2" -> "SpO\u2082";
      case "systolic_bp" -> "systolic pressure";
      case "diastolic_bp" -> "diastolic pressure";
      case "mean_bp" -> "mean pressure";
      case "bmi" -> "BMI";
      default -> name.replace('_', ' ');
    };
  }
}
