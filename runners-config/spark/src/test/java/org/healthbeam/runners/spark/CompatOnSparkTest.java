package org.healthbeam.runners.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
import org.apache.beam.runners.spark.SparkPipelineOptions;
import org.apache.beam.runners.spark.SparkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.variant.compat.SiteTable;
import org.healthbeam.core.variant.compat.TotalsTable;
import org.healthbeam.pipelines.summarizevariants.SummarizeVariantsOptions;
import org.healthbeam.pipelines.summarizevariants.SummarizeVariantsPipeline;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tables of {@code --compat}, and those as Parquet, are on Spark those of the direct runner.
 */
@Tag("slow")
class CompatOnSparkTest {
  private static final int LINES = 220;

  @TempDir Path folder;

  @Test
  void tablesOfOtherToolsAreThoseOfTheDirectRunner() throws Exception {
    Path input = twoFiles();
    Map<String, List<String>> direct = run("DirectRunner", input);
    for (TotalsTable table : TotalsTable.values()) {
      assertTrue(direct.get(table.file()).size() > 20, table.file() + " has lines");
    }
    for (SiteTable table : SiteTable.values()) {
      assertTrue(direct.get(table.file()).size() > 300, table.file() + " has rows");
    }
    Map<String, List<String>> other = run("SparkRunner", input);
    assertEquals(direct.keySet(), other.keySet());
    direct.forEach((file, lines) -> assertEquals(lines, other.get(file), file));
  }

  /** The beginning of the sample cohort, and again on another sequence with its samples turned. */
  private Path twoFiles() throws IOException {
    Path sample =
        Path.of(
            System.getProperty("healthbeam.root", "../.."), "samples/data/variants/cohort.vcf.gz");
    List<String> lines;
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(sample)), StandardCharsets.ISO_8859_1))) {
      lines = in.lines().limit(LINES).toList();
    }
    List<String> turned = new ArrayList<>();
    for (String line : lines) {
      List<String> cells = new ArrayList<>(List.of(line.split("\t", -1)));
      if (!line.startsWith("##")) {
        Collections.reverse(cells.subList(9, cells.size()));
      }
      if (!line.startsWith("#")) {
        cells.set(0, "chr21");
      }
      turned.add(String.join("\t", cells));
    }
    Path input = Files.createDirectory(folder.resolve("in"));
    Files.write(input.resolve("a.vcf"), lines, StandardCharsets.ISO_8859_1);
    Files.write(input.resolve("b.vcf"), turned, StandardCharsets.ISO_8859_1);
    return input;
  }

  private static Map<String, List<String>> run(String runner, Path input) throws Exception {
    Path out = Files.createTempDirectory(input.getParent(), "out");
    SummarizeVariantsOptions options =
        PipelineOptionsFactory.fromArgs(
                "--runner=" + runner,
                "--input=" + input + "/*.vcf",
                "--output=" + out,
                "--format=tsv,parquet",
                "--compat=bcftools,plink2,hail")
            .as(SummarizeVariantsOptions.class);
    if (options.getRunner() == SparkRunner.class) {
      options.as(SparkPipelineOptions.class).setSparkMaster("local[2]");
      new SparkAdapter().configure(options);
    }
    SummarizeVariantsPipeline summarize = new SummarizeVariantsPipeline();
    summarize.check(options);
    Pipeline pipeline = Pipeline.create(options);
    Rejects rejects = Rejects.with(PayloadHash.salted());
    summarize.build(pipeline, options, rejects);
    rejects.all(pipeline);
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertEquals(List.of(), rejects.ledger(result.metrics()).violations());
    return tables(out);
  }

  /** Returns the lines of every table; those of records, which have no order, sorted. */
  private static Map<String, List<String>> tables(Path out) throws Exception {
    Map<String, List<String>> tables = new TreeMap<>();
    for (TotalsTable table : TotalsTable.values()) {
      tables.put(table.file(), Files.readAllLines(out.resolve(table.file())));
    }
    for (String file :
        Stream.concat(Stream.of(SiteTable.values()).map(SiteTable::file), Stream.of("variants.tsv"))
            .toList()) {
      tables.put(file, Files.readAllLines(out.resolve(file)).stream().sorted().toList());
    }
    for (String file : List.of("variants.parquet", "samples.parquet", "regions.parquet")) {
      tables.put(file, parquet(out.resolve(file)));
      assertEquals(
          Files.readAllLines(out.resolve(file.replace("parquet", "tsv"))).size() - 1,
          tables.get(file).size(),
          file);
    }
    return tables;
  }

  private static List<String> parquet(Path file) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement();
        ResultSet found = statement.executeQuery("SELECT * FROM '" + file + "' ORDER BY ALL")) {
      while (found.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          row.append(found.getObject(i)).append('\t');
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }
}
