package org.healthbeam.pipelines.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Codings by something and by outcome, drawn as one bar of shares for each. */
final class OutcomeBars {
  private static final List<String> OUTCOMES =
      List.of("mapped", "ambiguous", "fallback", "not-mappable", "unmapped", "invalid", "rejected");

  private static final int TOP = 25;

  private final Map<String, Map<String, Long>> counts = new TreeMap<>();
  private final Map<String, Long> all = new LinkedHashMap<>();

  OutcomeBars() {
    OUTCOMES.forEach(outcome -> all.put(outcome, 0L));
  }

  void add(String name, String outcome, long n) {
    all.merge(outcome, n, Long::sum);
    counts.computeIfAbsent(name, s -> new TreeMap<>()).merge(outcome, n, Long::sum);
  }

  /** Returns how many names there are. */
  int size() {
    return counts.size();
  }

  long total() {
    return all.values().stream().mapToLong(Long::longValue).sum();
  }

  long total(String outcome) {
    return all.getOrDefault(outcome, 0L);
  }

  /**
   * Returns the plot, the most frequent first.
   *
   * @param what the bars stand for, in one word or two
   */
  Block plot(String id, String title, String how, String what) {
    Map<String, Long> seen = new LinkedHashMap<>(all);
    seen.values().removeIf(n -> n == 0);
    List<String> names = new ArrayList<>(counts.keySet());
    names.sort(Comparator.comparing((String s) -> -sum(counts.get(s))));
    int hidden = Math.max(0, names.size() - TOP);
    names = names.subList(0, names.size() - hidden);
    String note = hidden == 0 ? "" : Numbers.count(hidden) + " more are not shown (" + what + ").";

    List<Map<String, Object>> categories = new ArrayList<>();
    List<List<Object>> table = new ArrayList<>();
    for (String name : names) {
      Map<String, Long> mine = counts.get(name);
      categories.add(Map.of("name", name, "end", Numbers.count(sum(mine)) + " codings"));
      List<Object> cells = new ArrayList<>();
      cells.add(name);
      cells.add(sum(mine));
      seen.keySet().forEach(outcome -> cells.add(mine.getOrDefault(outcome, 0L)));
      cells.add(Numbers.percent(mine.getOrDefault("mapped", 0L), sum(mine)));
      table.add(cells);
    }
    List<Map<String, Object>> series = new ArrayList<>();
    for (String outcome : seen.keySet()) {
      List<Long> values = new ArrayList<>();
      names.forEach(name -> values.add(counts.get(name).getOrDefault(outcome, 0L)));
      series.add(Map.of("name", outcome, "role", Roles.of(outcome), "values", values));
    }
    List<Block.Column> columns = new ArrayList<>();
    columns.add(Block.Column.text(Character.toUpperCase(what.charAt(0)) + what.substring(1)));
    columns.add(Block.Column.number("Codings"));
    seen.keySet().forEach(outcome -> columns.add(Block.Column.number(outcome)));
    columns.add(Block.Column.number("Mapped"));
    return new Block.Plot(
        id,
        title,
        how + " " + note,
        true,
        Chart.of(Chart.Kind.BARS)
            .with("horizontal", true)
            .with("share", true)
            .with("categories", categories)
            .with("series", series)
            .with("valueName", "share of the codings (%)")
            .with("categoryName", what),
        new Block.Table("Codings by " + what + " and outcome", note, columns, table));
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
