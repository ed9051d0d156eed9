package org.healthbeam.pipelines.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    List<String> rows = new ArrayList<>();
    TsvLine names = new TsvLine();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement();
        ResultSet found = statement.executeQuery("SELECT * FROM '" + parquet + "'")) {
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
