package org.healthbeam.runners.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.config.Profile;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.Ledger;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.io.replay.ReplayFiles;
import org.healthbeam.io.replay.ReplaySpeed;
import org.healthbeam.io.stream.RecordTimes;
import org.healthbeam.pipelines.monitorvitals.MonitorVitals;
import org.healthbeam.pipelines.monitorvitals.MonitorVitalsOptions;
import org.healthbeam.transforms.outcome.InputRecordCoder;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.vital.Vitals;

/**
 * Batch is streaming is out of order is restarted: the final rows of all tables are the same for a
 * generated ward, in whichever way it is read.
 */
@Tag("slow")
class WardStreamsTest {
  private static final String LATENESS = "8h";

  record Ward(int beds, int hours, long seed, int year) {
    GeneratedWard generate() throws IOException {
      return GeneratedWard.of(beds, hours, seed, Instant.parse(year + "-03-28T18:00:00Z"));
    }
  }

  @Provide
  Arbitrary<Ward> wards() {
    return Combinators.combine(
            Arbitraries.integers().between(2, 6),
            Arbitraries.integers().between(2, 6),
            Arbitraries.longs().between(1, 1_000_000),
            Arbitraries.of(2026, 2110, 2150, 2201))
        .as(Ward::new);
  }

  @Property(tries = 2, shrinking = ShrinkingMode.OFF)
  void finalRowsAreThoseOfTheBatch(@ForAll("wards") Ward ward) throws Exception {
    inEveryWay(ward);
  }

  @Tag("long")
  @Property(tries = 25, shrinking = ShrinkingMode.OFF)
  void finalRowsAreThoseOfTheBatchManyTimes(@ForAll("wards") Ward ward) throws Exception {
    inEveryWay(ward);
  }

  private static void inEveryWay(Ward generated) throws Exception {
    Path folder = Files.createTempDirectory("ward-streams");
    try {
      GeneratedWard ward = generated.generate();
      String input = ward.write(folder.resolve("ward.csv")).toString();
      Map<String, List<String>> batch = run(folder, direct("--input=" + input));
      for (String table : List.of("summaries.tsv", "scores.tsv")) {
        assertTrue(batch.get(table).size() > 10, table + " has rows");
      }
      assertEquals(
          batch, run(folder, direct("--input=" + input, "--streaming=true")), "direct, in order");
      assertEquals(
          batch,
          run(
              folder,
              direct(
                  "--input=" + input, "--streaming=true", "--replayOrder=FILE", "--maxDelay=10m")),
          "direct, as received, many within the lateness");
      assertEquals(
          batch, run(folder, flink("--input=" + input, "--streaming=true")), "Flink, in order");
      assertEquals(
          batch,
          run(
              folder,
              flink(
                  "--input=" + input, "--streaming=true", "--replayOrder=FILE", "--maxDelay=10m")),
          "Flink, as received, many within the lateness");
      assertEquals(batch, restarted(folder, ward, input), "Flink, failed once and restarted");
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private static MonitorVitalsOptions options(String... args) {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.add("--output=none");
    all.add("--window=10m");
    all.add("--horizon=1h");
    all.add("--scorePeriod=30m");
    all.add("--allowedLateness=" + LATENESS);
    return PipelineOptionsFactory.fromArgs(all.toArray(String[]::new))
        .as(MonitorVitalsOptions.class);
  }

  private static MonitorVitalsOptions direct(String... args) {
    MonitorVitalsOptions options = options(args);
    options.setRunner(DirectRunner.class);
    return options;
  }

  private static MonitorVitalsOptions flink(String... args) throws Exception {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    Profile.ofRunner("flink", true).values().forEach((k, v) -> all.add("--" + k + "=" + v));
    MonitorVitalsOptions options = options(all.toArray(String[]::new));
    options.setRunner(FlinkRunner.class);
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    flink.setParallelism(2);
    flink.setStreaming(true);
    new FlinkAdapter().configureStream(options, true);
    return options;
  }

  static Map<String, List<String>> run(Path folder, MonitorVitalsOptions options) throws Exception {
    Path out = Files.createDirectory(folder.resolve(UUID.randomUUID().toString()));
    options.setOutput(out.toString());
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
    assertEquals(0, late(ledger), "readings that were too late");
    monitor.finish(options);
    return tables(out);
  }

  private static long late(Ledger ledger) {
    return ledger.stages().stream()
        .mapToLong(s -> s.outcomes().getOrDefault("rejected:late", 0L))
        .sum();
  }

  /** The files that it leaves hold each row once, though the job did some of its work twice. */
  private static Map<String, List<String>> restarted(Path folder, GeneratedWard ward, String input)
      throws Exception {
    String run = UUID.randomUUID().toString();
    Path out = Files.createDirectory(folder.resolve(run));
    MonitorVitalsOptions options = flink("--input=" + input, "--streaming=true");
    options.setOutput(out.toString());
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    flink.setCheckpointingInterval(200L);
    flink.setMinPauseBetweenCheckpoints(0L);
    flink.setNumberOfExecutionRetries(2);
    flink.setExecutionRetryDelay(10L);
    Pipeline pipeline = Pipeline.create(options);
    Rejects rejects = Rejects.with(PayloadHash.salted());
    String header = ward.header();
    // Slow enough for a checkpoint in its midst: an hour takes two seconds.
    PCollection<InputRecord> records =
        pipeline
            .apply(
                "Replay",
                ReplayFiles.of(
                        List.of(input),
                        List.of(),
                        new Times(Vitals.parse().withHeaders(s -> header).earliestTimes()))
                    .atSpeed(new ReplaySpeed(1800))
                    .rejectedTo(rejects))
            .apply("Fail once", ParDo.of(new FailsOnce(run)))
            .setCoder(InputRecordCoder.of());
    MonitorVitals.write(records, options, rejects);
    rejects.all(pipeline);
    pipeline.run().waitUntilFinish();
    assertTrue(FailsOnce.hasFailed(run), "it failed in its midst");
    new MonitorVitals().finish(options);
    return tables(out);
  }

  private static final class Times implements RecordTimes {
    private static final long serialVersionUID = 1L;
    private final SerializableFunction<InputRecord, Long> earliest;

    Times(SerializableFunction<InputRecord, Long> earliest) {
      this.earliest = earliest;
    }

    @Override
    public long earliestMillis(InputRecord record) {
      Long time = earliest.apply(record);
      return time == null ? UNKNOWN : time;
    }
  }

  /** Returns the rows of every table, sorted, without the number of their revision. */
  private static Map<String, List<String>> tables(Path out) throws IOException {
    Map<String, List<String>> tables = new TreeMap<>();
    try (Stream<Path> files = Files.list(out)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".tsv")).toList()) {
        List<String> lines = Files.readAllLines(file);
        int revision = Arrays.asList(lines.get(0).split("\t")).indexOf("revision");
        tables.put(
            file.getFileName().toString(),
            lines.stream().map(line -> without(revision, line)).sorted().toList());
      }
    }
    return tables;
  }

  private static String without(int column, String line) {
    if (column < 0) {
      return line;
    }
    List<String> cells = new ArrayList<>(Arrays.asList(line.split("\t", -1)));
    cells.remove(column);
    return String.join("\t", cells);
  }
}
