package org.healthbeam.pipelines.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The samples that lie far from the others in a measure, the farthest first. */
final class SampleOutliers {
  private static final int ROWS = 50;

  /** A sample that lies outside in one measure, and by how many deviations. */
  private record Outlier(
      String sample, String measure, double value, double median, double deviations) {}

  private final List<Outlier> found = new ArrayList<>();
  private final Set<String> samples = new HashSet<>();

  /**
   * Takes a sample that lies outside.
   *
   * @param spread one deviation, scaled to a standard deviation
   */
  void add(String sample, String measure, double value, double median, double spread) {
    samples.add(sample);
    found.add(new Outlier(sample, measure, value, median, (value - median) / spread));
  }

  /** Returns how many samples lie outside in any measure. */
  int samples() {
    return samples.size();
  }

  /** Returns a table that names them, or nothing if there is none. */
  List<Block> table() {
    if (found.isEmpty()) {
      return List.of();
    }
    List<Outlier> farthest =
        found.stream()
            .sorted(
                Comparator.comparingDouble((Outlier o) -> -Math.abs(o.deviations))
                    .thenComparing(Outlier::sample)
                    .thenComparing(Outlier::measure))
            .limit(ROWS)
            .toList();
    List<List<Object>> rows = new ArrayList<>();
    for (Outlier o : farthest) {
      rows.add(
          List.of(
              o.sample,
              o.measure,
              o.value,
              o.median,
              (o.deviations > 0 ? "+" : "\u2212") + Numbers.shortly(Math.abs(o.deviations))));
    }
    int rest = found.size() - farthest.size();
    return List.of(
        new Block.Table(
            "Samples that stand out",
            "More than "
                + Numbers.shortly(SamplePlots.DEVIATIONS)
                + " deviations from the median of the cohort, the farthest first. "
                + (rest > 0 ? Numbers.count(rest) + " more are diamonds in the plots." : ""),
            List.of(
                Block.Column.text("Sample"),
                Block.Column.text("Measure"),
                Block.Column.number("Value"),
                Block.Column.number("Median"),
                Block.Column.text("Deviations")),
            rows));
  }
}
