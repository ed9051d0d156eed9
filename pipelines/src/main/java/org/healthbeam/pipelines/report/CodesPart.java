package org.healthbeam.pipelines.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.annotation.Nullable;

/** What became of the codes: coverage, what is missing, relationships, maps. */
final class CodesPart {
  /** Distinct codes that are told apart before the rarest are forgotten. */
  private static final int DISTINCT = 100_000;

  private static final int TOP = 25;

  private static final List<String> OUTCOMES =
      List.of("mapped", "ambiguous", "fallback", "not-mappable", "unmapped", "invalid", "rejected");

  /** A source code as it stood in the data. */
  private record Code(String system, String code, String display) implements Comparable<Code> {
    private static final Comparator<Code> ORDER =
        Comparator.comparing(Code::system).thenComparing(Code::code).thenComparing(Code::display);

    @Override
    public int compareTo(Code that) {
      return ORDER.compare(this, that);
    }
  }

  /** A source code with one of the targets that it got, and whether that hangs on a property. */
  private record Choice(Code source, String system, String target, boolean conditional)
      implements Comparable<Choice> {
    private static final Comparator<Choice> ORDER =
        Comparator.comparing(Choice::source)
            .thenComparing(Choice::system)
            .thenComparing(Choice::target)
            .thenComparing(Choice::conditional);

    @Override
    public int compareTo(Choice that) {
      return ORDER.compare(this, that);
    }
  }

  private final TopCounts<Code> unmapped = new TopCounts<>(DISTINCT);
  private final TopCounts<Choice> ambiguous = new TopCounts<>(DISTINCT);
  private final TopCounts<String> relationships = new TopCounts<>(1_000);
  private final TopCounts<String> maps = new TopCounts<>(1_000);
  private final TopCounts<String> routes = new TopCounts<>(1_000);
  private final List<Block> blocks = new ArrayList<>();
  private long rows;

  private CodesPart() {}

  /** Returns the section, or null if the run wrote none of its files. */
  @Nullable
  static Section of(RunFolder run) throws IOException {
    if (!run.hasAny("coverage", "translations")) {
      return null;
    }
    CodesPart part = new CodesPart();
    part.coverage(run);
    part.rows = TsvTable.forEach(run.table("translations"), part::add);
    part.missing();
    part.choices();
    part.mix();
    return new Section(
        "codes",
        "Codes",
        "What the maps made of the codes in the data. A code that no map knows stays in the"
            + " resource as it was, and is counted here.",
        part.blocks);
  }

  private void add(TsvTable.Row row) {
    Code source =
        new Code(row.text("source_system"), row.text("source_code"), row.text("source_display"));
    switch (row.text("outcome")) {
      case "unmapped" -> unmapped.add(source, 1);
      case "ambiguous" -> {
        String relationship = row.text("relationship");
        if (!row.text("target_code").isEmpty() && !relationship.equals("not-related-to")) {
          ambiguous.add(
              new Choice(source, row.text("target_system"), target(row), relationship.isEmpty()),
              1);
        }
      }
      default -> {}
    }
    if (!row.text("target_code").isEmpty()) {
      String relationship = row.text("relationship");
      relationships.add(relationship.isEmpty() ? "(not said)" : relationship, 1);
      routes.add(
          named(row.text("source_system")) + " \u2192 " + named(row.text("target_system")), 1);
    }
    if (!row.text("map_url").isEmpty()) {
      maps.add(row.text("map_url") + "|" + row.text("map_version"), 1);
    }
  }

  private static String target(TsvTable.Row row) {
    String code = row.text("target_code");
    String display = row.text("target_display");
    return display.isEmpty() ? code : code + " " + display;
  }

  private void coverage(RunFolder run) throws IOException {
    Map<String, Map<String, Long>> bySystem = new TreeMap<>();
    Map<String, Long> all = new LinkedHashMap<>();
    OUTCOMES.forEach(o -> all.put(o, 0L));
    TsvTable.forEach(
        run.table("coverage"),
        row -> {
          String outcome = row.text("outcome");
          long n = row.count("n");
          all.merge(outcome, n, Long::sum);
          bySystem
              .computeIfAbsent(named(row.text("source_system")), s -> new TreeMap<>())
              .merge(outcome, n, Long::sum);
        });
    all.values().removeIf(n -> n == 0);
    long total = all.values().stream().mapToLong(Long::longValue).sum();
    long mapped = all.getOrDefault("mapped", 0L);
    blocks.add(
        new Block.Figures(
            List.of(
                new Block.Figure(Numbers.count(total), "codings", false),
                new Block.Figure(Numbers.percent(mapped, total), "mapped", false),
                new Block.Figure(Numbers.count(bySystem.size()), "code systems", false),
                new Block.Figure(
                    Numbers.count(all.getOrDefault("unmapped", 0L)), "unmapped", false))));
    List<String> systems = new ArrayList<>(bySystem.keySet());
    systems.sort(Comparator.comparing((String s) -> -sum(bySystem.get(s))));
    int hidden = Math.max(0, systems.size() - TOP);
    systems = systems.subList(0, systems.size() - hidden);

    List<Map<String, Object>> categories = new ArrayList<>();
    List<List<Object>> table = new ArrayList<>();
    for (String system : systems) {
      Map<String, Long> counts = bySystem.get(system);
      categories.add(Map.of("name", system, "end", Numbers.count(sum(counts)) + " codings"));
      List<Object> cells = new ArrayList<>();
      cells.add(system);
      cells.add(sum(counts));
      all.keySet().forEach(o -> cells.add(counts.getOrDefault(o, 0L)));
      cells.add(Numbers.percent(counts.getOrDefault("mapped", 0L), sum(counts)));
      table.add(cells);
    }
    List<Map<String, Object>> series = new ArrayList<>();
    for (String outcome : all.keySet()) {
      List<Long> values = new ArrayList<>();
      systems.forEach(s -> values.add(bySystem.get(s).getOrDefault(outcome, 0L)));
      series.add(Map.of("name", outcome, "role", Roles.of(outcome), "values", values));
    }
    List<Block.Column> columns = new ArrayList<>();
    columns.add(Block.Column.text("Code system"));
    columns.add(Block.Column.number("Codings"));
    all.keySet().forEach(o -> columns.add(Block.Column.number(o)));
    columns.add(Block.Column.number("Mapped"));
    String note = hidden == 0 ? "" : Numbers.count(hidden) + " more code systems are not shown.";
    blocks.add(
        new Block.Plot(
            "coverage",
            "Coverage by code system",
            "Each bar is one code system of the source, most frequent first, as the share of its"
                + " codings; the longer the blue part, the more was mapped. "
                + note,
            true,
            Chart.of(Chart.Kind.BARS)
                .with("horizontal", true)
                .with("share", true)
                .with("categories", categories)
                .with("series", series)
                .with("valueName", "share of the system's codings (%)")
                .with("categoryName", "code system"),
            new Block.Table("Codings by code system and outcome", note, columns, table)));
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private void missing() {
    List<List<Object>> table = new ArrayList<>();
    long shown = 0;
    for (Map.Entry<Code, Long> e : unmapped.top(TOP)) {
      Code code = e.getKey();
      table.add(List.of(named(code.system()), code.code(), code.display(), e.getValue()));
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
    // Every coding of a code has one row for each target, so the most frequent target tells how
    // many codings there were.
    Map<Code, Long> codings = new TreeMap<>();
    Map<Code, Map<String, List<Choice>>> bySystem = new TreeMap<>();
    for (Map.Entry<Choice, Long> e : ambiguous.top(ambiguous.size())) {
      Choice choice = e.getKey();
      codings.merge(choice.source(), e.getValue(), Long::max);
      bySystem
          .computeIfAbsent(choice.source(), c -> new TreeMap<>())
          .computeIfAbsent(choice.system(), s -> new ArrayList<>())
          .add(choice);
    }
    // A target that is the only one of its system was taken, whatever the others are.
    Map<Code, List<String>> targets = new TreeMap<>();
    bySystem.forEach(
        (code, systems) -> {
          List<String> open = new ArrayList<>();
          systems.values().stream()
              .filter(all -> all.stream().filter(c -> !c.conditional()).count() != 1)
              .forEach(all -> all.forEach(c -> open.add(c.target())));
          targets.put(code, open);
        });
    List<Code> order = new ArrayList<>(codings.keySet());
    order.sort(Comparator.comparing((Code c) -> -codings.get(c)));
    List<List<Object>> table = new ArrayList<>();
    for (Code code : order.subList(0, Math.min(TOP, order.size()))) {
      List<String> all = targets.get(code);
      table.add(
          List.of(
              named(code.system()),
              code.code(),
              code.display(),
              codings.get(code),
              (long) all.size(),
              all.stream().limit(4).collect(Collectors.joining("; "))
                  + (all.size() > 4 ? "; \u2026" : "")));
    }
    int hidden = order.size() - table.size();
    blocks.add(
        new Block.Table(
            "Most frequent ambiguous codes",
            "Several targets in one system where the policy wants one, or one that depends on a"
                + " property. "
                + (hidden > 0 ? Numbers.count(hidden) + " more codes are not shown." : ""),
            List.of(
                Block.Column.text("Code system"),
                Block.Column.text("Code"),
                Block.Column.text("Display"),
                Block.Column.number("Codings"),
                Block.Column.number("Targets"),
                Block.Column.text("The targets")),
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
            Numbers.count(rows) + " rows of translations in all.",
            List.of(
                Block.Column.text("Map"),
                Block.Column.text("Version"),
                Block.Column.number("Rows answered")),
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

  /** Returns the name that people use for a system, or its URI. */
  private static String named(String system) {
    return switch (system) {
      case "" -> "(no system)";
      case "http://snomed.info/sct" -> "SNOMED CT";
      case "http://loinc.org" -> "LOINC";
      case "http://www.nlm.nih.gov/research/umls/rxnorm" -> "RxNorm";
      case "http://hl7.org/fhir/sid/icd-10-cm" -> "ICD-10-CM";
      case "http://hl7.org/fhir/sid/icd-9-cm" -> "ICD-9-CM";
      case "http://hl7.org/fhir/sid/cvx" -> "CVX";
      case "http://unitsofmeasure.org" -> "UCUM";
      case "https://fhir-terminology.ohdsi.org" -> "OMOP";
      default -> shortened(system);
    };
  }

  /** The ends of long names tell them apart, and bars have no room for more. */
  private static String shortened(String system) {
    String hl7 = "http://terminology.hl7.org/CodeSystem/";
    String usCore = "http://hl7.org/fhir/us/core/CodeSystem/";
    if (system.startsWith(hl7)) {
      return "HL7 " + system.substring(hl7.length());
    }
    return system.startsWith(usCore) ? "US Core " + system.substring(usCore.length()) : system;
  }
}
