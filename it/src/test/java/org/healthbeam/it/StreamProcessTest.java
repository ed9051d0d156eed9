package org.healthbeam.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.healthbeam.io.kafka.KafkaBroker;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Streams of monitor-vitals as processes, from a broker and from files, to their end or stopped.
 */
@Tag("slow")
class StreamProcessTest {
  private static final String HEADER = "subject,time,kind_or_code,value,unit";
  private static final List<String> TABLES = List.of("summaries", "scores", "alerts", "burden");
  private static final List<String> NOT_OF_THE_WARD = List.of("after", "ahead");
  private static final long PATIENCE_MINUTES = 5;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private interface Check {
    boolean holds() throws IOException;
  }

  private void await(String what, HealthBeamProcess.Started run, Check check) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
    while (!check.holds()) {
      if (!run.process().isAlive() || System.nanoTime() > end) {
        throw new AssertionError(what + " did not happen; standard error:\n" + run.err());
      }
      Thread.sleep(200);
    }
  }

  private List<String> ward(int lines) throws IOException {
    Path sample = Inputs.head("vitals/ward.csv.gz", lines + 1, folder.resolve("sample.csv"));
    return Files.readAllLines(sample).stream()
        .skip(1)
        .map(line -> String.join(",", List.of(line.split(",", -1)).subList(0, 5)))
        .toList();
  }

  private Path batch(List<String> records, String... options) throws Exception {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    lines.addAll(records);
    Path input = Inputs.text(folder.resolve("batch.csv"), lines.toArray(String[]::new));
    run("direct", "batch", "--input=" + input, options).endedWith(0);
    return folder.resolve("batch");
  }

  private HealthBeamProcess.Started start(
      String runner, String name, String input, String... options) throws IOException {
    List<String> args =
        new ArrayList<>(
            List.of(
                "run",
                "monitor-vitals",
                input,
                "--runner=" + runner,
                "--output=" + folder.resolve(name),
                "--log=" + folder.resolve(name + ".log"),
                "--stacktrace"));
    args.addAll(List.of(options));
    return HealthBeamProcess.start(
        runner, folder.resolve(name + "-process"), args.toArray(String[]::new));
  }

  private HealthBeamProcess run(String runner, String name, String input, String... options)
      throws Exception {
    try (HealthBeamProcess.Started started = start(runner, name, input, options)) {
      return started.end();
    }
  }

  /** Returns the rows of the ward's subjects, without the number of their revision. */
  private static List<String> rows(Path output, String table) throws IOException {
    List<Path> files = new ArrayList<>();
    Path whole = output.resolve(table + ".tsv");
    if (Files.exists(whole)) {
      files.add(whole);
    } else if (Files.isDirectory(output.resolve(table))) {
      try (Stream<Path> parts = Files.list(output.resolve(table))) {
        parts.filter(p -> p.getFileName().toString().startsWith("part-")).forEach(files::add);
      }
    }
    List<String> rows = new ArrayList<>();
    for (Path file : files) {
      List<String> lines = Files.readAllLines(file);
      int revision = List.of(lines.get(0).split("\t")).indexOf("revision");
      for (String line : lines.subList(1, lines.size())) {
        List<String> cells = new ArrayList<>(List.of(line.split("\t", -1)));
        if (revision >= 0) {
          cells.remove(revision);
        }
        if (!NOT_OF_THE_WARD.contains(cells.get(0))) {
          rows.add(String.join("\t", cells));
        }
      }
    }
    rows.sort(null);
    return rows;
  }

  private static Map<String, List<String>> tables(Path output) throws IOException {
    Map<String, List<String>> tables = new TreeMap<>();
    for (String table : TABLES) {
      tables.put(table, rows(output, table));
    }
    return tables;
  }

  private static void assertSameRows(Path batch, Path stream, List<String> tables)
      throws IOException {
    for (String table : tables) {
      List<String> expected = rows(batch, table);
      assertFalse(expected.isEmpty(), table + " of the batch");
      List<String> told = rows(stream, table);
      TreeSet<String> missing = new TreeSet<>(expected);
      missing.removeAll(told);
      TreeSet<String> more = new TreeSet<>(told);
      more.removeAll(expected);
      assertEquals("[] []", missing + " " + more, table);
      assertEquals(expected.size(), told.size(), table);
    }
  }

  private static JsonNode account(Path output) throws IOException {
    return new ObjectMapper().readTree(output.resolve("run.json").toFile());
  }

  private static long in(JsonNode account, String stage) {
    for (JsonNode each : account.path("stages")) {
      if (each.path("stage").asText().equals(stage)) {
        return each.path("in").asLong();
      }
    }
    throw new AssertionError("no stage " + stage);
  }

  /** What is there is whole: each part has its header and ends with its last line. */
  private static void assertOnlyWholeParts(Path output) throws IOException {
    try (Stream<Path> files = Files.walk(output)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = output.relativize(file).toString();
        assertTrue(
            name.matches("run\\.json|report\\.html|[a-z]+/part-[0-9]{8}\\.(tsv|jsonl)"), name);
        if (name.endsWith(".tsv")) {
          String text = Files.readString(file);
          assertTrue(text.startsWith("subject\t"), name);
          assertTrue(text.endsWith("\n"), name);
        }
      }
    }
  }

  /**
   * Of three partitions one is never written to and one ends early; a device is a hundred years
   * ahead, another was out of reach for hours. Time goes on all the same, and what it closes is
   * what a batch of the same records tells.
   */
  @ParameterizedTest
  @CsvSource({"flink, 3000", "direct, 400"})
  void messagesOfATopicBecomeTheRowsOfTheBatch(String runner, int n) throws Exception {
    List<String> records = new ArrayList<>(ward(n));
    String first = records.remove(0);
    records.add(n / 2, "ahead,2126-01-01T00:00:00Z,heart_rate,70,");
    String[] options = {"--window=10m", "--allowedLateness=12h"};
    List<String> all = new ArrayList<>(records);
    all.add(first);
    Path batch = batch(all, options);
    try (KafkaBroker broker =
        KafkaBroker.start(Files.createDirectories(folder.resolve("broker")))) {
      broker.createTopic("vitals", 3);
      List<String> more =
          new ArrayList<>(
              List.of(
                  "--bootstrapServers=" + broker.servers(),
                  "--timeBasis=data",
                  "--idleTimeout=3s",
                  "--revisions=final"));
      more.addAll(List.of(options));
      try (HealthBeamProcess.Started run =
              start(runner, "stream", "--input=kafka://vitals", more.toArray(String[]::new));
          KafkaProducer<String, String> producer = broker.producer()) {
        for (int i = 0; i < records.size(); i++) {
          KafkaBroker.send(producer, "vitals", i < n / 2 ? i % 2 : 0, records.get(i));
        }
        // It comes last though it is the earliest of all.
        KafkaBroker.send(producer, "vitals", 0, first);
        String counted = "(?s).*Refuse late readings %,d.*".formatted(inTime(batch));
        await("reading all", run, () -> run.err().matches(counted));
        Instant later = Instant.parse("2026-06-01T00:00:00Z");
        for (int i = 0; i < 20; i++) {
          KafkaBroker.send(
              producer, "vitals", 0, "after," + later.plusSeconds(i) + ",heart_rate,70,");
        }
        Map<String, List<String>> expected = tables(batch);
        Path output = folder.resolve("stream");
        try {
          await("telling all", run, () -> tables(output).equals(expected));
        } catch (AssertionError e) {
          assertSameRows(batch, output, TABLES);
          throw e;
        }
        run.signal("INT");
        HealthBeamProcess ended = run.end().endedWith(130);
        assertTrue(ended.out().contains("monitor-vitals stopped in "), ended::out);
        assertSameRows(batch, output, TABLES);
        assertOnlyWholeParts(output);
        JsonNode account = account(output);
        assertEquals("stopped", account.path("status").asText());
        assertEquals(n + 1 + 20, in(account, "Read messages"));
      }
    }
  }

  private static long inTime(Path batch) throws IOException {
    return in(account(batch), "Refuse late readings");
  }

  /** At a set speed files go by in event time; the rows are those of the batch. */
  @ParameterizedTest
  @CsvSource({"flink", "direct"})
  void replayedFilesEndAndTellTheRowsOfTheBatch(String runner) throws Exception {
    Path batch = batch(ward(1500), "--window=10m");
    HealthBeamProcess replayed =
        run(
                runner,
                "stream",
                "--input=" + folder.resolve("batch.csv"),
                "--replaySpeed=3600",
                "--window=10m")
            .endedWith(0);
    assertTrue(replayed.out().contains("monitor-vitals done in "), replayed::out);
    assertSameRows(batch, folder.resolve("stream"), TABLES);
    assertSameRows(batch, folder.resolve("stream"), List.of("quality", "gaps"));
    JsonNode account = account(folder.resolve("stream"));
    assertEquals("ended", account.path("status").asText());
    assertTrue(account.path("conserved").asBoolean());
    assertEquals(inTime(batch), inTime(folder.resolve("stream")));
  }

  /** SIGTERM, as from a service manager; the next run takes the folder over. */
  @ParameterizedTest
  @CsvSource({"flink", "direct"})
  void stoppedStreamLeavesWholePartsAndItsAccount(String runner) throws Exception {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    lines.addAll(ward(3000));
    Path input = Inputs.text(folder.resolve("ward.csv"), lines.toArray(String[]::new));
    Path output = folder.resolve("stream");
    String[] options = {"--streaming", "--replaySpeed=60", "--window=1m", "--allowedLateness=1m"};
    try (HealthBeamProcess.Started run = start(runner, "stream", "--input=" + input, options)) {
      await("the first part", run, () -> !rows(output, "summaries").isEmpty());
      run.signal("TERM");
      HealthBeamProcess ended = run.end().endedWith(143);
      assertTrue(ended.err().contains("monitor-vitals: stopping"), ended::err);
      assertTrue(ended.out().contains("monitor-vitals stopped in "), ended::out);
    }
    assertOnlyWholeParts(output);
    JsonNode account = account(output);
    assertEquals("stopped", account.path("status").asText());
    assertTrue(in(account, "Summarize vital signs") > 0, account::toPrettyString);
    assertTrue(in(account, "Summarize vital signs") < 3000, "it was stopped before its end");
    Predicate<String> listed =
        name -> {
          for (JsonNode file : account.path("files")) {
            if (file.asText().equals(name)) {
              return true;
            }
          }
          return false;
        };
    assertTrue(listed.test("summaries/part-00000000.tsv"), account::toPrettyString);
    run("direct", "stream", "--input=" + input, "--window=1m").endedWith(0);
    assertFalse(Files.exists(output.resolve("summaries/part-00000000.tsv")), "it was replaced");
  }

  /** Whoever mistypes the broker or the topic is told so before anything is written. */
  @Test
  void brokerOrTopicThatIsNotThereIsSaid() throws Exception {
    HealthBeamProcess nowhere =
        run("direct", "nowhere", "--input=kafka://vitals", "--bootstrapServers=localhost:1")
            .endedWith(2);
    assertTrue(
        nowhere.err().contains("--bootstrapServers=localhost:1: no broker answers"), nowhere::err);
    try (KafkaBroker broker =
        KafkaBroker.start(Files.createDirectories(folder.resolve("broker")))) {
      HealthBeamProcess nothing =
          run(
                  "direct",
                  "nowhere",
                  "--input=kafka://vitals",
                  "--bootstrapServers=" + broker.servers())
              .endedWith(2);
      assertTrue(
          nothing.err().contains("--input=kafka://vitals: the broker has no such topic"),
          nothing::err);
    }
    assertFalse(Files.exists(folder.resolve("nowhere")), "nothing is written");
  }
}
