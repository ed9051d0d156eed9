package org.healthbeam.runners.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The tables that a run wrote, so that those of several runs can be compared. */
final class WrittenTables {
  private static final String REVISION = "revision";

  private WrittenTables() {}

  /**
   * Returns the rows of every table, sorted, without the number of their revision; of judgements of
   * artefacts, of which a stream tells each, the last on each reading where it is that it is one.
   */
  static Map<String, List<String>> in(Path out) throws IOException {
    Map<String, List<String>> tables = new TreeMap<>();
    try (Stream<Path> files = Files.list(out)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".tsv")).toList()) {
        String name = file.getFileName().toString();
        List<List<String>> rows = rows(file);
        int revision = rows.get(0).indexOf(REVISION);
        tables.put(
            name,
            (name.equals("artefacts.tsv") ? artefacts(rows) : rows)
                .stream().map(row -> without(revision, row)).sorted().toList());
      }
    }
    return tables;
  }

  /** Returns the cells of a table, its header first. */
  static List<List<String>> rows(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(line -> Arrays.asList(line.split("\t", -1)))
        .toList();
  }

  private static List<List<String>> artefacts(List<List<String>> rows) {
    List<String> header = rows.get(0);
    int revision = header.indexOf(REVISION);
    Map<List<String>, List<String>> last = new LinkedHashMap<>();
    for (List<String> row : rows.subList(1, rows.size())) {
      List<String> key =
          Stream.of("subject", "time", "kind", "value")
              .map(column -> row.get(header.indexOf(column)))
              .toList();
      last.merge(
          key,
          row,
          (a, b) -> Long.parseLong(a.get(revision)) > Long.parseLong(b.get(revision)) ? a : b);
    }
    List<List<String>> left = new ArrayList<>();
    left.add(header);
    last.values().stream()
        .filter(row -> row.get(header.indexOf("artefact")).equals("true"))
        .forEach(left::add);
    return left;
  }

  /**
   * Returns, sorted and without what tells revisions apart, the rows that were not withdrawn, all
   * of which must be final; of a table whose batch has the column final too, with that.
   */
  static List<String> lastWords(List<List<String>> table) {
    List<String> columns = table.get(0);
    int withdrawn = columns.indexOf("withdrawn");
    Set<String> apart = withdrawn < 0 ? Set.of(REVISION) : Set.of(REVISION, "final", "withdrawn");
    List<String> words = new ArrayList<>();
    for (List<String> row : table) {
      if (withdrawn >= 0 && row.get(withdrawn).equals("true")) {
        continue;
      }
      if (row != columns && !row.get(columns.indexOf("final")).equals("true")) {
        throw new AssertionError("the last word is not final");
      }
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        if (!apart.contains(columns.get(i))) {
          cells.add(row.get(i));
        }
      }
      words.add(String.join("\t", cells));
    }
    words.sort(null);
    return words;
  }

  static String without(int column, List<String> row) {
    List<String> cells = new ArrayList<>(row);
    if (column >= 0) {
      cells.remove(column);
    }
    return String.join("\t", cells);
  }
}
