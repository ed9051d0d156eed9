package org.healthbeam.runners.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.Ledger;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.vital.VitalSummary;
import org.healthbeam.core.vital.alert.Alert;
import org.healthbeam.core.vital.alert.AlertBurden;
import org.healthbeam.core.vital.score.EarlyWarningScore;
import org.healthbeam.pipelines.monitorvitals.MonitorVitals;
import org.healthbeam.pipelines.monitorvitals.MonitorVitalsOptions;
import org.healthbeam.pipelines.monitorvitals.VitalOutputs;
import org.healthbeam.pipelines.monitorvitals.VitalSettings;
import org.healthbeam.transforms.outcome.InputRecordCoder;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same readings as a file, as a stream in order, and out of order within the lateness. */
@Tag("slow")
class StreamedVitalsTest {
  private static final Instant T = Instant.parse("2110-04-11T20:00:00Z");
  private static final int READINGS = 400;
  private static final int LONGEST_DELAY = 1500;
  private static final String FIXED = "--window=10m";

  /** Several times that of early firings. */
  private static final long PAUSE_MILLIS = 20;

  private static final AtomicInteger EARLY_ROWS = new AtomicInteger();

  /** What the last panes said, by run; runners in this JVM all write here. */
  private static final Map<String, ConcurrentLinkedQueue<String>> TOLD = new ConcurrentHashMap<>();

  private static final List<String> RECORDS = new ArrayList<>();
  private static final List<Long> TIMES = new ArrayList<>();
  private static List<String> batch;

  @BeforeAll
  static void makeReadingsAndReadThemAsABatch() throws Exception {
    Random random = new Random(42);
    String[] codes = {"8867-4", "9279-1", "59408-5", "8480-6", "8310-5"};
    double[] middles = {90, 18, 94, 115, 37.5};
    for (int i = 0; i < READINGS; i++) {
      Instant time = T.plusSeconds(30L * i + random.nextInt(30));
      int kind = random.nextInt(codes.length);
      double value = Math.rint(10 * middles[kind] * (0.8 + 0.3 * random.nextDouble())) / 10;
      if (random.nextInt(40) == 0) {
        value = 9999;
      }
      RECORDS.add(
          ("{'resourceType':'Observation','status':'final','code':{'coding':[{'system':"
                  + "'http://loinc.org','code':'%s'}]},'subject':{'reference':'Patient/%d'},"
                  + "'effectiveDateTime':'%s','valueQuantity':{'value':%s}}")
              .formatted(codes[kind], random.nextInt(3), time, value)
              .replace('\'', '"'));
      TIMES.add(time.toEpochMilli());
      if (random.nextInt(20) == 0) {
        RECORDS.add(RECORDS.get(RECORDS.size() - 1));
        TIMES.add(TIMES.get(TIMES.size() - 1));
      }
    }
    batch = asABatch(FIXED);
    assertTrue(batch.size() > READINGS, "summaries and scores are both there");
  }

  private static List<String> asABatch(String windows) throws Exception {
    Pipeline pipeline = Pipeline.create(options(DirectRunner.class, windows));
    List<InputRecord> records =
        IntStream.range(0, RECORDS.size())
            .mapToObj(i -> InputRecord.ofText("replay", "" + i, RECORDS.get(i)))
            .toList();
    return told(pipeline, pipeline.apply(Create.of(records).withCoder(InputRecordCoder.of())));
  }

  @Test
  void directRunnerTellsTheSameOfAStreamInOrder() throws Exception {
    assertEquals(batch, streamed(options(DirectRunner.class), inOrder()));
  }

  @Test
  void directRunnerTellsTheSameOfAStreamOutOfOrder() throws Exception {
    assertEquals(batch, streamed(options(DirectRunner.class), delayed(1)));
    assertEquals(batch, streamed(options(DirectRunner.class), delayed(2)));
  }

  @Test
  void flinkTellsTheSameOfAStreamInOrder() throws Exception {
    assertEquals(batch, streamed(flink(), inOrder()));
  }

  @Test
  void flinkTellsTheSameOfAStreamOutOfOrder() throws Exception {
    assertEquals(batch, streamed(flink(), delayed(1)));
    assertEquals(batch, streamed(flink(), delayed(2)));
  }

  /** In batch, with slots and digests of them; as a stream, with revisions of both. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--window=2h",
        "--window=1h --slide=20m",
        "--sessionGap=5m",
        "--ladder=1m,10m,1h,2h"
      })
  void flinkTellsTheSameOfEveryKindOfWindowsOutOfOrder(String windows) throws Exception {
    assertEquals(asABatch(windows), streamed(flink(windows), delayed(3)));
  }

  /** Windows that are not over are told too: what is final is the same. */
  @ParameterizedTest
  @ValueSource(strings = {FIXED, "--ladder=1m,10m,2h"})
  void flinkTellsTheSameOfWindowsThatAreToldEarly(String windows) throws Exception {
    EARLY_ROWS.set(0);
    assertEquals(
        asABatch(windows),
        streamed(flink(windows + " --revisions=ALL --earlyFirings=5ms"), delayed(4), PAUSE_MILLIS));
    assertTrue(EARLY_ROWS.get() > 0, "some were told early");
  }

  private static MonitorVitalsOptions flink() {
    return flink(FIXED);
  }

  private static MonitorVitalsOptions flink(String windows) {
    MonitorVitalsOptions options = options(FlinkRunner.class, windows);
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    flink.setFlinkMaster("[local]");
    flink.setParallelism(2);
    flink.setStreaming(true);
    return options;
  }

  private static MonitorVitalsOptions options(Class<? extends PipelineRunner<?>> runner) {
    return options(runner, FIXED);
  }

  private static MonitorVitalsOptions options(
      Class<? extends PipelineRunner<?>> runner, String windows) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--input=none",
                "--output=none",
                "--horizon=1h",
                "--scorePeriod=30m",
                "--allowedLateness=30m"));
    args.addAll(List.of(windows.split(" ")));
    MonitorVitalsOptions options =
        PipelineOptionsFactory.fromArgs(args.toArray(String[]::new)).as(MonitorVitalsOptions.class);
    options.setRunner(runner);
    return options;
  }

  private static List<Integer> inOrder() {
    return IntStream.range(0, RECORDS.size()).boxed().toList();
  }

  /** An order of arrival in which a record comes up to {@link #LONGEST_DELAY} seconds late. */
  private static List<Integer> delayed(int seed) {
    Random random = new Random(seed);
    Map<Integer, Long> arrival = new HashMap<>();
    for (int i = 0; i < TIMES.size(); i++) {
      arrival.put(i, TIMES.get(i) + 1000L * random.nextInt(LONGEST_DELAY));
    }
    List<Integer> order = new ArrayList<>(inOrder());
    order.sort(Comparator.comparing(arrival::get));
    return order;
  }

  private static List<String> streamed(MonitorVitalsOptions options, List<Integer> order)
      throws Exception {
    return streamed(options, order, 0);
  }

  private static List<String> streamed(
      MonitorVitalsOptions options, List<Integer> order, long pauseMillis) throws Exception {
    Pipeline pipeline = Pipeline.create(options);
    return told(
        pipeline,
        pipeline.apply(
            Read.from(
                new ReplayedRecords(
                    order.stream().map(RECORDS::get).toList(),
                    order.stream().map(TIMES::get).toList(),
                    pauseMillis))));
  }

  private static List<String> told(Pipeline pipeline, PCollection<InputRecord> records)
      throws Exception {
    String run = UUID.randomUUID().toString();
    TOLD.put(run, new ConcurrentLinkedQueue<>());
    Rejects rejects = Rejects.with(PayloadHash.salted());
    MonitorVitalsOptions options = pipeline.getOptions().as(MonitorVitalsOptions.class);
    VitalOutputs outputs = MonitorVitals.monitor(records, VitalSettings.of(options), rejects);
    outputs.summaries().apply("Last summaries", ParDo.of(new LastSummaries(run)));
    outputs.alerts().orElseThrow().apply("Last alerts", ParDo.of(new LastAlerts(run)));
    outputs.burden().orElseThrow().apply("Last burden", ParDo.of(new LastBurden(run)));
    outputs.scores().apply("Last scores", ParDo.of(new LastScores(run)));
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    Ledger ledger = rejects.ledger(result.metrics());
    assertEquals(List.of(), ledger.violations());
    assertEquals(
        0,
        ledger.stages().stream()
            .mapToLong(s -> s.outcomes().getOrDefault("rejected:late", 0L))
            .sum());
    return TOLD.remove(run).stream().sorted().toList();
  }

  static final class LastSummaries extends DoFn<VitalSummary, Void> {
    private static final long serialVersionUID = 1L;
    private final String run;

    LastSummaries(String run) {
      this.run = run;
    }

    @ProcessElement
    public void process(@Element VitalSummary s, PaneInfo pane) {
      if (pane.getTiming() == PaneInfo.Timing.EARLY) {
        EARLY_ROWS.incrementAndGet();
      }
      if (s.isFinal()) {
        TOLD.get(run)
            .add(
                String.join(
                    " ",
                    s.subject(),
                    s.kind().kindName(),
                    s.windowStart() + "/" + s.windowEnd(),
                    List.of(
                            s.n(),
                            s.mean(),
                            s.sd(),
                            s.min(),
                            s.max(),
                            s.first(),
                            s.last(),
                            s.twa(),
                            s.slopePerHour(),
                            s.p05(),
                            s.p50(),
                            s.p95(),
                            s.coverage(),
                            s.maxGapSeconds(),
                            s.nImplausible(),
                            s.nDuplicate())
                        .toString()));
      }
    }
  }

  static final class LastAlerts extends DoFn<Alert, Void> {
    private static final long serialVersionUID = 1L;
    private final String run;

    LastAlerts(String run) {
      this.run = run;
    }

    @ProcessElement
    public void process(@Element Alert a) {
      if (a.isFinal()) {
        TOLD.get(run)
            .add(
                String.join(
                    " ",
                    a.subject(),
                    a.time().toString(),
                    a.rule(),
                    a.state().text(),
                    "" + a.score(),
                    a.detail()));
      }
    }
  }

  static final class LastBurden extends DoFn<AlertBurden, Void> {
    private static final long serialVersionUID = 1L;
    private final String run;

    LastBurden(String run) {
      this.run = run;
    }

    @ProcessElement
    public void process(@Element AlertBurden b) {
      TOLD.get(run)
          .add(
              "%s %s %d %d %d %d"
                  .formatted(
                      b.subject(),
                      b.day(),
                      b.raised(),
                      b.suppressed(),
                      b.delayed(),
                      b.activeMillis()));
    }
  }

  static final class LastScores extends DoFn<EarlyWarningScore, Void> {
    private static final long serialVersionUID = 1L;
    private final String run;

    LastScores(String run) {
      this.run = run;
    }

    @ProcessElement
    public void process(@Element EarlyWarningScore s) {
      if (s.isFinal()) {
        List<String> parts =
            s.parameters().stream()
                .map(p -> p.points() + "/" + p.value() + "/" + p.ageSeconds())
                .toList();
        TOLD.get(run)
            .add(
                "%s %s %s %s %s %s %s"
                    .formatted(
                        s.subject(),
                        s.time(),
                        s.score(),
                        s.risk(),
                        s.minPossible(),
                        s.maxPossible(),
                        parts));
      }
    }
  }
}
