package org.healthbeam.pipelines.mapcodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parquet tables that DuckDB, which shares no code with ours, writes and reads. */
class MapRowGroupsTest {
  private static final String ICD = "--codeSystem=http://hl7.org/fhir/sid/icd-10-cm";

  @TempDir private Path folder;
  private TableRun run;

  @BeforeEach
  void start() throws Exception {
    run = new TableRun(folder);
  }

  private static List<String> sql(String query) throws Exception {
    List<String> rows = new ArrayList<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      if (statement.execute(query)) {
        ResultSet found = statement.getResultSet();
        int columns = found.getMetaData().getColumnCount();
        while (found.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= columns; i++) {
            row.add(String.valueOf(found.getObject(i)));
          }
          rows.add(String.join("|", row));
        }
      }
    }
    return rows;
  }

  private void write(String file, String rows, String more) throws Exception {
    sql("COPY (%s) TO '%s' (FORMAT parquet%s)".formatted(rows, run.input.resolve(file), more));
  }

  /** 10,000 rows in groups of 2,048, with columns of many types that are not ours to change. */
  private static final String CLAIMS =
      "SELECT i AS claim_id, CASE i % 4 WHEN 0 THEN 'I10' WHEN 1 THEN 'I21' WHEN 2 THEN NULL"
          + " ELSE 'Z' || (i % 3) END AS dx, (i % 9)::INTEGER AS px,"
          + " DATE '2020-01-01' + i::INTEGER AS served, (i / 7)::DECIMAL(18,3) AS cost,"
          + " [i, NULL, i + 1] AS lines, {'a': i, 'b': 'x' || i} AS nested,"
          + " TIMESTAMP '2020-01-01 00:00:00' + to_seconds(i) AS stamp, i % 2 = 0 AS flag"
          + " FROM range(10000) t(i)";

  @Test
  void rowsKeepTheirCellsTypesAndOrder() throws Exception {
    write("claims.parquet", CLAIMS, ", ROW_GROUP_SIZE 2048, COMPRESSION zstd");
    write("more.parquet", CLAIMS + " LIMIT 10", ", COMPRESSION gzip");
    run.run(
        List.of(),
        "--codeColumns=dx,px",
        ICD + ",urn:local",
        "--idColumn=claim_id",
        "--dateColumn=served");
    Path table = run.out("tables").resolve("part-00000-of-00002.claims.parquet");
    String before = "'" + run.input.resolve("claims.parquet") + "'";
    String after = "'" + table + "'";
    assertEquals(
        List.of("0", "0", "10000"),
        List.of(
            sql("SELECT count(*) FROM (FROM "
                    + before
                    + " EXCEPT ALL SELECT COLUMNS('^[a-z]+(_id)?$') FROM "
                    + after
                    + ")")
                .get(0),
            sql("SELECT count(*) FROM (SELECT claim_id, row_number() OVER () - 1 AS n FROM "
                    + after
                    + ") WHERE claim_id <> n")
                .get(0),
            sql("SELECT count(*) FROM " + after).get(0)));
    assertEquals(
        sql("SELECT column_name, column_type FROM (DESCRIBE FROM " + before + ")"),
        sql("SELECT column_name, column_type FROM (DESCRIBE FROM " + after + ") LIMIT 9"));
    assertEquals(
        List.of("I10|mapped|38341003|2500", "I21|ambiguous|null|2500", "null|null|null|2500"),
        sql(
            "SELECT dx, dx_outcome, dx_target_code, count(*) FROM "
                + after
                + " WHERE dx IS NULL OR dx LIKE 'I%' GROUP BY ALL ORDER BY dx"));
    assertEquals(
        List.of("7|mapped|71388002|Procedure"),
        sql(
            "SELECT DISTINCT px, px_outcome, px_target_code, px_target_display FROM "
                + after
                + " WHERE px_outcome = 'mapped'"));
    assertEquals(
        List.of("10"), sql("SELECT count(*) FROM '" + run.out("tables") + "/*more.parquet'"));
    assertEquals(10010, run.outcome("Map rows", "passed"));
    assertEquals(6, run.outcome("Read row groups", "passed"));
    // The position is the row of the file, whatever its group.
    assertTrue(
        Files.readString(run.out("translations.tsv"))
            .contains("claims.parquet\t9997\telement\ttrue"));
  }

  @Test
  void whatCannotBeReadIsRejectedWithItsPlace() throws Exception {
    write("else.parquet", "SELECT 1 AS n FROM range(2)", "");
    write("typed.parquet", "SELECT [1] AS dx", "");
    write("none.parquet", "SELECT 'I10' AS dx WHERE false", "");
    Files.writeString(run.input.resolve("text.parquet"), "dx\nI10\n");
    write("cut.parquet", CLAIMS, ", ROW_GROUP_SIZE 2048");
    byte[] bytes = Files.readAllBytes(run.input.resolve("cut.parquet"));
    // Into the pages of the second group.
    long at =
        Long.parseLong(
            sql("SELECT min(data_page_offset) FROM parquet_metadata('%s') WHERE row_group_id = 1"
                    .formatted(run.input.resolve("cut.parquet")))
                .get(0));
    Arrays.fill(bytes, (int) at, (int) at + 64, (byte) 0xff);
    Files.write(run.input.resolve("cut.parquet"), bytes);
    run.run(
        List.of(
            "cut.parquet:2049 malformed the rows of the group cannot be read from here on",
            "else.parquet:1 missing-field the table has no column 'dx'",
            "else.parquet:2 missing-field the table has no column 'dx'",
            "text.parquet:1 malformed the file is not Parquet, or its footer is damaged",
            "typed.parquet:1 invalid-field a column that is named is neither text nor whole numbers, dates or times"),
        "--codeColumns=dx",
        ICD,
        "--input=" + run.input.resolve("*.parquet"));
    assertEquals(
        List.of("part-00000-of-00002.cut.parquet", "part-00001-of-00002.none.parquet"),
        run.names("tables"));
    assertEquals(
        List.of("7952"),
        sql("SELECT count(*) FROM '" + run.out("tables") + "/part-00000-of-00002.cut.parquet'"));
    assertEquals(
        List.of("0"),
        sql("SELECT count(dx_outcome) FROM '" + run.out("tables") + "/*none.parquet'"));
  }

  @Test
  void textAndParquetGoIntoOneRun() throws Exception {
    write("a.parquet", "SELECT 'I10' AS dx", "");
    Files.writeString(run.input.resolve("a.csv"), "dx\nI10\nE11\n");
    run.run(
        List.of(),
        "--codeColumns=dx",
        ICD,
        "--input=" + run.input.resolve("a.csv") + "," + run.input.resolve("a.parquet"));
    assertEquals(
        List.of("part-00000-of-00002.a.csv", "part-00001-of-00002.a.parquet"), run.names("tables"));
    assertEquals(3, run.outcome("Map rows", "passed"));
    assertEquals(4, Files.readAllLines(run.out("translations.tsv")).size() - 1);
  }
}
