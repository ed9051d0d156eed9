package org.healthbeam.runners.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
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
import org.healthbeam.io.replay.ReplayOrder;
import org.healthbeam.io.replay.ReplaySpeed;
import org.healthbeam.io.stream.RecordTimes;
import org.healthbeam.pipelines.monitorvitals.MonitorVitals;
import org.healthbeam.pipelines.monitorvitals.MonitorVitalsOptions;
import org.healthbeam.samples.ward.GeneratedWard;
import org.healthbeam.transforms.outcome.InputRecordCoder;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.vital.Vitals;

/** A generated ward in a folder of its own, and the runs over it. */
final class GeneratedRun implements AutoCloseable {
  private static final String LATENESS = "8h";

  private final Path folder;
  private final GeneratedWard ward;
  private final String input;
  private final String acknowledgements;
  private final String settings;

  /**
   * Generates the ward.
   *
   * @param settings options, such as those of windows
   */
  GeneratedRun(int beds, int hours, long seed, Instant start, String settings) throws IOException {
    this.folder = Files.createTempDirectory("ward-streams");
    this.ward = GeneratedWard.of(beds, hours, seed, start);
    this.input = ward.write(folder.resolve("ward.csv")).toString();
    this.acknowledgements =
        GeneratedWard.writeAcknowledgements(folder.resolve("seen.csv"), start).toString();
    this.settings = settings;
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private MonitorVitalsOptions options(List<String> args) {
    List<String> all = new ArrayList<>(List.of(settings.split(" ")));
    all.addAll(args);
    all.add("--input=" + input);
    all.add("--acknowledgements=" + acknowledgements);
    all.add("--output=none");
    all.add("--horizon=1h");
    all.add("--scorePeriod=30m");
    all.add("--allowedLateness=" + LATENESS);
    return PipelineOptionsFactory.fromArgs(all.toArray(String[]::new))
        .as(MonitorVitalsOptions.class);
  }

  MonitorVitalsOptions direct(String... args) {
    MonitorVitalsOptions options = options(List.of(args));
    options.setRunner(DirectRunner.class);
    return options;
  }

  MonitorVitalsOptions flink(String... args) throws Exception {
    List<String> all = new ArrayList<>(List.of(args));
    Profile.ofRunner("flink", true).values().forEach((k, v) -> all.add("--" + k + "=" + v));
    MonitorVitalsOptions options = options(all);
    options.setRunner(FlinkRunner.class);
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    flink.setParallelism(2);
    flink.setStreaming(true);
    new FlinkAdapter().configureStream(options, true);
    return options;
  }

  /** Runs it as the command does; nothing may be late. Returns what was written. */
  Map<String, List<String>> run(MonitorVitalsOptions options) throws Exception {
    return run(folder, options);
  }

  /** Runs whatever the options say, in a folder of its own in that one. */
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
    assertEquals(0, late(ledger), "what was too late");
    monitor.finish(options);
    return WrittenTables.in(out);
  }

  private static long late(Ledger ledger) {
    return ledger.stages().stream()
        .mapToLong(
            s ->
                s.outcomes().getOrDefault("rejected:late", 0L)
                    + s.outcomes().getOrDefault("late", 0L))
        .sum();
  }

  /**
   * Runs it on Flink, where it fails once after so many records and a checkpoint, and goes on from
   * there. The files that it leaves hold each row once, though the job did some of its work twice.
   *
   * @param speed slow enough for a checkpoint in its midst
   * @return the folder with what was written
   */
  Path restarted(MonitorVitalsOptions options, ReplayOrder order, ReplaySpeed speed, int after)
      throws Exception {
    String run = UUID.randomUUID().toString();
    Path out = Files.createDirectory(folder.resolve(run));
    options.setOutput(out.toString());
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    flink.setCheckpointingInterval(200L);
    flink.setMinPauseBetweenCheckpoints(0L);
    flink.setNumberOfExecutionRetries(2);
    flink.setExecutionRetryDelay(10L);
    Pipeline pipeline = Pipeline.create(options);
    Rejects rejects = Rejects.with(PayloadHash.salted());
    String header = ward.header();
    PCollection<InputRecord> records =
        pipeline
            .apply(
                "Replay",
                ReplayFiles.of(
                        List.of(input),
                        List.of(),
                        new Times(Vitals.parse().withHeaders(s -> header).earliestTimes()))
                    .inOrder(order)
                    .atSpeed(speed)
                    .rejectedTo(rejects))
            .apply("Fail once", ParDo.of(new FailsOnce(run, after)))
            .setCoder(InputRecordCoder.of());
    MonitorVitals.write(records, options, rejects);
    rejects.all(pipeline);
    pipeline.run().waitUntilFinish();
    assertTrue(FailsOnce.hasFailed(run), "it failed in its midst");
    new MonitorVitals().finish(options);
    return out;
  }

  /** Returns the records as messages, which have all columns but the last one. */
  List<String> messages() {
    return ward.lines().stream()
        .map(line -> line.substring(0, line.lastIndexOf(',')))
        // A line has the bytes of its file, which is UTF-8.
        .map(line -> new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
        .toList();
  }

  int records() {
    return ward.lines().size();
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
}
