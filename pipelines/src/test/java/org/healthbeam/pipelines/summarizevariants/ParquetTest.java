package org.healthbeam.pipelines.summarizevariants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.io.table.TsvLine;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What DuckDB, which shares no code with the writer, reads of the Parquet files. */
class ParquetTest {
  private static final String HEADER =
      """
      ##fileformat=VCFv4.2
      #CHROM POS ID REF ALT QUAL FILTER INFO FORMAT
      """
          .replace(' ', '\t')
          .strip();

  @TempDir private Path folder;

  private Path run(String... more) throws Exception {
    Path output = folder.resolve("out" + more.length);
    List<String> args =
        new ArrayList<>(
            List.of("--output=" + output, "--format=tsv,parquet", "--runner=DirectRunner"));
    args.addAll(List.of(more));
    SummarizeVariantsOptions options =
        PipelineOptionsFactory.fromArgs(args.toArray(new String[0]))
            .as(SummarizeVariantsOptions.class);
    SummarizeVariantsPipeline pipeline = new SummarizeVariantsPipeline();
    pipeline.check(options);
    Rejects rejects = Rejects.with(PayloadHash.salted());
    Pipeline built = Pipeline.create(options);
    pipeline.build(built, options, rejects);
    rejects.all(built);
    built.run().waitUntilFinish();
    return output;
  }

  private Path vcf(String name, List<String> samples, int records, long seed) throws Exception {
    Random random = new Random(seed);
    String[] genotypes = {"0/0", "0/1", "1/1", "./.", "./1", "0", "1", "1|0"};
    StringBuilder text = new StringBuilder(HEADER);
    samples.forEach(sample -> text.append('\t').append(sample));
    for (int i = 1; i <= records; i++) {
      String id = i % 3 == 0 ? "rs" + i + "\u00e9" : ".";
      String qual = i % 4 == 0 ? "." : "" + i * 1.5;
      text.append("\n").append(i % 2 == 0 ? "1" : "X").append('\t').append(i * 1000L);
      text.append('\t').append(id).append("\tA\t").append(i % 5 == 0 ? "G,<DEL>" : "G");
      text.append('\t').append(qual).append("\tPASS\t.\tGT:DP:GQ");
      for (int s = 0; s < samples.size(); s++) {
        text.append('\t').append(genotypes[random.nextInt(genotypes.length)]);
        text.append(":" + random.nextInt(40) + ":" + random.nextInt(99));
      }
    }
    return Files.writeString(folder.resolve(name), text.append('\n'));
  }

  /** Rows as the table has them, under a line of the columns; each column has one type. */
  private static List<String> read(Path parquet) throws Exception {
    List<String> rows = new ArrayList<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement();
        ResultSet found = statement.executeQuery("SELECT * FROM '" + parquet + "'")) {
      ResultSetMetaData columns = found.getMetaData();
      TsvLine names = new TsvLine();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        names.add(columns.getColumnName(i));
      }
      while (found.next()) {
        TsvLine row = new TsvLine();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          Object value = found.getObject(i);
          switch (columns.getColumnTypeName(i)) {
            case "BIGINT" -> row.add((long) value);
            case "DOUBLE" -> row.add(value == null ? Double.NaN : (double) value);
            case "VARCHAR" -> row.add((String) value);
            default -> throw new AssertionError(columns.getColumnTypeName(i));
          }
        }
        rows.add(row.toString());
      }
      rows.sort(null);
      rows.add(0, names.toString());
    }
    return rows;
  }

  private static void assertSameTable(Path output, String table, int least) throws Exception {
    List<String> lines = Files.readAllLines(output.resolve(table + ".tsv"));
    List<String> expected = new ArrayList<>(lines.subList(0, 1));
    lines.stream().skip(1).sorted().forEach(expected::add);
    assertTrue(expected.size() > least, table);
    assertEquals(expected, read(output.resolve(table + ".parquet")), table);
  }

  private static List<String> hidden(Path output) throws Exception {
    try (Stream<Path> files = Files.list(output)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(".temp-beam-parts"))
          .toList();
    }
  }

  @Test
  void allTablesHaveTheCellsOfTheText() throws Exception {
    Path one = vcf("a.vcf", List.of("Ann", "Bob", "Cid"), 400, 1);
    Path two = vcf("b.vcf", List.of("Ann", "Bob", "Cid"), 300, 2);
    Path known = Files.writeString(folder.resolve("known.tsv"), "1\t2000\tA\tG\n");
    Path groups = Files.writeString(folder.resolve("groups.tsv"), "Ann\tP1\nBob\tP1,P2\n");
    Path output =
        run(
            "--input=" + one + "," + two,
            "--known=" + known,
            "--populations=" + groups,
            "--regions=50kb");
    assertSameTable(output, "variants", 700);
    assertSameTable(output, "populations", 1400);
    assertSameTable(output, "samples", 2);
    assertSameTable(output, "regions", 10);
    assertEquals(List.of(), hidden(output));
  }

  @Test
  void joinedSamplesHaveThemToo() throws Exception {
    Path ann = vcf("ann.vcf", List.of("Ann"), 60, 3);
    Path bob = vcf("bob.vcf", List.of("Bob"), 60, 4);
    Path output = run("--input=" + ann + "," + bob, "--joinSamples=true");
    assertSameTable(output, "variants", 50);
    assertSameTable(output, "samples", 1);
    assertSameTable(output, "regions", 1);
  }

  @Test
  void aTableWithoutARowHasItsColumns() throws Exception {
    Path output = run("--input=" + vcf("none.vcf", List.of("Ann"), 0, 5));
    assertSameTable(output, "variants", 0);
    assertSameTable(output, "regions", 0);
    assertFalse(Files.exists(output.resolve("populations.parquet")));
  }
}
