package org.healthbeam.io.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.Ledger;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.io.stream.RecordTimes;
import org.healthbeam.io.stream.WatermarkPolicy;
import org.healthbeam.io.stream.WatermarkPolicy.Basis;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages of a real broker: a message is a time, a space and a word. */
@Tag("slow")
class ReadMessagesTest {
  private static final Instant T = Instant.parse("2150-01-01T00:00:00Z");
  private static final long PATIENCE_SECONDS = 120;

  /** What windows said when they were over, by run. */
  private static final Map<String, BlockingQueue<String>> TOLD = new ConcurrentHashMap<>();

  @TempDir static Path folder;
  private static KafkaBroker broker;
  private final String run = UUID.randomUUID().toString();

  @BeforeAll
  static void start() throws Exception {
    broker = KafkaBroker.start(folder);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @BeforeEach
  void listen() {
    TOLD.put(run, new LinkedBlockingQueue<>());
  }

  @AfterEach
  void listenNoMore() {
    TOLD.remove(run);
  }

  private static final class FirstWord implements RecordTimes {
    private static final long serialVersionUID = 1L;

    @Override
    public long earliestMillis(InputRecord record) {
      String text = record.text();
      return text.matches("[0-9]{4}-.*")
          ? Instant.parse(text.substring(0, text.indexOf(' '))).toEpochMilli()
          : UNKNOWN;
    }
  }

  /**
   * Of four partitions one is never written to, and one stops early; a reading of one is dated
   * fifty years ahead. Windows of a minute end all the same, none too early.
   */
  @Test
  void windowsEndThoughPartitionsAreIdleAndReadingsAreFromTheFuture() throws Exception {
    broker.createTopic("vitals", 4);
    try (KafkaProducer<String, String> producer = broker.producer()) {
      for (int i = 0; i < 60; i++) {
        KafkaBroker.send(producer, "vitals", 0, T.plusSeconds(10L * i) + " a");
        if (i == 20) {
          KafkaBroker.send(producer, "vitals", 0, T.plus(Duration.ofDays(50 * 365)) + " future");
          KafkaBroker.send(producer, "vitals", 0, "no time");
          KafkaBroker.send(producer, "vitals", 0, null);
        }
        KafkaBroker.send(producer, "vitals", 1, T.plusSeconds(10L * i + 5) + " b");
        if (i < 12) {
          KafkaBroker.send(producer, "vitals", 2, T.plusSeconds(10L * i + 7) + " stops");
        }
      }
    }
    Rejects rejects = Rejects.with(PayloadHash.salted());
    PipelineResult result = run("vitals", rejects);
    try {
      Map<String, String> told = new TreeMap<>();
      // The last windows stay open: nothing says that they are over.
      while (told.size() < 9 + 9 + 2) {
        String[] next = next().split("=");
        assertEquals(null, told.put(next[0], next[1]), "a window is told once");
      }
      Map<String, String> expected = new TreeMap<>();
      for (int minute = 0; minute < 9; minute++) {
        expected.put(minute + " a", "6");
        expected.put(minute + " b", "6");
        if (minute < 2) {
          expected.put(minute + " stops", "6");
        }
      }
      assertEquals(expected, told);
      Ledger ledger = rejects.ledger(result.metrics());
      assertEquals(
          Map.of("passed", 134L, "rejected:missing-field", 1L),
          ledger.stages().stream()
              .filter(s -> s.stage().equals(ReadMessages.STAGE))
              .findFirst()
              .orElseThrow()
              .outcomes());
      // Written to, and read to the end.
      assertEquals(
          Map.of(
              "Read messages|lag_of_vitals_0", 0L,
              "Read messages|lag_of_vitals_1", 0L,
              "Read messages|lag_of_vitals_2", 0L),
          lags(result));
    } finally {
      result.cancel();
    }
  }

  private static Map<String, Long> lags(PipelineResult result) {
    Map<String, Long> values = new TreeMap<>();
    for (var gauge : result.metrics().allMetrics().getGauges()) {
      if (gauge.getName().getName().startsWith("Read messages|lag_of_")) {
        values.put(gauge.getName().getName(), gauge.getAttempted().getValue());
      }
    }
    return values;
  }

  private PipelineResult run(String topic, Rejects rejects) {
    DirectOptions options = PipelineOptionsFactory.create().as(DirectOptions.class);
    options.setBlockOnRun(false);
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply(
            "Read messages",
            ReadMessages.from(
                    broker.servers(),
                    List.of(topic),
                    new FirstWord(),
                    new WatermarkPolicy(
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(3),
                        Duration.ofMinutes(10),
                        Basis.DATA))
                .rejectedTo(rejects))
        .apply("Words", ParDo.of(new Words()))
        .apply(
            "Minutes",
            Window.<String>into(FixedWindows.of(org.joda.time.Duration.standardMinutes(1)))
                .withAllowedLateness(org.joda.time.Duration.ZERO)
                .discardingFiredPanes())
        .apply("Count", Count.perElement())
        .apply("Tell", ParDo.of(new Tell(run)));
    rejects.all(pipeline);
    return pipeline.run();
  }

  /**
   * The broker is killed and starts again: no message is lost or read twice. A partition that is
   * added meanwhile is read too, from its beginning.
   */
  @Test
  void readsOnWhenTheBrokerIsThereAgainAndWhatIsAdded() throws Exception {
    broker.createTopic("restarted", 1);
    PipelineResult result = run("restarted", Rejects.with(PayloadHash.salted()));
    try (KafkaProducer<String, String> producer = broker.producer()) {
      for (int i = 0; i < 24; i++) {
        KafkaBroker.send(producer, "restarted", 0, T.plusSeconds(10L * i) + " a");
      }
      List<String> told = new ArrayList<>(List.of(next()));
      broker.kill();
      broker.restart();
      broker.addPartitions("restarted", 2);
      for (int i = 24; i < 60; i++) {
        KafkaBroker.send(producer, "restarted", 0, T.plusSeconds(10L * i) + " a");
      }
      while (told.size() < 9) {
        told.add(next());
      }
      told.sort(null);
      assertEquals(IntStream.range(0, 9).mapToObj(minute -> minute + " a=6").toList(), told);
      // Of a time that has not come yet: nobody has waited for a partition that is not known.
      for (int i = 60; i < 120; i++) {
        KafkaBroker.send(producer, "restarted", 1, T.plusSeconds(10L * i) + " added");
      }
      told.clear();
      while (told.size() < 9) {
        String next = next();
        if (next.endsWith("added=6")) {
          told.add(next);
        }
      }
      told.sort(null);
      assertEquals(IntStream.range(10, 19).mapToObj(minute -> minute + " added=6").toList(), told);
    } finally {
      result.cancel();
    }
    PipelineResult again = run("restarted", Rejects.with(PayloadHash.salted()));
    try {
      Map<String, String> told = new TreeMap<>();
      while (told.size() < 19) {
        String[] next = next().split("=");
        assertNull(told.put(next[0], next[1]), "a window is told once");
      }
      for (int minute = 0; minute < 9; minute++) {
        assertEquals("6", told.get(minute + " a"));
        assertEquals("6", told.get(10 + minute + " added"));
      }
    } finally {
      again.cancel();
    }
  }

  private String next() throws InterruptedException {
    String next = TOLD.get(run).poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertNotNull(next, "windows end");
    return next;
  }

  static final class Words extends DoFn<InputRecord, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element InputRecord record, OutputReceiver<String> out) {
      String word = record.text().substring(record.text().indexOf(' ') + 1);
      if (!word.equals("time")) {
        out.output(word);
      }
    }
  }

  static final class Tell extends DoFn<KV<String, Long>, Void> {
    private static final long serialVersionUID = 1L;
    private final String run;

    Tell(String run) {
      this.run = run;
    }

    @ProcessElement
    public void process(@Element KV<String, Long> count, BoundedWindow window) {
      BlockingQueue<String> told = TOLD.get(run);
      if (told != null) {
        long minute = (window.maxTimestamp().getMillis() - T.toEpochMilli()) / 60_000;
        told.add(minute + " " + count.getKey() + "=" + count.getValue());
      }
    }
  }
}
