package org.healthbeam.pipelines.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.annotation.Nullable;
import org.healthbeam.pipelines.report.Spellings.Code;

/** What became of the codes: coverage, what is missing, relationships, maps. */
final class CodesPart {
  /** Distinct codes that are told apart before the rarest are forgotten. */
  private static final int DISTINCT = 100_000;

  private static final int TOP = 25;

  /** A source code with one of the targets that are not decided. */
  private record Choice(Code source, String target) implements Comparable<Choice> {
    private static final Comparator<Choice> ORDER =
        Comparator.comparing(Choice::source).thenComparing(Choice::target);

    @Override
    public int compareTo(Choice that) {
      return ORDER.compare(this, that);
    }
  }

  /** A source code for which no element of a map stood, and what stood in. */
  private record Fallback(Code source, String target, String map) implements Comparable<Fallback> {
    private static final Comparator<Fallback> ORDER =
        Comparator.comparing(Fallback::source)
            .thenComparing(Fallback::target)
            .thenComparing(Fallback::map);

    @Override
    public int compareTo(Fallback that) {
      return ORDER.compare(this, that);
    }
  }

  private final OutcomeBars bySystem = new OutcomeBars();
  private final OutcomeBars byType = new OutcomeBars();
  private final Spellings spellings = new Spellings(DISTINCT);
  private final TopCounts<Code> unmapped = new TopCounts<>(DISTINCT);
  private final TopCounts<Code> ambiguous = new TopCounts<>(DISTINCT);
  private final TopCounts<Choice> choices = new TopCounts<>(DISTINCT);
  private final TopCounts<Fallback> fallbacks = new TopCounts<>(DISTINCT);
  private final TopCounts<String> relationships = new TopCounts<>(1_000);
  private final TopCounts<String> maps = new TopCounts<>(1_000);
  private final TopCounts<String> routes = new TopCounts<>(1_000);
  private final List<Block> blocks = new ArrayList<>();

  private Map<Code, String> displays = Map.of();

  private CodesPart() {}

  /** Returns the section, or null if the run wrote none of its files. */
  @Nullable
  static Section of(RunFolder run) throws IOException {
    if (!run.hasAny("coverage", "codes")) {
      return null;
    }
    CodesPart part = new CodesPart();
    part.coverage(run);
    TsvTable.forEach(run.table("codes"), part::add);
    part.displays = part.spellings.best();
    part.types();
    part.missing();
    part.choices();
    part.standIns();
    part.mix();
    CodeChanges.of(run).ifPresent(part.blocks::add);
    LeftOutMaps.of(run).ifPresent(part.blocks::add);
    return new Section(
        "codes",
        "Codes",
        "What the maps made of the codes in the data. A code that no map knows stays in the"
            + " resource as it was, and is counted here.",
        part.blocks);
  }

  private void add(TsvTable.Row row) {
    Code source = Spellings.of(row);
    long n = row.count("n");
    // The answers to one code have one row each; the first stands for the codings.
    if (row.count("answer") <= 1) {
      spellings.add(row);
      byType.add(row.text("resource_type"), row.text("outcome"), n);
      switch (row.text("outcome")) {
        case "unmapped" -> unmapped.add(source, n);
        case "ambiguous" -> ambiguous.add(source, n);
        default -> {}
      }
    }
    String relationship = row.text("relationship");
    boolean hasTarget = !target(row).isEmpty();
    boolean taken = row.text("taken").equals("true");
    if (row.text("outcome").equals("ambiguous")
        && hasTarget
        && !taken
        && !relationship.equals("not-related-to")) {
      choices.add(new Choice(source, target(row)), n);
    }
    if (taken && row.text("fallback").equals("true")) {
      fallbacks.add(new Fallback(source, target(row), map(row)), n);
    }
    if (hasTarget) {
      relationships.add(relationship.isEmpty() ? "(not said)" : relationship, n);
      routes.add(
          SystemNames.named(row.text("source_system"))
              + " \u2192 "
              + SystemNames.named(row.text("target_system")),
          n);
    }
    if (!row.text("map_url").isEmpty()) {
      maps.add(map(row), n);
    }
  }

  private String display(Code code) {
    return displays.getOrDefault(code, "");
  }

  private static String map(TsvTable.Row row) {
    return row.text("map_url") + "|" + row.text("map_version");
  }

  private static String target(TsvTable.Row row) {
    String code = row.text("target_code");
    String display = row.text("target_display");
    return display.isEmpty() ? code : code + " " + display;
  }

  private void coverage(RunFolder run) throws IOException {
    TsvTable.forEach(
        run.table("coverage"),
        row ->
            bySystem.add(
                SystemNames.named(row.text("source_system")), row.text("outcome"), row.count("n")));
    blocks.add(
        new Block.Figures(
            List.of(
                new Block.Figure(Numbers.count(bySystem.total()), "codings", false),
                new Block.Figure(
                    Numbers.percent(bySystem.total("mapped"), bySystem.total()), "mapped", false),
                new Block.Figure(Numbers.count(bySystem.size()), "code systems", false),
                new Block.Figure(Numbers.count(bySystem.total("unmapped")), "unmapped", false))));
    blocks.add(
        bySystem.plot(
            "coverage",
            "Coverage by code system",
            "Each bar is one code system of the source, most frequent first, as the share of its"
                + " codings; the longer the blue part, the more was mapped.",
            "code system"));
  }

  private void types() {
    if (byType.total() > 0) {
      blocks.add(
          byType.plot(
              "resource-types",
              "Coverage by resource type",
              "The same codings by the type of the resource that they stand in.",
              "resource type"));
    }
  }

  private void missing() {
    List<List<Object>> table = new ArrayList<>();
    long shown = 0;
    for (Map.Entry<Code, Long> e : unmapped.top(TOP)) {
      Code code = e.getKey();
      table.add(
          List.of(SystemNames.named(code.system()), code.code(), display(code), e.getValue()));
      shown += e.getValue();
    }
    blocks.add(
        new Block.Table(
            "Most frequent codes without a map",
            rest(unmapped.total() - shown, unmapped.error()),
            List.of(
                Block.Column.text("Code system"),
                Block.Column.text("Code"),
                Block.Column.text("Display"),
                Block.Column.number("Codings")),
            table));
  }

  private void choices() {
    Map<Code, List<String>> targets = new TreeMap<>();
    for (Map.Entry<Choice, Long> e : choices.top(choices.size())) {
      targets.computeIfAbsent(e.getKey().source(), c -> new ArrayList<>()).add(e.getKey().target());
    }
    List<List<Object>> table = new ArrayList<>();
    for (Map.Entry<Code, Long> e : ambiguous.top(TOP)) {
      Code code = e.getKey();
      List<String> all = targets.getOrDefault(code, List.of());
      table.add(
          List.of(
              SystemNames.named(code.system()),
              code.code(),
              display(code),
              e.getValue(),
              (long) all.size(),
              all.stream().limit(4).collect(Collectors.joining("; "))
                  + (all.size() > 4 ? "; \u2026" : "")));
    }
    int hidden = ambiguous.size() - table.size();
    blocks.add(
        new Block.Table(
            "Most frequent ambiguous codes",
            "Several targets in one system where the policy wants one, or one that depends on a"
                + " property. "
                + (hidden > 0 ? Numbers.count(hidden) + " more codes are not shown." : "")
                + rest(0, ambiguous.error()),
            List.of(
                Block.Column.text("Code system"),
                Block.Column.text("Code"),
                Block.Column.text("Display"),
                Block.Column.number("Codings"),
                Block.Column.number("Targets"),
                Block.Column.text("The targets")),
            table));
  }

  private void standIns() {
    if (fallbacks.total() == 0) {
      return;
    }
    List<List<Object>> table = new ArrayList<>();
    long shown = 0;
    for (Map.Entry<Fallback, Long> e : fallbacks.top(TOP)) {
      Fallback each = e.getKey();
      table.add(
          List.of(
              SystemNames.named(each.source().system()),
              each.source().code(),
              display(each.source()),
              e.getValue(),
              each.target(),
              each.map()));
      shown += e.getValue();
    }
    blocks.add(
        new Block.Table(
            "Where a fallback was used",
            "No element of a map names these codes; its rule for such codes answered. "
                + rest(fallbacks.total() - shown, fallbacks.error()),
            List.of(
                Block.Column.text("Code system"),
                Block.Column.text("Code"),
                Block.Column.text("Display"),
                Block.Column.number("Codings"),
                Block.Column.text("Target"),
                Block.Column.text("Map")),
            table));
  }

  private void mix() {
    counted(
        "relationships",
        "Relationships of the targets",
        "How the target relates to the source code, over all "
            + Numbers.count(relationships.total())
            + " targets. Equivalent says the same; the others lose or add meaning.",
        "relationship",
        "targets",
        relationships);
    counted(
        "routes",
        "From which system to which",
        "How many targets each pair of source and target system got.",
        "systems",
        "targets",
        routes);
    List<List<Object>> table = new ArrayList<>();
    for (Map.Entry<String, Long> e : maps.top(TOP)) {
      int bar = e.getKey().lastIndexOf('|');
      table.add(List.of(e.getKey().substring(0, bar), e.getKey().substring(bar + 1), e.getValue()));
    }
    blocks.add(
        new Block.Table(
            "Maps that answered",
            Numbers.count(maps.total()) + " answers in all.",
            List.of(
                Block.Column.text("Map"),
                Block.Column.text("Version"),
                Block.Column.number("Answers")),
            table));
  }

  private void counted(
      String id, String title, String how, String name, String unit, TopCounts<String> counts) {
    if (counts.total() == 0) {
      return;
    }
    List<Map<String, Object>> categories = new ArrayList<>();
    List<Long> values = new ArrayList<>();
    List<List<Object>> table = new ArrayList<>();
    long shown = 0;
    for (Map.Entry<String, Long> e : counts.top(12)) {
      categories.add(
          Map.of(
              "name",
              e.getKey(),
              "end",
              Numbers.count(e.getValue())
                  + " ("
                  + Numbers.percent(e.getValue(), counts.total())
                  + ")"));
      values.add(e.getValue());
      table.add(List.of(e.getKey(), e.getValue(), Numbers.percent(e.getValue(), counts.total())));
      shown += e.getValue();
    }
    blocks.add(
        new Block.Plot(
            id,
            title,
            how,
            false,
            Chart.of(Chart.Kind.BARS)
                .with("horizontal", true)
                .with("categories", categories)
                .with("series", List.of(Map.of("name", unit, "role", "good", "values", values)))
                .with("valueName", unit)
                .with("categoryName", name),
            new Block.Table(
                title,
                rest(counts.total() - shown, counts.error()),
                List.of(
                    Block.Column.text(name),
                    Block.Column.number(unit),
                    Block.Column.number("share")),
                table)));
  }

  private static String rest(long rest, long error) {
    return (rest > 0 ? Numbers.count(rest) + " more are not shown." : "")
        + (error > 0
            ? " So many differ that a count may be too low by up to " + Numbers.count(error) + "."
            : "");
  }
}
