package org.healthbeam.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.healthbeam.clusters.FreePorts;
import org.healthbeam.io.cluster.ClusterProcess;
import org.healthbeam.io.kafka.CuttableNetwork;
import org.healthbeam.io.kafka.KafkaBroker;

/**
 * {@code monitor-vitals} on a Flink session cluster, which reads a ward from a topic, and the batch
 * of the same ward on the direct runner; all of them processes.
 */
final class WardStream implements AutoCloseable {
  private static final String HEADER = "subject,time,kind_or_code,value,unit";
  private static final String TOPIC = "vitals";
  private static final int WORKERS = 2;

  /** Its readings come after all others and close their windows. */
  private static final String AFTER = "after";

  private static final List<String> OPTIONS =
      List.of("--window=10m", "--allowedLateness=1h", "--scorePeriod=30m", "--horizon=2h");

  private final Path folder;
  private final CuttableNetwork network = CuttableNetwork.open();

  /** Between the JobManager and the TaskManagers: to the first, and to each of the others. */
  private final List<CuttableNetwork> inside = new ArrayList<>();

  private final ClusterProcess flink;
  private final KafkaBroker broker;
  private final KafkaProducer<String, String> producer;
  private final FlinkJobs jobs;
  private final List<String> records;
  private final KeyedTables expected;
  private final Path output;
  private int partitions;
  private int sent;
  private int commands;
  private String job = "";
  private String startedFrom = "";

  private WardStream(Path folder, int n, int partitions) throws Exception {
    this.folder = folder;
    this.partitions = partitions;
    this.output = folder.resolve("stream");
    this.records = ward(n);
    this.expected = batch();
    this.broker =
        KafkaBroker.startBehind(network, Files.createDirectories(folder.resolve("kafka-servers")));
    boolean up = false;
    ClusterProcess started = null;
    try {
      broker.createTopic(TOPIC, partitions);
      started =
          ClusterProcess.up(
              "flink", folder.resolve("flink-servers"), flinkOptions().toArray(String[]::new));
      this.flink = started;
      this.jobs = new FlinkJobs(flink.address("rest"));
      this.producer = broker.producer();
      up = true;
    } finally {
      if (!up) {
        closeNetworks();
        broker.close();
        if (started != null) {
          started.close();
        }
      }
    }
  }

  /** Flink must know the ports of its networks before it starts. */
  private List<String> flinkOptions() throws IOException {
    List<String> options = new ArrayList<>(List.of("--slots=2", "--memory=1024"));
    options.add("--workers=" + WORKERS);
    FreePorts free = new FreePorts();
    for (int server = 0; server <= WORKERS; server++) {
      CuttableNetwork to = CuttableNetwork.open();
      inside.add(to);
      int port = free.next();
      to.leadTo("localhost:" + port);
      options.add("--rpcProxy=" + to.port() + ":" + port);
    }
    return options;
  }

  /** Starts the servers and makes the batch of the first records of the ward. */
  static WardStream of(Path folder, int n, int partitions) throws Exception {
    return new WardStream(folder, n, partitions);
  }

  /**
   * In the order of their times: some of the ward come hours late, and would be late here too. What
   * has no time, or is no row, is left out: it has no place in the order.
   */
  private List<String> ward(int n) throws IOException {
    Path sample = Inputs.head("vitals/ward.csv.gz", n + 1, folder.resolve("sample.csv"));
    return Files.readAllLines(sample).stream()
        .skip(1)
        .map(line -> List.of(line.split(",", -1)))
        .filter(row -> row.size() >= 5 && isTime(row.get(1)))
        .sorted(Comparator.comparing(row -> OffsetDateTime.parse(row.get(1)).toInstant()))
        .map(row -> String.join(",", row.subList(0, 5)))
        .toList();
  }

  /** The ward has times that are none. */
  private static boolean isTime(String text) {
    try {
      return OffsetDateTime.parse(text).getYear() / 100 == 20;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private KeyedTables batch() throws Exception {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    lines.addAll(records);
    Path input = Inputs.text(folder.resolve("ward.csv"), lines.toArray(String[]::new));
    List<String> args =
        new ArrayList<>(
            List.of(
                "run",
                "monitor-vitals",
                "--input=" + input,
                "--output=" + folder.resolve("batch")));
    args.addAll(OPTIONS);
    HealthBeamProcess.run("direct", folder.resolve("batch-logs"), args.toArray(String[]::new))
        .endedWith(0);
    KeyedTables tables = KeyedTables.of(folder.resolve("batch"), Set.of());
    assertEquals(List.of(), tables.faults(tables));
    tables.tables().forEach((name, rows) -> assertTrue(rows.size() > 1, name));
    return tables;
  }

  private HealthBeamProcess command(String... args) throws Exception {
    return HealthBeamProcess.runOnCluster(
        "flink", folder.resolve("command-" + ++commands + "-" + args[0]), args);
  }

  /**
   * Submits the stream, from a savepoint or a checkpoint if one is named, and waits for its run.
   */
  void submit(int parallelism, String savepoint) throws Exception {
    List<String> args =
        new ArrayList<>(
            List.of(
                "submit",
                "monitor-vitals",
                "--to=flink://" + flink.address("flinkMaster"),
                "--input=kafka://" + TOPIC,
                "--bootstrapServers=" + network.address(),
                "--timeBasis=data",
                "--idleTimeout=5s",
                "--revisions=final",
                "--parallelism=" + parallelism,
                "--checkpointingInterval=2000",
                "--minPauseBetweenCheckpoints=500",
                "--numberOfExecutionRetries=1000",
                "--executionRetryDelay=500",
                "--output=" + output));
    args.addAll(OPTIONS);
    if (!savepoint.isEmpty()) {
      args.add("--savepointPath=" + savepoint);
    }
    startedFrom = savepoint;
    String said = command(args.toArray(String[]::new)).endedWith(0).out();
    job = said.replaceFirst("(?s)^.* is job ([0-9a-f]{32}) on .*$", "$1");
    assertEquals(32, job.length(), said);
    awaitRun();
  }

  /** Waits until every task runs and a checkpoint of this run is whole. */
  void awaitRun() throws Exception {
    FlinkJobs.await("The run of the job", () -> jobs.runs(job));
    int done = jobs.checkpoints(job);
    FlinkJobs.await("A checkpoint", () -> jobs.checkpoints(job) > done);
  }

  /** Sends so many more records, or those that are left. */
  void send(int n) throws Exception {
    int end = Math.min(records.size(), sent + n);
    for (; sent < end; sent++) {
      KafkaBroker.send(producer, TOPIC, sent % partitions, records.get(sent));
    }
  }

  /** Sends what is left, and what closes all windows. */
  void sendRest() throws Exception {
    send(records.size());
    Instant later = Instant.parse("2026-06-01T00:00:00Z");
    for (int i = 0; i < 20 * partitions; i++) {
      KafkaBroker.send(
          producer, TOPIC, i % partitions, AFTER + "," + later.plusSeconds(i) + ",heart_rate,70,");
    }
  }

  /**
   * Gives the topic one more partition and sends it the next record, alone, until that is read:
   * what the others told meanwhile would be late there.
   */
  void addPartition() throws Exception {
    broker.addPartitions(TOPIC, partitions + 1);
    KafkaBroker.send(producer, TOPIC, partitions, records.get(sent++));
    String lag = "lag_of_" + TOPIC + "_" + partitions;
    partitions++;
    FlinkJobs.await("The new partition", () -> jobs.tells(job, lag));
  }

  /**
   * Cuts the network between the job and the broker, which gets more records meanwhile, for as long
   * as two checkpoints take.
   *
   * @param silently whether what is sent is lost without a word; otherwise connections are closed
   */
  void cutNetwork(boolean silently, int more) throws Exception {
    long before = network.carried();
    assertTrue(before > 0, "the job reads by this network");
    if (silently) {
      network.goSilent();
    } else {
      network.refuse();
    }
    send(more);
    int done = jobs.checkpoints(job);
    FlinkJobs.await("Checkpoints", () -> jobs.checkpoints(job) > done + 1);
    network.mend();
    FlinkJobs.await("What comes through again", () -> network.carried() > before);
  }

  /**
   * Stops a TaskManager of the job from answering until the job goes on without it, as if it was
   * cut off from the JobManager, and lets it go on then.
   */
  void cutOffWorker() throws Exception {
    int before = jobs.restored(job);
    String server = jobs.taskManagerOf(job);
    flink.freeze(server);
    FlinkJobs.await("Going on without " + server, () -> jobs.restored(job) > before);
    flink.thaw(server);
  }

  /**
   * Cuts the network between the JobManager and all TaskManagers until it has given them up and has
   * the job go on from a checkpoint, for which it has no TaskManager then.
   *
   * @param silently whether what is sent is lost without a word; otherwise connections are closed
   */
  void cutOffJobManager(boolean silently) throws Exception {
    int before = jobs.restored(job);
    assertTrue(
        inside.stream().mapToLong(CuttableNetwork::carried).sum() > 0,
        "Flink's servers come to each other by these networks");
    inside.forEach(silently ? CuttableNetwork::goSilent : CuttableNetwork::refuse);
    FlinkJobs.await(
        "Giving up the TaskManagers",
        () -> jobs.taskManagers() == 0 && jobs.restored(job) > before);
    inside.forEach(CuttableNetwork::mend);
  }

  private KeyedTables told() throws IOException {
    return KeyedTables.of(output, Set.of(AFTER));
  }

  /** Waits until more rows are told than these, and returns how many there are. */
  int awaitMoreRows(int than) throws Exception {
    int[] rows = new int[1];
    FlinkJobs.await("More rows than " + than, () -> (rows[0] = told().size()) > than);
    return rows[0];
  }

  /**
   * Waits until the tables are those of the batch; says what is wrong if they do not come to be.
   */
  void awaitTheBatch() throws Exception {
    String[] last = new String[1];
    try {
      FlinkJobs.await(
          "The tables of the batch",
          () -> {
            List<KeyedTables.Fault> faults = expected.faults(told());
            last[0] = KeyedTables.summary(faults);
            return faults.isEmpty();
          });
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + ":\n" + last[0], e);
    }
  }

  void assertTheBatch() throws Exception {
    assertEquals("", KeyedTables.summary(expected.faults(told())));
  }

  int rowsTold() throws Exception {
    return told().size();
  }

  /** Ends a server of the cluster as kill -9 does and starts it again. */
  void kill(String server) throws Exception {
    flink.kill(server);
    flink.start(server);
  }

  /** Ends the JobManager as kill -9 does, and with it the job, and starts it again. */
  void killJobManager() throws Exception {
    kill("jobmanager");
  }

  void killBroker() throws Exception {
    broker.kill();
    broker.restart();
  }

  /** Stops the job with a savepoint and returns where it lies. */
  String stop() throws Exception {
    return jobs.stop(job, folder.resolve("savepoints"));
  }

  /** Returns the last checkpoint of the job; if it has made none, what it was started from. */
  String lastCheckpoint() throws Exception {
    return FlinkJobs.lastCheckpoint(flink.folder().resolve("checkpoints"), job).orElse(startedFrom);
  }

  void cancel() throws Exception {
    jobs.cancel(job);
  }

  /** Waits until the job goes on from a checkpoint; Flink may not have noticed yet that it must. */
  void awaitRestored() throws Exception {
    FlinkJobs.await("Going on from a checkpoint", () -> jobs.restored(job) > 0);
  }

  /** Runs {@code finish} and returns what it says. */
  HealthBeamProcess finish(String... more) throws Exception {
    List<String> args = new ArrayList<>(List.of("finish", output.toString()));
    args.addAll(List.of(more));
    return command(args.toArray(String[]::new));
  }

  /** Returns what {@code finish} has written. */
  JsonNode account() throws IOException {
    return new ObjectMapper().readTree(output.resolve("run.json").toFile());
  }

  private void closeNetworks() {
    network.close();
    inside.forEach(CuttableNetwork::close);
  }

  @Override
  public void close() {
    try {
      producer.close(java.time.Duration.ZERO);
    } finally {
      try {
        flink.close();
      } finally {
        broker.close();
        closeNetworks();
      }
    }
  }
}
