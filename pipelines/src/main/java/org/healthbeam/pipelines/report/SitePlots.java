package org.healthbeam.pipelines.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a cohort's alternate alleles are: how frequent, of which types, in equilibrium or not. */
final class SitePlots {
  /** Indels longer than this share the outermost bars. */
  private static final int INDEL = 30;

  private static final List<String> SUBSTITUTIONS =
      List.of("A>G", "G>A", "C>T", "T>C", "A>C", "C>A", "A>T", "T>A", "C>G", "G>C", "G>T", "T>G");
  private static final int TRANSITIONS = 4;

  /** Which counter of alternates has which type. */
  private static final Map<String, String> TYPES =
      Map.of(
          "n_snp", "snp",
          "n_ins", "insertion",
          "n_del", "deletion",
          "n_mnp", "mnp",
          "n_complex", "complex",
          "n_star", "star",
          "n_symbolic", "symbolic or breakend");

  private final List<Block> blocks = new ArrayList<>();
  private final FrequencySpectrum spectrum;
  private final HardyWeinberg hardyWeinberg;
  private final TopCounts<String> types = new TopCounts<>(1_000);
  private final TopCounts<String> filters = new TopCounts<>(10_000);
  private final long[] indels = new long[2 * INDEL + 1];
  private final long[] substitutions = new long[SUBSTITUTIONS.size()];
  private final long alleles;
  private final double tiTv;

  private SitePlots(JsonNode cohort) {
    alleles = cohort.path("n_alleles").asLong();
    tiTv = cohort.path("ti_tv").asDouble(Double.NaN);
    TYPES.forEach((counter, type) -> types.add(type, cohort.path(counter).asLong()));
    cohort
        .path("by_filter")
        .fields()
        .forEachRemaining(
            filter ->
                filters.add(name(filter.getKey()), filter.getValue().path("n_alleles").asLong()));
    for (int i = 0; i < substitutions.length; i++) {
      substitutions[i] = cohort.path("substitutions").path(SUBSTITUTIONS.get(i)).asLong();
    }
    for (JsonNode bin : cohort.path("indel_lengths")) {
      int length = Math.max(-INDEL, Math.min(INDEL, bin.path("length").asInt()));
      indels[length + INDEL] += bin.path("n").asLong();
    }
    spectrum = new FrequencySpectrum(cohort);
    hardyWeinberg = new HardyWeinberg(cohort);
  }

  /** Takes the cohort's document, which tells of all variants however large their table is. */
  static SitePlots of(JsonNode cohort) {
    return new SitePlots(cohort);
  }

  /** Returns how many alternate alleles there are. */
  long alleles() {
    return alleles;
  }

  /** Returns transitions by transversions; not finite if there is no transversion. */
  double tiTv() {
    return tiTv;
  }

  /** Returns the plots, none if there is no allele. */
  List<Block> plots() {
    if (alleles > 0) {
      blocks.addAll(spectrum.plots());
      types();
      substitutions();
      indels();
      blocks.addAll(hardyWeinberg.plots());
    }
    return blocks;
  }

  private static String name(String filter) {
    return filter.isEmpty() || filter.equals(".") ? "(not filtered)" : filter;
  }

  private void types() {
    bars(
        "variant-types",
        "Alternate alleles by type",
        "One bar for each type of allele; most of a genome's are SNPs.",
        "type",
        types);
    if (filters.size() > 1) {
      bars(
          "variant-filters",
          "Alternate alleles by FILTER",
          "What the caller's own filters said; PASS means that none objected. A record with several"
              + " counts under each.",
          "FILTER",
          filters);
    }
  }

  private void bars(String id, String title, String how, String name, TopCounts<String> counts) {
    List<Map<String, Object>> categories = new ArrayList<>();
    List<Long> values = new ArrayList<>();
    List<List<Object>> table = new ArrayList<>();
    long shown = 0;
    for (Map.Entry<String, Long> e : counts.top(12)) {
      String share = Numbers.percent(e.getValue(), counts.total());
      categories.add(
          Map.of("name", e.getKey(), "end", Numbers.count(e.getValue()) + " (" + share + ")"));
      values.add(e.getValue());
      table.add(List.of(e.getKey(), e.getValue(), share));
      shown += e.getValue();
    }
    long rest = counts.total() - shown;
    blocks.add(
        new Block.Plot(
            id,
            title,
            how,
            false,
            Chart.of(Chart.Kind.BARS)
                .with("horizontal", true)
                .with("categories", categories)
                .with(
                    "series",
                    List.of(Map.of("name", "alternate alleles", "role", "good", "values", values)))
                .with("valueName", "alternate alleles")
                .with("categoryName", name),
            new Block.Table(
                title,
                rest > 0 ? Numbers.count(rest) + " more of rarer kinds." : "",
                List.of(
                    Block.Column.text(name),
                    Block.Column.number("alternate alleles"),
                    Block.Column.number("share")),
                table)));
  }

  private void substitutions() {
    List<Map<String, Object>> categories = new ArrayList<>();
    List<Long> transitions = new ArrayList<>();
    List<Long> transversions = new ArrayList<>();
    List<List<Object>> table = new ArrayList<>();
    for (int i = 0; i < substitutions.length; i++) {
      boolean transition = i < TRANSITIONS;
      categories.add(Map.of("name", SUBSTITUTIONS.get(i)));
      transitions.add(transition ? substitutions[i] : 0);
      transversions.add(transition ? 0 : substitutions[i]);
      table.add(
          List.of(
              SUBSTITUTIONS.get(i), transition ? "transition" : "transversion", substitutions[i]));
    }
    blocks.add(
        new Block.Plot(
            "substitutions",
            "Substitutions",
            "One bar for each of the twelve substitutions, reference first; complementary pairs"
                + " (A>G and T>C) should be alike, and transitions about twice the transversions in"
                + " a whole human genome.",
            false,
            Chart.of(Chart.Kind.BARS)
                .with("horizontal", false)
                .with("categories", categories)
                .with(
                    "series",
                    List.of(
                        Map.of("name", "transition", "role", "good", "values", transitions),
                        Map.of("name", "transversion", "role", "warn", "values", transversions)))
                .with("valueName", "alternate alleles")
                .with("categoryName", "substitution"),
            new Block.Table(
                "Substitutions",
                "",
                List.of(
                    Block.Column.text("Substitution"),
                    Block.Column.text("Class"),
                    Block.Column.number("Alternate alleles")),
                table)));
  }

  private void indels() {
    int first = 0;
    int last = indels.length - 1;
    while (first < INDEL && indels[first] == 0 && indels[last] == 0) {
      first++;
      last--;
    }
    if (first == INDEL) {
      return;
    }
    List<Map<String, Object>> categories = new ArrayList<>();
    List<Long> deletions = new ArrayList<>();
    List<Long> insertions = new ArrayList<>();
    List<List<Object>> table = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      int length = i - INDEL;
      String name =
          (length > 0 ? "+" : length < 0 ? "\u2212" : "")
              + Math.abs(length)
              + (Math.abs(length) == INDEL ? " or more" : "");
      categories.add(Map.of("name", name));
      deletions.add(length < 0 ? indels[i] : 0);
      insertions.add(length > 0 ? indels[i] : 0);
      table.add(List.of(name, indels[i]));
    }
    blocks.add(
        new Block.Plot(
            "indels",
            "Lengths of insertions and deletions",
            "Left of 0 are bases deleted, right of it bases inserted; short ones should be the most"
                + " frequent, and in coding regions multiples of three stand out.",
            false,
            Chart.of(Chart.Kind.BARS)
                .with("horizontal", false)
                .with("categories", categories)
                .with(
                    "series",
                    List.of(
                        Map.of("name", "deletion", "role", "warn", "values", deletions),
                        Map.of("name", "insertion", "role", "good", "values", insertions)))
                .with("valueName", "alternate alleles")
                .with("categoryName", "change of length (bases)"),
            new Block.Table(
                "Lengths of insertions and deletions",
                "",
                List.of(
                    Block.Column.text("Change of length (bases)"),
                    Block.Column.number("Alternate alleles")),
                table)));
  }
}
