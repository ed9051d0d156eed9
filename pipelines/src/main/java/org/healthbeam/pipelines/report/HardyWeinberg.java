package org.healthbeam.pipelines.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Hardy–Weinberg p-values against what chance would give. */
final class HardyWeinberg {
  private static final int POINTS = 300;

  /** The p-values of one test. */
  private static final class Test {
    private final String name;
    private final NavigableMap<Double, Long> counts = new TreeMap<>();
    private long n;

    private Test(String name, JsonNode bins) {
      this.name = name;
      for (JsonNode bin : bins) {
        long alleles = bin.path("n").asLong();
        counts.merge(bin.path("minus_log10_p").asDouble(), alleles, Long::sum);
        n += alleles;
      }
    }

    /** Returns expected and observed −log10 p, the most extreme first, few where they are dense. */
    private List<List<Double>> points() {
      List<List<Double>> points = new ArrayList<>();
      double expectedMost = -Math.log10(0.5 / n);
      double last = Double.POSITIVE_INFINITY;
      long rank = 0;
      for (Map.Entry<Double, Long> size : counts.descendingMap().entrySet()) {
        // The middle of the tie stands for it.
        double expected = -Math.log10((rank + size.getValue() / 2.0) / n);
        rank += size.getValue();
        if (last - expected >= expectedMost / POINTS || rank == n) {
          points.add(List.of(Numbers.json(expected), Numbers.json(size.getKey())));
          last = expected;
        }
      }
      return points;
    }
  }

  private final List<Test> tests;

  /** Takes the cohort's document. */
  HardyWeinberg(JsonNode cohort) {
    tests =
        List.of(
            new Test("mid-p", cohort.path("p_hwe_midp")), new Test("exact", cohort.path("p_hwe")));
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
