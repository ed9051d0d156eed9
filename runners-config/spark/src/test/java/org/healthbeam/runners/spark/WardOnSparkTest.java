package org.healthbeam.runners.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.runners.spark.SparkPipelineOptions;
import org.apache.beam.runners.spark.SparkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.healthbeam.core.outcome.Ledger;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.pipelines.monitorvitals.MonitorVitals;
import org.healthbeam.pipelines.monitorvitals.MonitorVitalsOptions;
import org.healthbeam.samples.ward.GeneratedWard;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spark tells of a ward, in batch, what the direct runner tells: every table, in every setting. */
@Tag("slow")
class WardOnSparkTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "--window=10m, 6, 3, 1, 2026",
    "--window=2h --artefacts=hampel, 3, 5, 2, 2110",
    "--window=1h --slide=20m, 4, 4, 3, 2150",
    "--sessionGap=10m --artefacts=hampel, 5, 3, 4, 2201",
    "'--ladder=1m,10m,1h,2h', 2, 6, 5, 2026"
  })
  void rowsAreThoseOfTheDirectRunner(String settings, int beds, int hours, long seed, int year)
      throws Exception {
    Instant start = Instant.parse(year + "-03-28T18:00:00Z");
    Path input = GeneratedWard.of(beds, hours, seed, start).write(folder.resolve("ward.csv"));
    GeneratedWard.writeAcknowledgements(folder.resolve("seen.csv"), start);
    Map<String, List<String>> direct = run("DirectRunner", input, settings);
    assertTrue(direct.get("summaries.tsv").size() > 10, "summaries.tsv has rows");
    assertTrue(direct.get("scores.tsv").size() > 10, "scores.tsv has rows");
    assertTrue(direct.get("alerts.tsv").size() > beds, "alerts.tsv has rows of each bed");
    assertEquals(direct, run("SparkRunner", input, settings));
  }

  private static Map<String, List<String>> run(String runner, Path input, String settings)
      throws Exception {
    Path out = Files.createTempDirectory(input.getParent(), "out");
    List<String> args = new ArrayList<>(List.of(settings.split(" ")));
    args.addAll(
        List.of(
            "--runner=" + runner,
            "--input=" + input,
            "--acknowledgements=" + input.resolveSibling("seen.csv"),
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
