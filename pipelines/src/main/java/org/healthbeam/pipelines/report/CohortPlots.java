package org.healthbeam.pipelines.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Histograms over all genotypes and sites, which only {@code cohort.json} has. */
final class CohortPlots {
  private static final int BARS = 50;
  private static final long[] WIDTHS = {1, 2, 5, 10, 20, 50, 100};

  /** A histogram of the document. */
  private record Kind(
      String id, String field, String key, String title, String how, String axis, String unit) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "dp",
              "dp",
              "dp",
              "Depth of the called genotypes",
              "How many genotypes were called from so many reads; a second hump, or a long tail to"
                  + " the right, points at repeats that were collapsed.",
              "depth (reads)",
              "genotypes"),
          new Kind(
              "gq",
              "gq",
              "gq",
              "Quality of the called genotypes",
              "How many genotypes have so much confidence; below 20 more than one in a hundred is"
                  + " expected to be wrong.",
              "genotype quality (phred)",
              "genotypes"),
          new Kind(
              "missing-by-site",
              "missing_by_site",
              "percent",
              "Missingness by site",
              "How many sites lack a call in so many per cent of the samples; most should be at the"
                  + " left.",
              "samples without a call (%)",
              "sites"));

  private CohortPlots() {}

  static List<Block> of(JsonNode cohort) {
    List<Block> plots = new ArrayList<>();
    for (Kind kind : KINDS) {
      SortedMap<Long, Long> counts = new TreeMap<>();
      for (JsonNode bin : cohort.path(kind.field)) {
        counts.merge(bin.path(kind.key).asLong(), bin.path("n").asLong(), Long::sum);
      }
      counts.values().removeIf(n -> n <= 0);
      if (!counts.isEmpty()) {
        plots.add(plot(kind, counts));
      }
    }
    return plots;
  }

  private static Block plot(Kind kind, SortedMap<Long, Long> counts) {
    long from = counts.firstKey();
    long to = counts.lastKey();
    long width = WIDTHS[WIDTHS.length - 1];
    for (int i = WIDTHS.length - 1; i >= 0; i--) {
      if (to / WIDTHS[i] - from / WIDTHS[i] < BARS) {
        width = WIDTHS[i];
      }
    }
    List<Map<String, Object>> categories = new ArrayList<>();
    List<Long> values = new ArrayList<>();
    List<List<Object>> rows = new ArrayList<>();
    for (long bin = from / width; bin <= to / width; bin++) {
      long first = bin * width;
      long last = first + width - 1;
      long n = counts.subMap(first, last + 1).values().stream().mapToLong(Long::longValue).sum();
      String name = width == 1 ? String.valueOf(first) : first + "\u2013" + last;
      categories.add(Map.of("name", name));
      values.add(n);
      rows.add(List.of(name, n));
    }
    return new Block.Plot(
        kind.id,
        kind.title,
        kind.how,
        false,
        Chart.of(Chart.Kind.BARS)
            .with("horizontal", false)
            .with("categories", categories)
            .with("series", List.of(Map.of("name", kind.unit, "role", "good", "values", values)))
            .with("valueName", kind.unit)
            .with("categoryName", kind.axis),
        new Block.Table(
            kind.title,
            "",
            List.of(Block.Column.text(kind.axis), Block.Column.number(kind.unit)),
            rows));
  }
}
