package org.healthbeam.runners.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.healthbeam.io.kafka.KafkaBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The topics of a stream, read as a committed consumer, hold the tables of the batch. */
@Tag("slow")
class TopicOutputsTest {
  private static final List<String> TABLES =
      List.of("summaries", "scores", "alerts", "burden", "artefacts");

  /** The subject of readings that only say how late it is. */
  private static final String AFTER = "after";

  @TempDir static Path folder;
  private static KafkaBroker broker;

  @BeforeAll
  static void start() throws Exception {
    broker = KafkaBroker.start(folder);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static GeneratedRun ward() throws Exception {
    return new GeneratedRun(
        6, 3, 20_262, Instant.parse("2150-03-28T18:00:00Z"), "--window=10m --artefacts=hampel");
  }

  private static void createTopics(String prefix) throws Exception {
    for (String table : TABLES) {
      broker.createTopic(prefix + "." + table, 3);
    }
  }

  private static String[] options(String prefix, String... more) {
    List<String> options = new ArrayList<>(List.of(more));
    options.add("--streaming=true");
    options.add("--revisions=ALL");
    options.add("--maxDelay=10m");
    options.add("--outputTopics=" + prefix);
    options.add("--bootstrapServers=" + broker.servers());
    return options.toArray(String[]::new);
  }

  /**
   * From topic to topics on Flink, which fails in the midst and goes on from a checkpoint. Late
   * readings tell rows again, before the failure and after it.
   */
  @Test
  void eachRevisionIsThereOnceAlthoughTheJobFailed() throws Exception {
    createTopics("flink");
    broker.createTopic("vitals", 1);
    broker.createTopic("flink.dead", 2);
    try (GeneratedRun of = ward();
        KafkaProducer<String, String> producer = broker.producer()) {
      Map<String, List<String>> batch = of.run(of.direct());
      String run = UUID.randomUUID().toString();
      TopicJob job =
          TopicJob.start(
              of.flink(options("flink", "--deadLetters=flink.dead")),
              "vitals",
              run,
              of.records() / 2);
      try {
        List<String> messages = of.messages();
        int sent = 0;
        for (; sent < messages.size() / 2; sent++) {
          var unused = producer.send(new ProducerRecord<>("vitals", messages.get(sent)));
        }
        sendBad(producer, 0);
        for (; !FailsOnce.hasFailed(run); sent++) {
          assertTrue(sent < messages.size(), "it fails in its midst");
          KafkaBroker.send(producer, "vitals", 0, messages.get(sent));
          Thread.sleep(10);
        }
        sendBad(producer, 1);
        for (; sent < messages.size(); sent++) {
          var unused = producer.send(new ProducerRecord<>("vitals", messages.get(sent)));
        }
        // It is later then, and all windows are over, those of devices fifty years ahead too.
        for (int i = 0; i < 20; i++) {
          Instant later = Instant.parse("2201-06-01T00:00:00Z").plusSeconds(i);
          KafkaBroker.send(producer, "vitals", 0, AFTER + "," + later + ",heart_rate,70,");
        }
        for (String table : TABLES) {
          await(job, table, batch);
        }
        await(job, "dead letters", () -> deadLetters().size() >= 2);
      } finally {
        job.stop();
      }
      int again = 0;
      for (String table : TABLES) {
        again += assertEachOnce(table, broker.committed("flink." + table));
        assertTable(table, batch.get(table + ".tsv"), broker.committed("flink." + table));
      }
      assertTrue(again > 100, "rows were told again");
      assertEquals(
          List.of("key-0 trace-0 malformed no such row", "key-1 trace-1 malformed no such row"),
          deadLetters());
    }
  }

  private static void sendBad(KafkaProducer<String, String> producer, int n) throws Exception {
    ProducerRecord<String, String> bad =
        new ProducerRecord<>("vitals", 0, "key-" + n, "no such row");
    bad.headers().add("trace", ("trace-" + n).getBytes(StandardCharsets.UTF_8));
    producer.send(bad).get();
  }

  /** Returns those of our bad messages; each of all is there once. */
  private static List<String> deadLetters() {
    List<ConsumerRecord<byte[], byte[]>> all = broker.committed("flink.dead");
    assertEquals(
        all.size(),
        all.stream()
            .map(m -> header(m, "offset") + header(m, "stage") + header(m, "detail"))
            .distinct()
            .count());
    return all.stream()
        .filter(m -> m.key() != null)
        .map(
            m ->
                "%s %s %s %s"
                    .formatted(
                        text(m.key()),
                        text(m.headers().lastHeader("trace").value()),
                        header(m, "reason"),
                        text(m.value())))
        .sorted()
        .toList();
  }

  private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
    return text(message.headers().lastHeader("healthbeam." + name).value());
  }

  private interface Check {
    boolean holds() throws Exception;
  }

  private static void await(TopicJob job, String what, Check check) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!check.holds()) {
      if (job.hasEnded() || System.nanoTime() > end) {
        throw new AssertionError(what + " did not come", job.failure());
      }
      Thread.sleep(300);
    }
  }

  private void await(TopicJob job, String table, Map<String, List<String>> batch) throws Exception {
    List<String> expected = batch.get(table + ".tsv");
    try {
      await(
          job,
          table,
          () -> rows(table, expected, broker.committed("flink." + table)).equals(expected));
    } catch (AssertionError e) {
      assertTable(table, expected, broker.committed("flink." + table));
      throw e;
    }
  }

  private static int revision(ConsumerRecord<byte[], byte[]> message) {
    Header header = message.headers().lastHeader("revision");
    return header == null ? 0 : Integer.parseInt(text(header.value()));
  }

  /** Returns how often a row was told again. */
  private static int assertEachOnce(String table, List<ConsumerRecord<byte[], byte[]>> messages) {
    int again = 0;
    Map<String, Integer> revisions = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> message : messages) {
      int revision = revision(message);
      Integer before = revisions.put(text(message.key()), revision);
      assertEquals(before == null ? 0 : before + 1, revision, table + ": each, in order");
      again += before == null ? 0 : 1;
    }
    return again;
  }

  @Test
  void theDirectRunnerSendsTheTablesToo() throws Exception {
    try (GeneratedRun of = ward()) {
      Map<String, List<String>> batch = of.run(of.direct());
      createTopics("direct");
      of.run(of.direct(options("direct", "--replayOrder=FILE")));
      for (String table : TABLES) {
        assertTable(table, batch.get(table + ".tsv"), broker.committed("direct." + table));
      }
    }
  }

  private static void assertTable(
      String table, List<String> batch, List<ConsumerRecord<byte[], byte[]>> messages)
      throws Exception {
    List<String> rows = rows(table, batch, messages);
    assertTrue(rows.size() > 1, table + " has rows");
    assertEquals(batch, rows, table);
  }

  /**
   * Returns what the topic comes to, in the columns of the batch: of each key the message with the
   * highest revision; what is withdrawn has no value.
   */
  private static List<String> rows(
      String table, List<String> batch, List<ConsumerRecord<byte[], byte[]>> messages)
      throws IOException {
    Map<String, ConsumerRecord<byte[], byte[]>> last = new TreeMap<>();
    messages.forEach(
        m -> last.merge(text(m.key()), m, (a, b) -> revision(b) < revision(a) ? a : b));
    String header =
        batch.stream().filter(line -> line.startsWith("subject\t")).findFirst().orElseThrow();
    List<String> rows = new ArrayList<>(List.of(header));
    for (ConsumerRecord<byte[], byte[]> message : last.values()) {
      if (message.value() == null) {
        continue;
      }
      Map<String, String> row = cells(message.value());
      cells(message.key()).forEach((f, cell) -> assertEquals(cell, row.get(f), table));
      boolean told = !table.equals("artefacts") || row.get("artefact").equals("true");
      if (told && !row.get("subject").equals(AFTER)) {
        List<String> cells = new ArrayList<>();
        for (String column : header.split("\t")) {
          cells.add(assertHas(row, column));
        }
        rows.add(String.join("\t", cells));
      }
    }
    rows.sort(null);
    return rows;
  }

  private static String assertHas(Map<String, String> row, String column) {
    assertTrue(row.containsKey(column), column);
    return row.get(column);
  }

  /** Returns the fields of an object as they are written; null is empty. */
  private static Map<String, String> cells(byte[] object) throws IOException {
    Map<String, String> cells = new LinkedHashMap<>();
    try (JsonParser json = new JsonFactory().createParser(object)) {
      assertEquals(JsonToken.START_OBJECT, json.nextToken());
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        cells.put(name, json.nextToken() == JsonToken.VALUE_NULL ? "" : json.getText());
      }
    }
    return cells;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
