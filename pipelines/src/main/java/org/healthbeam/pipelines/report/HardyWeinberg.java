package org.healthbeam.pipelines.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Hardy–Weinberg p-values against what chance would give.
 *
 * <p>Held as counts by −log10 p, in steps of a hundredth: millions of sites take the same memory.
 */
final class HardyWeinberg {
  private static final double STEP = 0.01;
  private static final double MOST = 330;
  private static final int POINTS = 300;

  /** The p-values of one test. */
  private static final class Test {
    private final String name;
    private final String column;
    private final long[] counts = new long[(int) Math.round(MOST / STEP) + 1];
    private long n;

    private Test(String name, String column) {
      this.name = name;
      this.column = column;
    }

    private void add(double p) {
      if (p >= 0 && p <= 1) {
        double size = p == 0 ? MOST : Math.min(MOST, -Math.log10(p));
        counts[(int) Math.round(size / STEP)]++;
        n++;
      }
    }

    private void addAll(Test other) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] += other.counts[i];
      }
      n += other.n;
    }

    /** Returns expected and observed −log10 p, the most extreme first, few where they are dense. */
    private List<List<Double>> points() {
      List<List<Double>> points = new ArrayList<>();
      double expectedMost = -Math.log10(0.5 / n);
      double last = Double.POSITIVE_INFINITY;
      long rank = 0;
      for (int i = counts.length - 1; i >= 0; i--) {
        if (counts[i] == 0) {
          continue;
        }
        // The middle of the tie stands for it.
        double expected = -Math.log10((rank + counts[i] / 2.0) / n);
        rank += counts[i];
        if (last - expected >= expectedMost / POINTS || rank == n) {
          points.add(List.of(Numbers.json(expected), Numbers.json(i * STEP)));
          last = expected;
        }
      }
      return points;
    }
  }

  private final List<Test> tests =
      List.of(new Test("mid-p", "p_hwe_midp"), new Test("exact", "p_hwe"));

  void add(TsvTable.Row row) {
    long ac = row.count("ac");
    if (ac <= 0 || ac >= row.count("an")) {
      // Where all are alike p is 1 whatever happens.
      return;
    }
    for (Test test : tests) {
      test.add(row.number(test.column));
    }
  }

  void addAll(HardyWeinberg other) {
    for (int i = 0; i < tests.size(); i++) {
      tests.get(i).addAll(other.tests.get(i));
    }
  }

  List<Block> plots() {
    List<Map<String, Object>> series = new ArrayList<>();
    List<List<Object>> rows = new ArrayList<>();
    long n = 0;
    for (Test test : tests) {
      if (test.n == 0) {
        continue;
      }
      n = Math.max(n, test.n);
      List<List<Double>> points = test.points();
      series.add(Map.of("name", test.name, "points", points));
      for (List<Double> point : points) {
        rows.add(List.of(test.name, point.get(0), point.get(1)));
      }
    }
    if (series.isEmpty()) {
      return List.of();
    }
    return List.of(
        new Block.Plot(
            "hardy-weinberg",
            "Hardy\u2013Weinberg equilibrium: observed against expected",
            Numbers.count(n)
                + " alternate alleles that vary. On the diagonal is chance; a tail above it is"
                + " sites with wrong genotypes, or relatives and mixed populations. The exact test"
                + " lies below the diagonal where alleles are rare, the mid-p nearer to it. Dense"
                + " parts are thinned, p is rounded to a hundredth of its logarithm.",
            false,
            Chart.of(Chart.Kind.QUANTILES)
                .with("series", series)
                .with("xName", "expected \u2212log10 p")
                .with("yName", "observed \u2212log10 p"),
            new Block.Table(
                "Hardy\u2013Weinberg: the points",
                "",
                List.of(
                    Block.Column.text("Test"),
                    Block.Column.number("Expected \u2212log10 p"),
                    Block.Column.number("Observed \u2212log10 p")),
                rows)));
  }
}
