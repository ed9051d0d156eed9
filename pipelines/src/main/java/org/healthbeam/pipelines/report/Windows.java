package org.healthbeam.pipelines.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The windows of all subjects in one pass: which lengths there are, and the quality by kind.
 *
 * <p>Where windows of several fixed lengths were asked for, the shortest stands for all: the longer
 * ones hold the same measurements again.
 */
final class Windows {
  /** More different lengths than this are no ladder but sessions. */
  private static final int LENGTHS = 16;

  private static final int KINDS = 200;

  private static final List<String> ORDER =
      List.of(
          "heart_rate",
          "respiratory_rate",
          "spo2",
          "systolic_bp",
          "diastolic_bp",
          "mean_bp",
          "temperature");

  /** What the windows of one kind come to. */
  static final class Quality {
    private String unit = "";
    private long windows;
    private long values;
    private long implausible;
    private long duplicates;
    private double longestGap = Double.NaN;
    private double coverage;
    private long covered;

    private void add(TsvTable.Row row) {
      if (unit.isEmpty()) {
        unit = row.text("unit");
      }
      windows++;
      values += row.count("n");
      implausible += row.count("n_implausible");
      duplicates += row.count("n_duplicate");
      double gap = row.number("max_gap_s");
      if (!(gap <= longestGap)) {
        longestGap = Double.isNaN(gap) ? longestGap : gap;
      }
      double share = row.number("coverage");
      if (!Double.isNaN(share)) {
        // In millionths, so that the sum does not depend on the order of the rows.
        coverage += Math.rint(share * 1e6);
        covered++;
      }
    }

    private void add(Quality that) {
      unit = unit.isEmpty() ? that.unit : unit;
      windows += that.windows;
      values += that.values;
      implausible += that.implausible;
      duplicates += that.duplicates;
      coverage += that.coverage;
      covered += that.covered;
      if (!(that.longestGap <= longestGap)) {
        longestGap = Double.isNaN(that.longestGap) ? longestGap : that.longestGap;
      }
    }

    String unit() {
      return unit;
    }

    long windows() {
      return windows;
    }

    long values() {
      return values;
    }

    long implausible() {
      return implausible;
    }

    long duplicates() {
      return duplicates;
    }

    /** Returns seconds, NaN if no window has a gap. */
    double longestGap() {
      return longestGap;
    }

    /** Returns the mean coverage, NaN if no rate is expected. */
    double meanCoverage() {
      return covered == 0 ? Double.NaN : coverage / covered / 1e6;
    }
  }

  private final SortedMap<Long, Map<String, Quality>> byLength = new TreeMap<>();
  private final TopCounts<String> subjects = new TopCounts<>(50_000);
  private boolean sessions;
  private long notFinal;

  private Windows() {}

  static Windows of(Path summaries) throws IOException {
    Windows windows = new Windows();
    TsvTable.forEach(summaries, windows::add);
    return windows;
  }

  private void add(TsvTable.Row row) {
    if (!row.isLastWord()) {
      notFinal++;
      return;
    }
    subjects.add(row.text("subject"), row.count("n"));
    long length = sessions ? 0 : length(row);
    if (!byLength.containsKey(length) && byLength.size() == LENGTHS) {
      sessions = true;
      Map<String, Quality> all = new TreeMap<>();
      byLength
          .values()
          .forEach(
              kinds -> kinds.forEach((k, q) -> all.computeIfAbsent(k, x -> new Quality()).add(q)));
      byLength.clear();
      byLength.put(0L, all);
      length = 0;
    }
    Map<String, Quality> kinds = byLength.computeIfAbsent(length, w -> new TreeMap<>());
    String kind = row.text("kind");
    if (kinds.containsKey(kind) || kinds.size() < KINDS) {
      kinds.computeIfAbsent(kind, k -> new Quality()).add(row);
    }
  }

  private static long length(TsvTable.Row row) {
    long start = row.time("window_start");
    long end = row.time("window_end");
    return start == Long.MIN_VALUE || end == Long.MIN_VALUE ? 0 : end - start;
  }

  /** Says whether the row is one of those that are shown. */
  boolean shows(TsvTable.Row row) {
    return row.isLastWord()
        && row.count("n") > 0
        && (sessions || (!byLength.isEmpty() && length(row) == byLength.firstKey()));
  }

  /** Returns the length of the windows that are shown, in seconds; 0 if lengths vary. */
  double width() {
    return sessions || byLength.isEmpty() ? 0 : byLength.firstKey() / 1000.0;
  }

  /** Returns how many rows were no final result. */
  long notFinal() {
    return notFinal;
  }

  /** Returns the subjects with the most measurements. */
  List<String> subjects(int n) {
    return subjects.top(n).stream().map(Map.Entry::getKey).toList();
  }

  /** Returns how many subjects there are, of those that are held. */
  int subjects() {
    return subjects.size();
  }

  /** Returns the quality by kind, the vital signs proper first. */
  Map<String, Quality> byKind() {
    if (byLength.isEmpty()) {
      return Map.of();
    }
    Map<String, Quality> result = new TreeMap<>(Windows::compareKinds);
    result.putAll(byLength.get(byLength.firstKey()));
    return result;
  }

  /** Compares kinds: the vital signs proper first. */
  static int compareKinds(String a, String b) {
    int rankA = ORDER.contains(a) ? ORDER.indexOf(a) : ORDER.size();
    int rankB = ORDER.contains(b) ? ORDER.indexOf(b) : ORDER.size();
    return rankA != rankB ? Integer.compare(rankA, rankB) : a.compareTo(b);
  }
}
