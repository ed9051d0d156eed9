package org.healthbeam.runners.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.healthbeam.core.outcome.Ledger;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.pipelines.monitorvitals.MonitorVitals;
import org.healthbeam.pipelines.monitorvitals.MonitorVitalsOptions;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spark tells of a ward, in batch, what the direct runner tells: every table, in every setting. */
@Tag("slow")
class WardOnSparkTest {
  private static final int LINES = 4000;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--window=10m",
        "--window=2h --artefacts=hampel",
        "--window=1h --slide=20m",
        "--sessionGap=10m --artefacts=hampel",
        "--ladder=1m,10m,1h,2h"
      })
  void rowsAreThoseOfTheDirectRunner(String settings) throws Exception {
    Path input = head();
    Map<String, List<String>> direct = run("DirectRunner", input, settings);
    assertTrue(direct.get("summaries.tsv").size() > 10, "summaries.tsv has rows");
    assertTrue(direct.get("scores.tsv").size() > 10, "scores.tsv has rows");
    assertEquals(direct, run("SparkRunner", input, settings));
  }

  private Path head() throws IOException {
    Path sample =
        Path.of(System.getProperty("healthbeam.root", "../.."), "samples/data/vitals/ward.csv.gz");
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(sample)), StandardCharsets.ISO_8859_1))) {
      return Files.write(
          folder.resolve("ward.csv"),
          in.lines().limit(LINES).toList(),
          StandardCharsets.ISO_8859_1);
    }
  }

  private static Map<String, List<String>> run(String runner, Path input, String settings)
      throws Exception {
    Path out = Files.createTempDirectory(input.getParent(), "out");
    List<String> args = new ArrayList<>(List.of(settings.split(" ")));
    args.addAll(
        List.of(
            "--runner=" + runner,
            "--input=" + input,
            "--output=" + out,
            "--horizon=1h",
            "--scorePeriod=30m"));
    MonitorVitalsOptions options =
        PipelineOptionsFactory.fromArgs(args.toArray(String[]::new)).as(MonitorVitalsOptions.class);
    if (options.getRunner() == SparkRunner.class) {
      options.as(SparkPipelineOptions.class).setSparkMaster("local[2]");
      new SparkAdapter().configure(options);
    }
    MonitorVitals monitor = new MonitorVitals();
    monitor.check(options);
    Pipeline pipeline = Pipeline.create(options);
    Rejects rejects = Rejects.with(PayloadHash.salted());
    monitor.build(pipeline, options, rejects);
    rejects.all(pipeline);
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    Ledger ledger = rejects.ledger(result.metrics());
    assertEquals(List.of(), ledger.violations());
    monitor.finish(options);
    return tables(out);
  }

  /** Returns the rows of every table, sorted. */
  private static Map<String, List<String>> tables(Path out) throws IOException {
    Map<String, List<String>> tables = new TreeMap<>();
    try (Stream<Path> files = Files.list(out)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".tsv")).toList()) {
        tables.put(
            file.getFileName().toString(), Files.readAllLines(file).stream().sorted().toList());
      }
    }
    return tables;
  }
}
