package org.healthbeam.runners.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.healthbeam.config.Profile;
import org.healthbeam.pipelines.monitorvitals.MonitorVitalsOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real readings of 134 stays, dated 2110 to 2201 and in no order, say the same in both modes. */
@Tag("slow")
class ClifStreamTest {
  @TempDir Path folder;

  @Test
  void streamOfShiftedYearsTellsTheRowsOfTheBatch() throws Exception {
    Path file = shared().resolve("data/vitals/clif_vitals.csv.gz");
    assumeTrue(Files.exists(file), file + " is not there; it comes with the data for trials");
    MonitorVitalsOptions batch = options(file, List.of());
    batch.setRunner(DirectRunner.class);
    // Every stage adds up, and no reading is late; run() fails otherwise.
    Map<String, List<String>> expected = GeneratedRun.run(folder, batch);
    assertTrue(expected.get("summaries.tsv").size() > 1000, "there are summaries");
    List<String> profile =
        Profile.ofRunner("flink", true).values().entrySet().stream()
            .map(e -> "--" + e.getKey() + "=" + e.getValue())
            .toList();
    MonitorVitalsOptions stream = options(file, profile);
    stream.setRunner(FlinkRunner.class);
    stream.setStreaming(true);
    stream.as(FlinkPipelineOptions.class).setParallelism(2);
    new FlinkAdapter().configureStream(stream, true);
    assertEquals(expected, GeneratedRun.run(folder, stream));
  }

  private static Path shared() {
    String given = System.getProperty("healthbeam.shared");
    return given != null
        ? Path.of(given)
        : Path.of(System.getProperty("healthbeam.root", ".")).resolveSibling("shared");
  }

  private static MonitorVitalsOptions options(Path file, List<String> more) {
    List<String> args = new ArrayList<>(more);
    args.add("--input=" + file);
    args.add("--output=none");
    args.add(
        "--columns=subject=hospitalization_id,time=recorded_dttm,"
            + "kind_or_code=vital_category,value=vital_value");
    args.add("--plausibility=clif");
    args.add("--window=1d");
    args.add("--scorePeriod=1d");
    return PipelineOptionsFactory.fromArgs(args.toArray(String[]::new))
        .as(MonitorVitalsOptions.class);
  }
}
