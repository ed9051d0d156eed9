package org.healthbeam.pipelines.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The scores of all subjects in one pass: distribution, what is missing, and the worst subjects.
 *
 * <p>At most {@link #HELD} subjects are held. Beyond it those with the lowest worst score are
 * forgotten; one who later gets worse comes back, so that the worst subjects are always right.
 */
final class Ward {
  private static final int HELD = 50_000;
  private static final int MAX_SCORE = 60;
  private static final List<String> RISKS = List.of("low", "low-medium", "medium", "high");

  /** A subject's worst score so far. */
  private static final class Worst {
    private int severity = -1;
    private double score;
    private long time;
  }

  private final String scoreName;
  private final Map<String, Worst> subjects = new HashMap<>();
  private final Map<String, Long> missing = new TreeMap<>();
  private final long[][] counts = new long[MAX_SCORE + 1][RISKS.size()];
  private int maxScore = -1;
  private long rows;
  private long complete;
  private boolean forgot;

  private Ward(String scoreName) {
    this.scoreName = scoreName;
  }

  /** Reads the scores of one kind: NEWS2 if it is there, else the first by name. */
  static Ward of(Path scores) throws IOException {
    Map<String, Long> names = new TreeMap<>();
    TsvTable.forEach(scores, row -> names.merge(row.text("score_name"), 1L, Long::sum));
    String name =
        names.keySet().stream()
            .filter(n -> n.equalsIgnoreCase("news2"))
            .findFirst()
            .orElse(names.isEmpty() ? "" : names.keySet().iterator().next());
    Ward ward = new Ward(name);
    TsvTable.forEach(scores, ward::add);
    return ward;
  }

  /** Says whether the row is a score of the kind that is shown, and the last word on it. */
  boolean shows(TsvTable.Row row) {
    return row.isLastWord()
        && row.text("score_name").equals(scoreName)
        && !Double.isNaN(row.number("score"));
  }

  /** Returns how bad: by risk, then by score, so that a single 3 outranks a low total. */
  static int severity(TsvTable.Row row) {
    return risk(row) * (MAX_SCORE + 1) + (int) Math.min(MAX_SCORE, row.number("score"));
  }

  /** Returns the risk of which a severity is made. */
  static int riskOf(int severity) {
    return severity / (MAX_SCORE + 1);
  }

  /** Returns the risk's place among low, low-medium, medium and high. */
  static int risk(TsvTable.Row row) {
    return Math.max(0, RISKS.indexOf(row.text("risk")));
  }

  private void add(TsvTable.Row row) {
    if (!shows(row)) {
      return;
    }
    rows++;
    int score = (int) Math.max(0, Math.min(MAX_SCORE, Math.round(row.number("score"))));
    counts[score][risk(row)]++;
    maxScore = Math.max(maxScore, score);
    String lacking = row.text("missing");
    if (lacking.isEmpty()) {
      complete++;
    } else {
      for (String parameter : lacking.split(",", -1)) {
        if (missing.size() < 50 || missing.containsKey(parameter)) {
          missing.merge(parameter, 1L, Long::sum);
        }
      }
    }
    Worst worst = subjects.computeIfAbsent(row.text("subject"), s -> new Worst());
    int severity = severity(row);
    long time = row.time("time");
    if (severity > worst.severity || (severity == worst.severity && time < worst.time)) {
      worst.severity = severity;
      worst.score = row.number("score");
      worst.time = time;
    }
    if (subjects.size() > HELD) {
      forget();
    }
  }

  private void forget() {
    forgot = true;
    int[] severities = subjects.values().stream().mapToInt(w -> w.severity).sorted().toArray();
    int threshold = severities[severities.length / 2];
    // Among equals those with the higher name go, whatever the order of the rows.
    List<String> equals = new ArrayList<>();
    subjects.forEach(
        (subject, worst) -> {
          if (worst.severity == threshold) {
            equals.add(subject);
          }
        });
    subjects.values().removeIf(w -> w.severity < threshold);
    equals.sort(Comparator.reverseOrder());
    for (String subject : equals.subList(0, equals.size() / 2)) {
      subjects.remove(subject);
    }
  }

  /** Returns the subjects, the worst first, at most {@code n}. */
  List<String> worst(int n) {
    List<String> all = new ArrayList<>(subjects.keySet());
    all.sort(
        Comparator.comparing((String s) -> -subjects.get(s).severity)
            .thenComparing(Comparator.naturalOrder()));
    return List.copyOf(all.subList(0, Math.min(n, all.size())));
  }

  /** Returns the subject's worst score. */
  double worstScore(String subject) {
    return subjects.get(subject).score;
  }

  /** Returns the place of the subject's worst risk among low, low-medium, medium and high. */
  int worstRisk(String subject) {
    return riskOf(subjects.get(subject).severity);
  }

  /** Returns when the subject's worst score first occurred. */
  long worstTime(String subject) {
    return subjects.get(subject).time;
  }

  String scoreName() {
    return scoreName;
  }

  long rows() {
    return rows;
  }

  /** Returns how many scores lack nothing. */
  long complete() {
    return complete;
  }

  /** Returns how often each parameter was missing. */
  Map<String, Long> missing() {
    return missing;
  }

  /** Returns how many subjects are held; all, unless {@link #forgot}. */
  int subjects() {
    return subjects.size();
  }

  /** Says whether subjects with low scores were forgotten. */
  boolean forgot() {
    return forgot;
  }

  String subjectsText() {
    return forgot ? "more than " + Numbers.count(HELD) : Numbers.count(subjects.size());
  }

  /** Returns the counts by score, then by risk. */
  long[][] byScoreAndRisk() {
    return Arrays.copyOf(counts, maxScore + 1);
  }

  /** Returns the counts by risk. */
  long[] risks() {
    long[] result = new long[RISKS.size()];
    for (long[] score : counts) {
      for (int i = 0; i < result.length; i++) {
        result[i] += score[i];
      }
    }
    return result;
  }
}
