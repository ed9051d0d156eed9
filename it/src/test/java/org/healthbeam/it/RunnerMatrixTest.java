package org.healthbeam.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Every pipeline writes the same on every runner, chosen by profile alone. */
@Tag("slow")
class RunnerMatrixTest {
  private static final List<String> RUNNERS = List.of("direct", "flink", "spark");

  private static final Map<String, HealthBeamSession> SESSIONS = new LinkedHashMap<>();

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path logs;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @BeforeAll
  static void startSessions() throws IOException {
    for (String runner : RUNNERS) {
      SESSIONS.put(runner, HealthBeamSession.embedded(runner, Map.of(), logs.resolve(runner)));
    }
  }

  @AfterAll
  static void endSessions() {
    SESSIONS.values().forEach(HealthBeamSession::close);
  }

  @Test
  void mapCodesWritesTheSameOnEveryRunner() throws Exception {
    Path input = folder.resolve("in");
    Inputs.head("fhir/Condition.ndjson.gz", 150, input.resolve("Condition.ndjson"));
    Inputs.head("fhir/Observation.ndjson.gz", 300, input.resolve("Observation.ndjson"));
    Inputs.text(
        input.resolve("broken.ndjson"), "{\"resourceType\":\"Condition\",", "[]", "no JSON");
    Inputs.truncatedGzip(
        List.of("{\"resourceType\":\"Patient\",\"id\":\"cut\"}"), input.resolve("cut.ndjson.gz"));
    compare(
        "map-codes",
        List.of(
            "--input=" + input,
            "--maps=" + Inputs.samples().resolve("maps"),
            "--format=tsv,parquet,avro",
            "--partitionBy=resource_type"),
        "resources/",
        "translations.tsv",
        "translations.parquet/resource_type=Condition/",
        "translations.parquet/resource_type=Observation/",
        "codes.avro/resource_type=Condition/",
        "coverage.parquet",
        "coverage.tsv",
        "codes.tsv");
  }

  /**
   * Of text with rows that are none, and of Parquet that DuckDB has written in three row groups.
   */
  @Test
  void tablesAreMappedTheSameOnEveryRunner() throws Exception {
    Path input = folder.resolve("in");
    String[] rows = new String[2000];
    rows[0] = "claim;dx;\"what\"";
    for (int i = 1; i < rows.length; i++) {
      rows[i] = i + (i % 9 == 0 ? ";broken" : (i % 2 == 0 ? ";6525002" : ";x") + ";\"a;b\"");
    }
    Path text = Inputs.text(input.resolve("claims.csv"), rows);
    Path parquet = input.resolve("claims.parquet");
    try (InputStream in = getClass().getResourceAsStream("/claims.parquet")) {
      Files.copy(in, parquet);
    }
    compare(
        "map-codes",
        List.of(
            "--input=" + text + "," + parquet,
            "--maps=" + Inputs.samples().resolve("maps"),
            "--codeColumns=dx",
            "--codeSystem=http://snomed.info/sct"),
        "tables/",
        "translations.tsv",
        "coverage.tsv",
        "codes.tsv");
    String table = "part-00000-of-00002.claims.csv";
    for (String runner : List.of("flink", "spark")) {
      assertEquals(
          -1,
          Files.mismatch(
              folder.resolve("direct-out/tables").resolve(table),
              folder.resolve(runner + "-out/tables").resolve(table)),
          "rows in their order on direct and " + runner);
    }
  }

  @Test
  void monitorVitalsWritesTheSameOnEveryRunner() throws Exception {
    Path input = folder.resolve("in");
    Inputs.head("vitals/ward.csv.gz", 6000, input.resolve("ward.csv"));
    Inputs.text(
        input.resolve("broken.csv"),
        "subject,time,kind_or_code,value,unit",
        "ward-01,now,spo2,9,%");
    compare(
        "monitor-vitals",
        List.of("--input=" + input, "--format=tsv,parquet,avro", "--partitionBy=day"),
        "summaries.tsv",
        "summaries.parquet/day=2026-03-02/",
        "scores.avro/day=2026-03-02/",
        "scores.tsv",
        "alerts.tsv",
        "burden.tsv");
  }

  @Test
  void summarizeVariantsWritesTheSameOnEveryRunner() throws Exception {
    Path input = folder.resolve("in");
    Path cohort = Inputs.head("variants/cohort.vcf.gz", 1200, input.resolve("cohort.vcf"));
    String first =
        Files.readAllLines(cohort).stream()
            .filter(line -> !line.startsWith("#"))
            .findFirst()
            .orElseThrow();
    // A record that is none, and one that is out of order, which leads to a remark; then two of
    // another sequence.
    String other = first.replaceFirst("^[^\t]*", "HLA-A*01:01");
    Files.writeString(
        cohort,
        String.join("\n", "chr20\tnowhere\t.\tA\tC", first, other, other, ""),
        java.nio.file.StandardOpenOption.APPEND);
    Path genes =
        Inputs.text(
            folder.resolve("genes.gtf"),
            "20\tx\tgene\t4686237\t4701588\t.\t+\t.\tgene_id \"E1\"; gene_name \"PRNP\";",
            "20\tx\tgene\t1\t40000000\t.\t+\t.\tgene_id \"E2\";",
            "20\tx\tgene\t1\tnowhere\t.\t+\t.\tgene_id \"E3\";");
    Path known = Inputs.head("variants/cohort.vcf.gz", 300, folder.resolve("known.vcf"));
    compare(
        "summarize-variants",
        List.of(
            "--input=" + input,
            "--regions=" + genes,
            "--known=" + known,
            "--populations=" + Inputs.samples().resolve("variants/populations.tsv"),
            "--format=tsv,parquet,avro",
            "--partitionBy=contig"),
        "variants.tsv",
        "variants.parquet/contig=chr20/",
        "variants.avro/contig=HLA-A%2A01%3A01/",
        "populations.parquet/contig=chr20/",
        "regions.avro/contig=chr20/",
        "samples.parquet",
        "samples.tsv",
        "regions.tsv",
        "populations.tsv",
        "remarks.tsv",
        "cohort.json");
  }

  /**
   * Files of one sample each, one of which is broken and one withdrawn; on Flink and Spark by the
   * template, on the direct runner by the option that the template fixes.
   */
  @Test
  void joinedSamplesAreTheSameOnEveryRunner() throws Exception {
    Path input = folder.resolve("in");
    Path cohort = Inputs.head("variants/cohort.vcf.gz", 400, folder.resolve("cohort.vcf"));
    Inputs.samplesOf(cohort, 12, input);
    Files.writeString(
        input.resolve("s3.vcf"),
        "chr20\tnowhere\t.\tA\tC\n",
        java.nio.file.StandardOpenOption.APPEND);
    List<String> lines = Files.readAllLines(cohort, java.nio.charset.StandardCharsets.ISO_8859_1);
    String[] samples =
        lines.stream().filter(l -> l.startsWith("#CHROM")).findFirst().orElseThrow().split("\t");
    Path withdrawn = Inputs.text(folder.resolve("withdrawn.txt"), samples[9]);
    compare(
        runner ->
            runner.equals("direct")
                ? List.of("run", "summarize-variants", "--joinSamples=true")
                : List.of("template", "launch", "summarize-joined-samples"),
        List.of(
            "--input=" + input,
            "--absent=reference",
            "--withdrawn=" + withdrawn,
            "--format=tsv,parquet,avro",
            "--partitionBy=contig"),
        "variants.tsv",
        "variants.parquet/contig=chr20/",
        "variants.avro/contig=chr20/",
        "samples.tsv",
        "regions.tsv",
        "cohort.json");
  }

  private void compare(String pipeline, List<String> args, String... files) throws IOException {
    compare(runner -> List.of("run", pipeline), args, files);
  }

  /**
   * Returns what of a folder, which the run has made, those may read or write who own none of it.
   */
  private static List<Path> forOthers(Path out) throws IOException {
    List<Path> open = new ArrayList<>();
    try (Stream<Path> all = Files.walk(out)) {
      for (Path path : all.toList()) {
        if (PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
            .matches("......(r..|.w.)")) {
          open.add(path);
        }
      }
    }
    return open;
  }

  /** Compares what a command, which may be another on each runner, writes with these options. */
  private void compare(Function<String, List<String>> command, List<String> args, String... files)
      throws IOException {
    Map<String, RunOutput> outputs = new LinkedHashMap<>();
    for (String runner : RUNNERS) {
      Path out = folder.resolve(runner + "-out");
      List<String> all = new ArrayList<>(command.apply(runner));
      all.addAll(args);
      all.add("--profile=" + runner);
      all.add("--output=" + out);
      all.add("--stacktrace");
      SESSIONS.get(runner).run(all.toArray(String[]::new)).endedWith(0);
      outputs.put(runner, RunOutput.of(out));
      assertEquals(List.of(), forOthers(out), runner + " lets others read or write nothing");
    }
    RunOutput direct = outputs.get("direct");
    for (String file : files) {
      assertTrue(direct.lines().containsKey(file), () -> file + " in " + direct.lines().keySet());
      assertTrue(direct.lines().get(file).size() > 1, file + " has results");
    }
    assertFalse(direct.lines().get("rejected/").isEmpty(), "the broken input is rejected");
    assertTrue(direct.account().path("conserved").asBoolean(), "every stage adds up");
    for (String runner : RUNNERS) {
      assertEquals("", direct.differences(outputs.get(runner)), "direct and " + runner);
    }
  }
}
