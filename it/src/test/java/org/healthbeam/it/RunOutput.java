package org.healthbeam.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/**
 * What a run wrote, in a form that does not depend on how many files or in which order.
 *
 * @param lines file, or folder of files alike, to its sorted lines
 * @param account the stages of {@code run.json}, and whether they add up
 */
record RunOutput(Map<String, List<String>> lines, JsonNode account) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static RunOutput of(Path folder) throws IOException {
    Map<String, List<String>> lines = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString();
        if (name.startsWith(".") || name.equals("run.json") || name.equals("report.html")) {
          continue;
        }
        int slash = name.lastIndexOf('/');
        lines
            .computeIfAbsent(
                slash < 0 ? name : name.substring(0, slash + 1), n -> new ArrayList<>())
            .addAll(read(file));
      }
    }
    lines.values().forEach(Collections::sort);
    JsonNode run = JSON.readTree(folder.resolve("run.json").toFile());
    return new RunOutput(
        lines,
        JSON.createObjectNode()
            .put("conserved", run.path("conserved").asBoolean())
            .put("rejected_fraction", run.path("rejected_fraction").asDouble())
            .set("stages", run.path("stages")));
  }

  private static List<String> read(Path file) throws IOException {
    if (file.toString().endsWith(".parquet")) {
      return readParquet(file);
    }
    if (file.toString().endsWith(".avro")) {
      return readAvro(file);
    }
    byte[] bytes = Files.readAllBytes(file);
    if (file.toString().endsWith(".gz")) {
      try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
        bytes = in.readAllBytes();
      }
    }
    return new String(bytes, StandardCharsets.UTF_8).lines().toList();
  }

  /**
   * Rows: in the footer there are sets in no order. A table that was read keeps its rows' order,
   * those of results are in none.
   */
  private static List<String> readParquet(Path file) throws IOException {
    boolean ordered = file.getParent().getFileName().toString().equals("tables");
    List<String> rows = new ArrayList<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT %s FROM '%s'".formatted(ordered ? "row_number() OVER (), *" : "*", file))) {
      while (found.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          row.append(found.getObject(i)).append('\t');
        }
        rows.add(row.toString());
      }
    } catch (SQLException e) {
      throw new IOException(e);
    }
    return rows;
  }

  private static List<String> readAvro(Path file) throws IOException {
    List<String> rows = new ArrayList<>();
    try (DataFileReader<GenericRecord> found =
        new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
      for (GenericRecord row : found) {
        rows.add(row.toString());
      }
    }
    return rows;
  }

  /**
   * Returns it without the columns {@code revision} of tables: how many times a stream has told a
   * row before hangs on when it came.
   */
  RunOutput withoutRevisions() {
    Map<String, List<String>> without = new TreeMap<>();
    lines.forEach(
        (name, rows) -> {
          int revision =
              rows.stream()
                  .map(row -> List.of(row.split("\t")).indexOf("revision"))
                  .filter(column -> column >= 0)
                  .findFirst()
                  .orElse(-1);
          without.put(name, rows.stream().map(row -> withoutCell(row, revision)).sorted().toList());
        });
    return new RunOutput(without, account);
  }

  private static String withoutCell(String row, int column) {
    List<String> cells = new ArrayList<>(List.of(row.split("\t", -1)));
    if (column >= 0) {
      cells.remove(column);
    }
    return String.join("\t", cells);
  }

  /** Returns the first differences from another run, one a line; empty if there is none. */
  String differences(RunOutput other) {
    StringBuilder text = new StringBuilder();
    if (!lines.keySet().equals(other.lines.keySet())) {
      text.append("files: ").append(lines.keySet()).append(" and ");
      text.append(other.lines.keySet()).append('\n');
    }
    lines.forEach(
        (name, mine) -> {
          List<String> theirs = other.lines.getOrDefault(name, List.of());
          if (mine.equals(theirs)) {
            return;
          }
          text.append("%s: %d lines and %d%n".formatted(name, mine.size(), theirs.size()));
          describe("only here", minus(mine, theirs), text);
          describe("only there", minus(theirs, mine), text);
        });
    if (!account.equals(other.account)) {
      text.append("run.json: ").append(account).append("\n and ").append(other.account);
    }
    return text.toString();
  }

  private static void describe(String where, List<String> lines, StringBuilder text) {
    lines.stream().limit(3).forEach(l -> text.append("  %s: %s%n".formatted(where, l)));
  }

  private static List<String> minus(List<String> from, List<String> what) {
    Map<String, Integer> counts = new TreeMap<>();
    what.forEach(l -> counts.merge(l, 1, Integer::sum));
    List<String> rest = new ArrayList<>();
    for (String line : from) {
      if (counts.merge(line, -1, Integer::sum) < 0) {
        rest.add(line);
      }
    }
    return rest;
  }
}
