package org.healthbeam.pipelines.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tables of {@code cohort.json}: by filter, known and novel, by population, and in all. */
final class CohortTables {
  private static final int ROWS = 50;

  private static final List<String> BY_FILTER =
      List.of(
          "n_records",
          "n_filtered_out",
          "n_alleles",
          "n_snp",
          "n_ins",
          "n_del",
          "ti_tv",
          "het_hom",
          "call_rate");
  private static final List<String> BY_POPULATION =
      List.of(
          "n_samples",
          "n_alleles",
          "n_snp",
          "n_ins",
          "n_del",
          "n_singleton",
          "n_private",
          "ti_tv",
          "het_hom",
          "call_rate");

  private CohortTables() {}

  /** Returns a table for each part that the document has. */
  static List<Block> of(JsonNode cohort) {
    List<Block> blocks = new ArrayList<>();
    JsonNode filters = cohort.path("by_filter");
    if (filters.size() > 1) {
      blocks.add(
          byName(
              "By FILTER",
              "A record with several filters counts under each; genotypes of records left out by"
                  + " --filters are not counted. ",
              "FILTER",
              BY_FILTER,
              filters));
    }
    if (cohort.has("known")) {
      blocks.add(known(cohort.path("known")));
    }
    JsonNode populations = cohort.path("populations");
    if (populations.isObject()) {
      blocks.add(new Block.Note(told(populations), false));
      blocks.add(
          byName(
              "By population",
              "Alternates are those called in the population; private ones are called in no sample"
                  + " outside it. ",
              "population",
              BY_POPULATION,
              populations.path("by_population")));
    }
    return blocks;
  }

  private static String told(JsonNode populations) {
    return "%s samples have a population and %s have none; the table has %s samples that are not in"
            .formatted(
                count(populations, "n_samples_with_population"),
                count(populations, "n_samples_without_population"),
                count(populations, "n_unknown_samples"))
        + " the VCF, and %s populations without a sample."
            .formatted(count(populations, "n_populations_without_sample"));
  }

  private static String count(JsonNode node, String field) {
    return Numbers.count(node.path(field).asLong());
  }

  private static Block.Table byName(
      String title, String note, String name, List<String> counters, JsonNode rows) {
    List<Block.Column> columns = new ArrayList<>();
    columns.add(Block.Column.text(name));
    counters.forEach(c -> columns.add(Block.Column.number(words(c))));
    List<List<Object>> cells = new ArrayList<>();
    for (Map.Entry<String, JsonNode> row : rows.properties()) {
      if (cells.size() == ROWS) {
        break;
      }
      List<Object> line = new ArrayList<>();
      line.add(row.getKey());
      counters.forEach(c -> line.add(number(row.getValue().path(c))));
      cells.add(line);
    }
    int rest = rows.size() - cells.size();
    return new Block.Table(
        title,
        note + (rest > 0 ? Numbers.count(rest) + " more are in cohort.json." : ""),
        columns,
        cells);
  }

  private static Block.Table known(JsonNode known) {
    List<List<Object>> rows = new ArrayList<>();
    for (String which : List.of("known", "novel")) {
      rows.add(
          List.of(
              which,
              number(known.path("n_" + which)),
              number(known.path("n_ti_" + which)),
              number(known.path("n_tv_" + which)),
              number(known.path("ti_tv_" + which))));
    }
    return new Block.Table(
        "Known and novel alternates",
        "Ti/Tv of novel alternates far below that of known ones points at errors.",
        List.of(
            Block.Column.text("alternates"),
            Block.Column.number("in all"),
            Block.Column.number("transitions"),
            Block.Column.number("transversions"),
            Block.Column.number("Ti/Tv")),
        rows);
  }

  private static Object number(JsonNode value) {
    if (value.isIntegralNumber()) {
      return value.asLong();
    }
    return value.isNumber() ? value.asDouble() : "";
  }

  /** Returns the single numbers of the document, folded; nothing if there is none. */
  static List<Block> inAll(JsonNode cohort) {
    Map<String, Object> values = new LinkedHashMap<>();
    cohort
        .fields()
        .forEachRemaining(
            field -> {
              JsonNode value = field.getValue();
              if (value.isIntegralNumber()) {
                values.put(field.getKey(), value.asLong());
              } else if (value.isNumber()) {
                values.put(field.getKey(), value.asDouble());
              } else if (value.isTextual() || value.isBoolean()) {
                values.put(field.getKey(), value.asText());
              }
            });
    if (values.isEmpty()) {
      return List.of();
    }
    List<List<Object>> rows = new ArrayList<>();
    values.forEach((name, value) -> rows.add(List.of(words(name), value)));
    return List.of(
        new Block.Folded(
            new Block.Table(
                "The cohort in all",
                "",
                List.of(Block.Column.text("What"), Block.Column.number("Value")),
                rows)));
  }

  static String words(String counter) {
    return switch (counter) {
      case "ti_tv" -> "Ti/Tv";
      case "ti_tv_known" -> "Ti/Tv known";
      case "ti_tv_novel" -> "Ti/Tv novel";
      case "het_hom" -> "het/hom";
      case "ins_del" -> "insertions/deletions";
      default -> (counter.startsWith("n_") ? counter.substring(2) : counter).replace('_', ' ');
    };
  }
}
