package org.healthbeam.pipelines.monitorvitals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.healthbeam.core.outcome.Ledger;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.StageLedger;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real readings of 134 stays: every row ends in exactly one outcome. */
@Tag("slow")
class ClifTrialTest {
  private static final int ROWS = 94_261;
  private static final Map<String, double[]> CLIF_BOUNDS =
      Map.of(
          "heart_rate", new double[] {0, 300},
          "respiratory_rate", new double[] {0, 60},
          "spo2", new double[] {50, 100},
          "sbp", new double[] {0, 300},
          "dbp", new double[] {0, 200},
          "map", new double[] {0, 250},
          "temp_c", new double[] {32, 44});

  @TempDir Path out;

  @Test
  void everyRowEndsInExactlyOneOutcome() throws Exception {
    Path file = shared().resolve("data/vitals/clif_vitals.csv.gz");
    assumeTrue(Files.exists(file), file + " is not there; it comes with the data for trials");
    MonitorVitalsOptions options =
        PipelineOptionsFactory.fromArgs(
                "--input=" + file,
                "--output=" + out,
                "--columns=subject=hospitalization_id,time=recorded_dttm,"
                    + "kind_or_code=vital_category,value=vital_value",
                "--plausibility=clif",
                "--window=1d",
                "--scorePeriod=1d")
            .as(MonitorVitalsOptions.class);
    Pipeline pipeline = Pipeline.create(options);
    Rejects rejects = Rejects.with(PayloadHash.salted());
    new MonitorVitals().build(pipeline, options, rejects);
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();

    Ledger ledger = rejects.ledger(result.metrics());
    assertEquals(List.of(), ledger.violations());
    Map<String, StageLedger> stages = new TreeMap<>();
    ledger.stages().forEach(s -> stages.put(s.stage(), s));
    long implausible = implausibleByHand(file);
    assertEquals(
        Map.of("header", 1L, "passed", (long) ROWS), stages.get("Find vital signs").outcomes());
    assertEquals(Map.of("passed", (long) ROWS), stages.get("Parse vital signs").outcomes());
    assertEquals(Map.of("passed", (long) ROWS), stages.get("Convert units").outcomes());
    assertEquals(
        Map.of("passed", ROWS - implausible, "rejected:implausible", implausible),
        stages.get("Check plausibility").outcomes());
    StageLedger summarized = stages.get("Summarize vital signs");
    assertEquals(ROWS - implausible, summarized.in());
    assertEquals(0, summarized.rejected());
    List<String> rows = Files.readAllLines(out.resolve("summaries.tsv"));
    long n = 0;
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split("\t", -1);
      n += Long.parseLong(cells[7]) + Long.parseLong(cells[22]);
    }
    assertEquals(ROWS - implausible, n, "n and n_duplicate of all summaries");
  }

  private static long implausibleByHand(Path file) throws IOException {
    long count = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while ((line = lines.readLine()) != null) {
        String[] cells = line.split(",");
        double[] bounds = CLIF_BOUNDS.get(cells[2]);
        double value = Double.parseDouble(cells[3]);
        if (bounds != null && (value < bounds[0] || value > bounds[1])) {
          count++;
        }
      }
    }
    return count;
  }

  private static Path shared() {
    String given = System.getProperty("healthbeam.shared");
    return given != null
        ? Path.of(given)
        : Path.of(System.getProperty("healthbeam.root", ".")).resolveSibling("shared");
  }
}
