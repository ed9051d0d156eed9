package org.healthbeam.pipelines.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a cohort's alternate alleles are: how frequent, of which types, in equilibrium or not. */
final class SitePlots {
  /** Indels longer than this share the outermost bars. */
  private static final int INDEL = 30;

  private static final List<String> SUBSTITUTIONS =
      List.of("A>G", "G>A", "C>T", "T>C", "A>C", "C>A", "A>T", "T>A", "C>G", "G>C", "G>T", "T>G");
  private static final int TRANSITIONS = 4;

  private final List<Block> blocks = new ArrayList<>();
  private final FrequencySpectrum spectrum = new FrequencySpectrum();
  private final HardyWeinberg hardyWeinberg = new HardyWeinberg();
  private final TopCounts<String> types = new TopCounts<>(1_000);
  private final TopCounts<String> filters = new TopCounts<>(10_000);
  private final long[] indels = new long[2 * INDEL + 1];
  private final long[] substitutions = new long[SUBSTITUTIONS.size()];
  private long alleles;

  private SitePlots() {}

  /** Reads the table of variants. */
  static SitePlots of(Path variants) throws IOException {
    return TsvTable.inParts(variants, SitePlots::new, SitePlots::add, SitePlots::addAll);
  }

  /** Returns how many alternate alleles there are. */
  long alleles() {
    return alleles;
  }

  /** Returns transitions by transversions; not finite if there is no transversion. */
  double tiTv() {
    long transitions = 0;
    long transversions = 0;
    for (int i = 0; i < substitutions.length; i++) {
      if (i < TRANSITIONS) {
        transitions += substitutions[i];
      } else {
        transversions += substitutions[i];
      }
    }
    return transversions == 0 ? Double.NaN : (double) transitions / transversions;
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

  private SitePlots addAll(SitePlots other) {
    spectrum.addAll(other.spectrum);
    hardyWeinberg.addAll(other.hardyWeinberg);
    types.addAll(other.types);
    filters.addAll(other.filters);
    for (int i = 0; i < indels.length; i++) {
      indels[i] += other.indels[i];
    }
    for (int i = 0; i < substitutions.length; i++) {
      substitutions[i] += other.substitutions[i];
    }
    alleles += other.alleles;
    return this;
  }

  private void add(TsvTable.Row row) {
    alleles++;
    String type = row.text("type");
    String ref = row.text("ref").toUpperCase(Locale.ROOT);
    String alt = row.text("alt").toUpperCase(Locale.ROOT);
    types.add(type, 1);
    filters.add(filter(row.text("filter")), 1);
    spectrum.add(row.count("ac"), row.count("an"));
    hardyWeinberg.add(row);
    int substitution = substitution(ref, alt);
    if (substitution >= 0) {
      substitutions[substitution]++;
    }
    if (isIndel(type)) {
      int length = Math.max(-INDEL, Math.min(INDEL, alt.length() - ref.length()));
      indels[length + INDEL]++;
    }
  }

  private static String filter(String filter) {
    return filter.isEmpty() || filter.equals(".") ? "(not filtered)" : filter;
  }

  private static boolean isIndel(String type) {
    return type.regionMatches(true, 0, "ins", 0, 3) || type.regionMatches(true, 0, "del", 0, 3);
  }

  /** Returns which of the twelve substitutions it is, -1 if it is no single one. */
  private static int substitution(String ref, String alt) {
    if (ref.length() != alt.length() || ref.isEmpty()) {
      return -1;
    }
    int at = -1;
    for (int i = 0; i < ref.length(); i++) {
      if (ref.charAt(i) != alt.charAt(i)) {
        if (at >= 0) {
          return -1;
        }
        at = i;
      }
    }
    for (int i = 0; at >= 0 && i < SUBSTITUTIONS.size(); i++) {
      String bases = SUBSTITUTIONS.get(i);
      if (bases.charAt(0) == ref.charAt(at) && bases.charAt(2) == alt.charAt(at)) {
        return i;
      }
    }
    return -1;
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
          "What the caller's own filters said; PASS means that none objected.",
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
