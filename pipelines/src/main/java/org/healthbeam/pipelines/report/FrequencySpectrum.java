package org.healthbeam.pipelines.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The site-frequency spectrum: how many alternate alleles were seen once, twice, and so on. */
final class FrequencySpectrum {
  /** Up to so many chromosomes each count has a bar; with more, bars double in width. */
  private static final int EACH = 64;

  private final long[] exact = new long[EACH + 1];
  private final long[] doubling = new long[64];
  private final long most;
  private long absent;
  private long n;

  /** Takes the cohort's document. */
  FrequencySpectrum(JsonNode cohort) {
    long ploidy = 0;
    for (JsonNode bin : cohort.path("ploidy")) {
      ploidy = Math.max(ploidy, bin.path("ploidy").asLong());
    }
    most = ploidy * cohort.path("n_samples").asLong();
    for (JsonNode bin : cohort.path("frequency_spectrum")) {
      add(bin.path("ac").asLong(), bin.path("n").asLong());
    }
  }

  private void add(long ac, long alleles) {
    n += alleles;
    if (ac <= 0) {
      absent += alleles;
      return;
    }
    if (ac <= EACH) {
      exact[(int) ac] += alleles;
    }
    doubling[63 - Long.numberOfLeadingZeros(ac)] += alleles;
  }

  List<Block> plots() {
    if (n == 0) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    if (most <= EACH) {
      for (int ac = 1; ac <= most; ac++) {
        names.add(String.valueOf(ac));
        counts.add(exact[ac]);
        weights.add(ac < most ? 1.0 / ac : 0.0);
      }
    } else {
      for (int i = 0; i < 63 && 1L << i <= most; i++) {
        long from = 1L << i;
        long to = Math.min(2 * from - 1, most);
        names.add(
            from == to ? String.valueOf(from) : Numbers.count(from) + "\u2013" + Numbers.count(to));
        counts.add(doubling[i]);
        // The sum of 1/k over the bar.
        weights.add(harmonic(to) - harmonic(from - 1));
      }
    }
    long seen = counts.stream().mapToLong(Long::longValue).sum();
    double weight = weights.stream().mapToDouble(Double::doubleValue).sum();
    List<Map<String, Object>> categories = new ArrayList<>();
    List<Double> expected = new ArrayList<>();
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      double neutral = weight > 0 ? seen * weights.get(i) / weight : 0;
      categories.add(Map.of("name", names.get(i)));
      expected.add(Numbers.json(neutral));
      rows.add(List.of(names.get(i), counts.get(i), Numbers.percent(counts.get(i), seen), neutral));
    }
    String note =
        Numbers.count(n)
            + " alternate alleles, of which "
            + Numbers.count(absent)
            + " are in no called genotype and not shown.";
    return List.of(
        new Block.Plot(
            "spectrum",
            "Site-frequency spectrum",
            "How many alternate alleles were seen so many times in the cohort (at most "
                + Numbers.count(most)
                + " called chromosomes). The line is what a neutral population of constant size"
                + " would show; many more singletons mean growth, or errors.",
            true,
            Chart.of(Chart.Kind.BARS)
                .with("horizontal", false)
                .with("categories", categories)
                .with(
                    "series",
                    List.of(Map.of("name", "alternate alleles", "role", "good", "values", counts)))
                .with("line", Map.of("name", "neutral expectation", "values", expected))
                .with("valueName", "alternate alleles")
                .with("categoryName", "allele count in the cohort"),
            new Block.Table(
                "Site-frequency spectrum",
                note,
                List.of(
                    Block.Column.text("Allele count"),
                    Block.Column.number("Alternate alleles"),
                    Block.Column.number("Share"),
                    Block.Column.number("Neutral expectation")),
                rows)));
  }

  /** Returns the sum of 1/k for k up to n. */
  private static double harmonic(long n) {
    if (n < 100) {
      double sum = 0;
      for (long k = n; k >= 1; k--) {
        sum += 1.0 / k;
      }
      return sum;
    }
    return Math.log((double) n) + 0.5772156649015329 + 1.0 / (2.0 * n) - 1.0 / (12.0 * n * n);
  }
}
