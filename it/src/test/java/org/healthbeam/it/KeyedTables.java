package org.healthbeam.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The tables of {@code monitor-vitals} by the keys of their rows, of a batch or of the parts of a
 * stream that writes final rows only: what is held against each other after faults.
 *
 * @param tables table to key to the rows of that key, without the number of their revision
 */
record KeyedTables(Map<String, Map<String, List<String>>> tables) {
  /** The columns that no two final rows of a table have alike. */
  private static final Map<String, List<String>> KEYS =
      new TreeMap<>(
          Map.of(
              "summaries", List.of("subject", "kind", "window_start", "window_end"),
              "scores", List.of("subject", "time", "score_name"),
              "alerts", List.of("subject", "time", "rule", "state"),
              "burden", List.of("subject", "day")));

  private static final String REVISION = "revision";

  /** What can be wrong with a row of a stream. */
  enum Kind {
    /** The batch has a row with this key. */
    MISSING,
    /** The batch has it once. */
    DOUBLE,
    /** The batch has another row with this key. */
    DIFFERENT,
    /** The batch has no row with this key. */
    NOT_OF_THE_BATCH
  }

  /** One row that is wrong. */
  record Fault(String table, Kind kind, String key) {}

  /**
   * Reads what there is.
   *
   * @param without subjects whose rows are left out
   */
  static KeyedTables of(Path output, Set<String> without) throws IOException {
    Map<String, Map<String, List<String>>> tables = new TreeMap<>();
    for (Map.Entry<String, List<String>> table : KEYS.entrySet()) {
      Map<String, List<String>> rows = new TreeMap<>();
      for (Path file : files(output, table.getKey())) {
        read(file, table.getValue(), without, rows);
      }
      tables.put(table.getKey(), rows);
    }
    return new KeyedTables(tables);
  }

  private static List<Path> files(Path output, String table) throws IOException {
    Path whole = output.resolve(table + ".tsv");
    if (Files.exists(whole)) {
      return List.of(whole);
    }
    Path parts = output.resolve(table);
    if (!Files.isDirectory(parts)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(parts)) {
      return all.filter(p -> p.getFileName().toString().startsWith("part-")).sorted().toList();
    }
  }

  private static void read(
      Path file, List<String> key, Set<String> without, Map<String, List<String>> rows)
      throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> header = List.of(lines.get(0).split("\t"));
    int revision = header.indexOf(REVISION);
    for (String line : lines.subList(1, lines.size())) {
      List<String> cells = new ArrayList<>(List.of(line.split("\t", -1)));
      if (without.contains(cells.get(header.indexOf("subject")))) {
        continue;
      }
      String name =
          String.join(" ", key.stream().map(column -> cells.get(header.indexOf(column))).toList());
      if (revision >= 0) {
        cells.remove(revision);
      }
      rows.computeIfAbsent(name, k -> new ArrayList<>()).add(String.join("\t", cells));
    }
  }

  /** Returns how many rows there are. */
  int size() {
    return tables.values().stream().flatMap(t -> t.values().stream()).mapToInt(List::size).sum();
  }

  /** Returns every row of a stream that is not as in this batch, and every one that it lacks. */
  List<Fault> faults(KeyedTables stream) {
    List<Fault> faults = new ArrayList<>();
    for (String table : tables.keySet()) {
      Map<String, List<String>> expected = tables.get(table);
      Map<String, List<String>> told = stream.tables.get(table);
      Set<String> keys = new TreeSet<>(expected.keySet());
      keys.addAll(told.keySet());
      for (String key : keys) {
        List<String> of = expected.getOrDefault(key, List.of());
        List<String> is = told.getOrDefault(key, List.of());
        if (of.stream().sorted().toList().equals(is.stream().sorted().toList())) {
          continue;
        }
        if (of.isEmpty()) {
          faults.add(new Fault(table, Kind.NOT_OF_THE_BATCH, key));
        } else if (is.size() < of.size()) {
          faults.add(new Fault(table, Kind.MISSING, key));
        } else if (is.size() > of.size()) {
          faults.add(new Fault(table, Kind.DOUBLE, key));
        }
        if (!of.isEmpty() && !of.containsAll(is)) {
          faults.add(new Fault(table, Kind.DIFFERENT, key));
        }
      }
    }
    return faults;
  }

  /** Says how many faults of each kind there are, and names the first of each. */
  static String summary(List<Fault> faults) {
    Map<String, List<Fault>> kinds = new LinkedHashMap<>();
    for (Fault fault : faults) {
      kinds.computeIfAbsent(fault.table() + " " + fault.kind(), k -> new ArrayList<>()).add(fault);
    }
    StringBuilder text = new StringBuilder();
    kinds.forEach(
        (kind, all) ->
            text.append("%s: %d, such as %s%n".formatted(kind, all.size(), all.get(0).key())));
    return text.toString();
  }
}
