package org.healthbeam.pipelines.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Small folders as runs write them, by hand. */
final class Fixtures {
  private static final Path ALL = Path.of("src/test/resources/report").toAbsolutePath();
  static final Path CODES = ALL.resolve("codes");
  static final Path VITALS = ALL.resolve("vitals");
  static final Path VARIANTS = ALL.resolve("variants");

  /** The header line of {@code codes.tsv}. */
  static final String CODE_COLUMNS =
      "resource_type\tsource_system\tsource_version\tsource_code\tsource_display\toutcome\treason\tn\tanswer"
          + "\ttarget_system\ttarget_code\ttarget_display\trelationship\ttaken\tfallback\tmap_url"
          + "\tmap_version\n";

  private Fixtures() {}

  /** Copies a run's folder with the lines of every table the other way round. */
  static Path reversed(Path folder, Path target) throws IOException {
    Files.createDirectories(target.resolve("rejected"));
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = target.resolve(folder.relativize(file).toString());
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        if (file.toString().endsWith(".tsv")) {
          Collections.reverse(lines.subList(1, lines.size()));
        } else if (file.toString().endsWith(".jsonl")) {
          Collections.reverse(lines);
        }
        Files.write(copy, lines);
      }
    }
    return target;
  }

  /** Returns the rows of a table as columns by name. */
  static List<java.util.Map<String, String>> rows(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    String[] columns = lines.get(0).split("\t", -1);
    List<java.util.Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t", -1);
      java.util.Map<String, String> row = new java.util.HashMap<>();
      for (int i = 0; i < columns.length; i++) {
        row.put(columns[i], cells[i]);
      }
      rows.add(row);
    }
    return rows;
  }
}
