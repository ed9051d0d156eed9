package org.healthbeam.pipelines.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.healthbeam.io.table.TsvLine;

/** What others read of tables with types, as lines of the table of text. */
public final class TypedTable {
  private TypedTable() {}

  /**
   * Checks that DuckDB and Avro read the cells of the text; a table may have no other than that.
   */
  public static void assertSame(Path output, String table, int least) throws Exception {
    List<String> expected = text(output, table);
    assertTrue(expected.size() > least, table);
    assertEquals(expected, ofParquet(output.resolve(table + ".parquet")), table);
    assertEquals(expected, ofAvro(output.resolve(table + ".avro")), table);
  }

  /** Returns the sorted lines of a table of text, under the line of its columns. */
  public static List<String> text(Path output, String table) throws Exception {
    List<String> lines = Files.readAllLines(output.resolve(table + ".tsv"));
    return sorted(lines.get(0), new ArrayList<>(lines.subList(1, lines.size())));
  }

  private static List<String> sorted(String header, List<String> rows) {
    rows.sort(null);
    rows.add(0, header);
    return rows;
  }

  /** Rows as DuckDB, which shares no code with the writer, reads them; each column has one type. */
  public static List<String> ofParquet(Path parquet) throws Exception {
    return query("SELECT * FROM '" + parquet + "'");
  }

  private static List<String> query(String sql) throws Exception {
    List<String> rows = new ArrayList<>();
    TsvLine names = new TsvLine();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      ResultSetMetaData columns = found.getMetaData();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        names.add(columns.getColumnName(i));
      }
      while (found.next()) {
        TsvLine row = new TsvLine();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          Object value = found.getObject(i);
          add(
              row,
              columns.getColumnTypeName(i),
              value instanceof OffsetDateTime time ? time.toInstant() : value);
        }
        rows.add(row.toString());
      }
    }
    return sorted(names.toString(), rows);
  }

  /** Compares Parquet in folders with the text, and returns its lines. */
  static List<String> assertSameRowsInFolders(Path output, String table, int least)
      throws Exception {
    List<String> expected = text(output, table);
    assertTrue(expected.size() > least, table);
    String names =
        Stream.of(expected.get(0).split("\t"))
            .map(c -> '"' + c + '"')
            .collect(Collectors.joining(","));
    assertEquals(expected, query("SELECT " + names + " FROM " + folders(output, table)), table);
    return expected;
  }

  private static String folders(Path output, String table) {
    return "read_parquet('%s/**/*.parquet', hive_partitioning=true, hive_types_autocast=false)"
        .formatted(output.resolve(table + ".parquet"));
  }

  /**
   * Checks that DuckDB reads the folders of a table as the text, and Avro's own reader each file of
   * the rows that belong to its folder.
   *
   * @param key of the folders: a column of the text; or another, which then is the day of the
   *     column {@code time}
   */
  public static void assertSameParted(Path output, String table, String key, String time, int least)
      throws Exception {
    List<String> expected = assertSameRowsInFolders(output, table, least);
    List<String> columns = List.of(expected.get(0).split("\t"));
    String folders = folders(output, table);
    int from = columns.indexOf(columns.contains(key) ? key : time);
    Map<String, List<String>> byFolder = new TreeMap<>();
    for (String row : expected.subList(1, expected.size())) {
      String cell = List.of(row.split("\t", -1)).get(from);
      byFolder
          .computeIfAbsent(
              columns.contains(key) ? cell : cell.substring(0, 10), k -> new ArrayList<>())
          .add(row);
    }
    if (!columns.contains(key)) {
      assertEquals(
          List.of(key, "0"),
          query(
              "SELECT count(*) AS %s FROM %s WHERE strftime(%s, '%%Y-%%m-%%d') <> %s"
                  .formatted(key, folders, time, key)));
    }
    if (byFolder.isEmpty()) {
      byFolder.put("", List.of());
    }
    Map<String, List<String>> avro = new TreeMap<>();
    for (Path file : files(output.resolve(table + ".avro"))) {
      String folder = file.getParent().getFileName().toString();
      assertEquals("part-00000.avro", file.getFileName().toString());
      String escaped = folder.substring(key.length() + 1);
      String value =
          escaped.equals("__HIVE_DEFAULT_PARTITION__")
              ? ""
              : URLDecoder.decode(escaped.replace("+", "%2B"), UTF_8);
      List<String> rows = new ArrayList<>();
      for (String row : ofAvro(file)) {
        List<String> cells = new ArrayList<>(List.of(row.split("\t", -1)));
        if (columns.contains(key)) {
          cells.add(from, rows.isEmpty() ? key : value);
        }
        rows.add(String.join("\t", cells));
      }
      assertEquals(expected.get(0), rows.remove(0));
      rows.sort(null);
      assertEquals(null, avro.put(value, rows));
    }
    assertEquals(byFolder, avro, table);
    assertEquals(
        names(output.resolve(table + ".avro"), "avro"),
        names(output.resolve(table + ".parquet"), "parquet"));
  }

  private static List<String> names(Path folder, String ending) throws Exception {
    return files(folder).stream()
        .map(file -> folder.relativize(file).toString().replaceFirst(ending + "$", ""))
        .toList();
  }

  private static List<Path> files(Path folder) throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.getFileName().toString().startsWith("part-"))
          .sorted()
          .toList();
    }
  }

  private static void add(TsvLine row, String type, Object value) {
    if (value == null) {
      row.addMissing();
      return;
    }
    switch (type) {
      case "BIGINT" -> row.add((long) value);
      case "DOUBLE" -> row.add((double) value);
      case "VARCHAR" -> row.add((String) value);
      case "BOOLEAN" -> row.add((boolean) value);
      case "TIMESTAMP WITH TIME ZONE" -> row.add((Instant) value);
      default -> throw new AssertionError(type);
    }
  }

  /** Rows as Avro's own reader reads them. */
  public static List<String> ofAvro(Path avro) throws Exception {
    List<String> rows = new ArrayList<>();
    TsvLine names = new TsvLine();
    try (DataFileReader<GenericRecord> found =
        new DataFileReader<>(avro.toFile(), new GenericDatumReader<>())) {
      List<Schema.Field> fields = found.getSchema().getFields();
      fields.forEach(field -> names.add(field.name()));
      for (GenericRecord each : found) {
        TsvLine row = new TsvLine();
        for (Schema.Field field : fields) {
          Schema type = field.schema();
          boolean optional = type.getType() == Schema.Type.UNION;
          Schema value = optional ? type.getTypes().get(1) : type;
          Object cell = each.get(field.pos());
          if (cell != null && value.getLogicalType() instanceof LogicalTypes.TimestampMicros) {
            add(
                row,
                "TIMESTAMP WITH TIME ZONE",
                Instant.EPOCH.plus((long) cell, ChronoUnit.MICROS));
          } else {
            switch (value.getType()) {
              case LONG -> add(row, "BIGINT", cell);
              case DOUBLE -> add(row, "DOUBLE", cell);
              case BOOLEAN -> add(row, "BOOLEAN", cell);
              case STRING -> add(row, "VARCHAR", cell == null ? null : cell.toString());
              default -> throw new AssertionError(value.getType());
            }
          }
        }
        rows.add(row.toString());
      }
    }
    return sorted(names.toString(), rows);
  }
}
