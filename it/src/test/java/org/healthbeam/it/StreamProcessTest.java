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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.healthbeam.io.kafka.KafkaBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Streams of monitor-vitals as processes, from a broker and from files, to their end or stopped.
 * Runners work side by side, since much of it is waiting.
 */
@Tag("slow")
class StreamProcessTest {
  private static final List<String> RUNNERS = List.of("flink", "direct");
  private static final String HEADER = "subject,time,kind_or_code,value,unit";
  private static final List<String> ROWS = List.of("summaries", "scores", "alerts", "burden");
  private static final List<String> TABLES =
      List.of("summaries", "scores", "alerts", "burden", "quality", "gaps");
  private static final List<String> NOT_OF_THE_WARD = List.of("after", "ahead");
  private static final long PATIENCE_MINUTES = 5;
  private static final int READINGS = 1200;
  private static final String WINDOW = "--window=10m";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path shared;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  /** Of a ward by event time, all with a time. */
  private static List<String> records;

  /** Some later ones, which close the windows of the others. */
  private static List<String> after;

  private static Path input;

  /** What a batch makes of all of them. */
  private static Path batch;

  private static KafkaBroker broker;

  private interface Check {
    boolean holds() throws IOException;
  }

  @BeforeAll
  static void tellTheBatchAndStartABroker() throws Exception {
    records = new ArrayList<>(ward(READINGS));
    records.add("ahead,2126-01-01T00:00:00Z,heart_rate,70,");
    Instant later = Instant.parse("2026-06-01T00:00:00Z");
    after =
        IntStream.range(0, 20)
            .mapToObj(i -> "after," + later.plusSeconds(i) + ",heart_rate,70,")
            .toList();
    input = file(shared.resolve("ward.csv"), Stream.concat(records.stream(), after.stream()));
    batch = shared.resolve("batch");
    batch(input, batch, WINDOW);
    broker = KafkaBroker.start(Files.createDirectories(shared.resolve("broker")));
  }

  @AfterAll
  static void stopBroker() throws Exception {
    if (broker != null) {
      broker.close();
    }
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

  private static List<String> ward(int lines) throws IOException {
    Path sample = Inputs.head("vitals/ward.csv.gz", lines + 1, shared.resolve("sample.csv"));
    return Files.readAllLines(sample).stream()
        .skip(1)
        .map(line -> String.join(",", List.of(line.split(",", -1)).subList(0, 5)))
        .filter(line -> !line.split(",", -1)[1].isEmpty())
        .sorted(Comparator.comparing(line -> Instant.parse(line.split(",", -1)[1])))
        .toList();
  }

  private static Path file(Path file, Stream<String> lines) throws IOException {
    return Inputs.text(file, Stream.concat(Stream.of(HEADER), lines).toArray(String[]::new));
  }

  private static void batch(Path input, Path output, String... options) throws Exception {
    try (HealthBeamProcess.Started started =
        start("direct", output, output + "-batch", "--input=" + input, options)) {
      started.end().endedWith(0);
    }
  }

  private static HealthBeamProcess.Started start(
      String runner, Path output, String process, String input, String... options)
      throws IOException {
    List<String> args =
        new ArrayList<>(
            List.of(
                "run",
                "monitor-vitals",
                input,
                "--runner=" + runner,
                "--output=" + output,
                "--log=" + process + ".log",
                "--stacktrace"));
    args.addAll(List.of(options));
    return HealthBeamProcess.start(runner, Path.of(process), args.toArray(String[]::new));
  }

  /** A stream on each runner, side by side. */
  private final class Streams implements AutoCloseable {
    private final Map<String, HealthBeamProcess.Started> runs = new TreeMap<>();

    Streams(String input, String... options) throws IOException {
      for (String runner : RUNNERS) {
        runs.put(
            runner, start(runner, output(runner), output(runner) + "-process", input, options));
      }
    }

    Path output(String runner) {
      return folder.resolve(runner);
    }

    void signal(String name) throws Exception {
      for (HealthBeamProcess.Started run : runs.values()) {
        run.signal(name);
      }
    }

    HealthBeamProcess end(String runner, int status) throws Exception {
      return runs.get(runner).end().endedWith(status);
    }

    @Override
    public void close() {
      runs.values().forEach(HealthBeamProcess.Started::close);
    }
  }

  /** Returns the rows without the number of their revision, from the table or its parts. */
  private static List<String> rows(Path output, String table, Predicate<String> ofSubject)
      throws IOException {
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
        if (ofSubject.test(cells.get(0))) {
          rows.add(String.join("\t", cells));
        }
      }
    }
    rows.sort(null);
    return rows;
  }

  private static Map<String, List<String>> tables(
      Path output, List<String> names, Predicate<String> ofSubject) throws IOException {
    Map<String, List<String>> tables = new TreeMap<>();
    for (String table : names) {
      tables.put(table, rows(output, table, ofSubject));
    }
    return tables;
  }

  private static Map<String, List<String>> all(Path output) throws IOException {
    return tables(output, TABLES, subject -> true);
  }

  /** Returns rows of subjects that have no reading after the others'. */
  private static Map<String, List<String>> ofTheWard(Path output) throws IOException {
    return tables(output, ROWS, subject -> !NOT_OF_THE_WARD.contains(subject));
  }

  private static void assertSameRows(
      Map<String, List<String>> expected, Map<String, List<String>> told) {
    expected.forEach(
        (table, rows) -> {
          assertFalse(rows.isEmpty(), table + " of the batch");
          TreeSet<String> missing = new TreeSet<>(rows);
          missing.removeAll(told.get(table));
          TreeSet<String> more = new TreeSet<>(told.get(table));
          more.removeAll(rows);
          assertEquals("[] []", missing + " " + more, table);
          assertEquals(rows.size(), told.get(table).size(), table);
        });
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

  /** It was told to stop, and all that it had read is in its tables, in its report and counted. */
  private static JsonNode assertStoppedWhole(Path output) throws IOException {
    JsonNode account = account(output);
    assertEquals("stopped", account.path("status").asText());
    assertTrue(account.path("conserved").asBoolean(), account::toPrettyString);
    Set<String> files = new TreeSet<>();
    account.path("files").forEach(f -> files.add(f.asText()));
    files.removeIf(f -> f.startsWith("rejected/"));
    Set<String> expected = new TreeSet<>(Set.of("report.html"));
    TABLES.forEach(table -> expected.add(table + ".tsv"));
    assertEquals(expected, files);
    String report = Files.readString(output.resolve("report.html"));
    for (String block : List.of("vital-quality", "readings-by-hour", "Alarm burden by day")) {
      assertTrue(report.contains(block), block);
    }
    return account;
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
   * what a batch of the same records tells; after control-C nothing of what was read is missing.
   */
  @Test
  void messagesOfATopicBecomeTheRowsOfTheBatch() throws Exception {
    broker.createTopic("vitals", 3);
    try (Streams streams =
            new Streams(
                "--input=kafka://vitals",
                "--bootstrapServers=" + broker.servers(),
                "--timeBasis=data",
                "--idleTimeout=3s",
                "--revisions=final",
                "--allowedLateness=12h",
                WINDOW);
        KafkaProducer<String, String> producer = broker.producer()) {
      for (int i = 1; i < records.size(); i++) {
        KafkaBroker.send(producer, "vitals", i < records.size() / 2 ? i % 2 : 0, records.get(i));
      }
      // It comes last though it is the earliest of all.
      KafkaBroker.send(producer, "vitals", 0, records.get(0));
      long inTime = in(account(batch), "Refuse late readings") - after.size();
      String counted = "(?s).*Refuse late readings %,d.*".formatted(inTime);
      for (HealthBeamProcess.Started run : streams.runs.values()) {
        await("reading all", run, () -> run.err().matches(counted));
      }
      for (String record : after) {
        KafkaBroker.send(producer, "vitals", 0, record);
      }
      Map<String, List<String>> closed = ofTheWard(batch);
      for (String runner : RUNNERS) {
        Path output = streams.output(runner);
        try {
          await("telling all", streams.runs.get(runner), () -> ofTheWard(output).equals(closed));
        } catch (AssertionError e) {
          assertSameRows(closed, ofTheWard(output));
          throw e;
        }
      }
      streams.signal("INT");
      for (String runner : RUNNERS) {
        HealthBeamProcess ended = streams.end(runner, 130);
        assertTrue(ended.out().contains("monitor-vitals stopped in "), ended::out);
        JsonNode account = assertStoppedWhole(streams.output(runner));
        assertEquals(records.size() + after.size(), in(account, "Read messages"));
        assertSameRows(all(batch), all(streams.output(runner)));
      }
    }
  }

  /** At a set speed files go by in event time; the rows are those of the batch. */
  @Test
  void replayedFilesEndAndTellTheRowsOfTheBatch() throws Exception {
    try (Streams streams = new Streams("--input=" + input, "--replaySpeed=3600", WINDOW)) {
      for (String runner : RUNNERS) {
        HealthBeamProcess replayed = streams.end(runner, 0);
        assertTrue(replayed.out().contains("monitor-vitals done in "), replayed::out);
        assertSameRows(all(batch), all(streams.output(runner)));
        JsonNode account = account(streams.output(runner));
        assertEquals("ended", account.path("status").asText());
        assertTrue(account.path("conserved").asBoolean());
        assertEquals(
            in(account(batch), "Refuse late readings"), in(account, "Refuse late readings"));
      }
    }
  }

  /**
   * SIGTERM, as from a service manager: the rows are those of a batch of what was read until then,
   * and the next run takes the folder over.
   */
  @Test
  void stoppedStreamTellsAllThatItHasRead() throws Exception {
    try (Streams streams =
        new Streams("--input=" + input, "--replaySpeed=60", WINDOW, "--allowedLateness=1m")) {
      for (HealthBeamProcess.Started run : streams.runs.values()) {
        await("reading some", run, () -> run.err().matches("(?s).*Refuse late readings [1-9].*"));
      }
      streams.signal("TERM");
      for (String runner : RUNNERS) {
        HealthBeamProcess ended = streams.end(runner, 143);
        assertTrue(ended.err().contains("monitor-vitals: stopping"), ended::err);
        assertTrue(ended.out().contains("monitor-vitals stopped in "), ended::out);
        Path output = streams.output(runner);
        JsonNode account = assertStoppedWhole(output);
        int read = (int) in(account, "Read files") - 1;
        assertTrue(read > 0 && read < records.size(), "it was stopped before its end: " + read);
        Map<String, List<String>> told = all(output);
        Path until = folder.resolve(runner + ".csv");
        batch(file(until, records.subList(0, read).stream()), output, WINDOW);
        assertSameRows(all(output), told);
      }
    }
  }

  /** One that has no time to tell what it has read leaves parts that are whole, and its account. */
  @Test
  void streamThatIsCutOffLeavesWholePartsAndItsAccount() throws Exception {
    try (Streams streams =
        new Streams(
            "--input=" + input,
            "--replaySpeed=60",
            "--window=1m",
            "--allowedLateness=1m",
            "--stopTimeout=0s")) {
      for (String runner : RUNNERS) {
        await(
            "the first part",
            streams.runs.get(runner),
            () -> !rows(streams.output(runner), "summaries", s -> true).isEmpty());
      }
      streams.signal("TERM");
      for (String runner : RUNNERS) {
        streams.end(runner, 143);
        Path output = streams.output(runner);
        assertOnlyWholeParts(output);
        JsonNode account = account(output);
        assertEquals("stopped", account.path("status").asText());
        assertFalse(account.has("conserved"), account::toPrettyString);
        long told = in(account, "Summarize vital signs");
        assertTrue(told > 0 && told < records.size(), account::toPrettyString);
        Set<String> files = new TreeSet<>();
        account.path("files").forEach(f -> files.add(f.asText()));
        assertTrue(files.contains("summaries/part-00000000.tsv"), account::toPrettyString);
        String report = Files.readString(output.resolve("report.html"));
        assertTrue(report.contains("Quality of the measurements by kind"), "of final rows");
        assertTrue(report.contains("was cut off before its end"));
      }
    }
  }

  /** Whoever mistypes the broker or the topic is told so before anything is written. */
  @Test
  void brokerOrTopicThatIsNotThereIsSaid() throws Exception {
    Map<String, String> sentences =
        Map.of(
            "localhost:1",
            "--bootstrapServers=localhost:1: no broker answers",
            broker.servers(),
            "--input=kafka://nothing: the broker has no such topic");
    Map<String, HealthBeamProcess.Started> runs = new TreeMap<>();
    Path nowhere = folder.resolve("nowhere");
    try {
      for (String servers : sentences.keySet()) {
        runs.put(
            servers,
            start(
                "direct",
                nowhere,
                folder.resolve("process-" + runs.size()).toString(),
                "--input=kafka://nothing",
                "--bootstrapServers=" + servers));
      }
      for (Map.Entry<String, HealthBeamProcess.Started> run : runs.entrySet()) {
        HealthBeamProcess ended = run.getValue().end().endedWith(2);
        assertTrue(ended.err().contains(sentences.get(run.getKey())), ended::err);
      }
    } finally {
      runs.values().forEach(HealthBeamProcess.Started::close);
    }
    assertFalse(Files.exists(nowhere), "nothing is written");
  }
}
