package org.healthbeam.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.healthbeam.bench.WholeProcess;

/** {@code monitor-vitals} as it was handed to the cluster, and what Flink says of it. */
final class Job {
  private static final Pattern ID = Pattern.compile(" is job ([0-9a-f]{32}) on ");
  private static final String MAIN = "org.healthbeam.pipelines.cli.HealthBeam";
  private static final String METRIC = "flink_taskmanager_job_task_";
  private static final String READ = METRIC + "operator_healthbeam_Read_messages_in{";
  private static final String HELD_BACK = METRIC + "backPressuredTimeMsPerSecond{";
  private static final String COLLECTING = "flink_taskmanager_Status_JVM_GarbageCollector_";
  private static final int ATTEMPTS = 3;
  private static final long END_WITHIN_NANOS = 300_000_000_000L;
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path root;
  private final Servers servers;
  private final String id;
  private final Path output;
  private final Map<Integer, Checkpoint> checkpoints = new TreeMap<>();
  private final Map<Integer, Long> failed = new TreeMap<>();

  /**
   * A checkpoint that is whole.
   *
   * @param atMs when it began
   * @param ms until it was whole
   * @param bytes of the state that it holds
   */
  record Checkpoint(long atMs, long ms, long bytes) {}

  /**
   * What the TaskManager tells at a time.
   *
   * @param read messages that the job has read
   * @param heldBackMs of the last second, of the task that was held back the most
   * @param collectingMs that it has collected garbage for
   */
  record Look(long read, double heldBackMs, double collectingMs) {}

  private Job(Path root, Servers servers, String id, Path output) {
    this.root = root;
    this.servers = servers;
    this.id = id;
    this.output = output;
  }

  /** Hands the job over and waits until all of it runs. */
  static Job submit(Path root, Servers servers, int slots, LoadPlan plan, String in, String out)
      throws IOException, InterruptedException {
    Path output = servers.folder().resolve("output");
    Path checkpoints = servers.folder().resolve("flink/checkpoints");
    List<String> said =
        command(
            root,
            "submit",
            "monitor-vitals",
            "--to=flink://" + servers.flink().address("flinkMaster"),
            "--input=kafka://" + in,
            "--bootstrapServers=" + servers.bootstrapServers(),
            "--outputTopics=" + out,
            "--delivery=at-least-once",
            "--maxDelay=1s",
            "--window=1m",
            "--allowedLateness=10s",
            "--scorePeriod=1m",
            "--horizon=30s",
            "--parallelism=" + slots,
            "--stateBackend=" + plan.backend(),
            "--stateBackendStoragePath=" + checkpoints.toUri(),
            "--checkpointingInterval=" + plan.checkpointMs(),
            "--minPauseBetweenCheckpoints=1000",
            "--output=" + output);
    Matcher matcher = ID.matcher(String.join("\n", said));
    if (!matcher.find()) {
      throw new IOException("No job: " + said);
    }
    Job job = new Job(root, servers, matcher.group(1), output);
    job.await("RUNNING");
    return job;
  }

  /** As the launcher script starts it for a cluster. */
  private static List<String> command(Path root, String... args)
      throws IOException, InterruptedException {
    Path module = root.resolve("runners-config/flink/target");
    Path jar = module.resolve("job/healthbeam-flink-job.jar");
    Path options =
        root.resolve("runners-config/profiles/target/classes")
            .resolve("org/healthbeam/profiles/java.options");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Dhealthbeam.jobJar=" + jar,
                "@" + options,
                "-cp",
                jar
                    + File.pathSeparator
                    + Files.readString(module.resolve("classpath.txt")).strip(),
                MAIN));
    command.addAll(List.of(args));
    return WholeProcess.run(command).output();
  }

  private void await(String state) throws IOException, InterruptedException {
    long end = System.nanoTime() + END_WITHIN_NANOS;
    while (!isIn(state)) {
      if (System.nanoTime() > end) {
        throw new IOException("The job is not " + state + " after five minutes");
      }
      Thread.sleep(200);
    }
  }

  /** Says whether the job, and each of its tasks, is in a state. */
  private boolean isIn(String state) throws IOException, InterruptedException {
    JsonNode job = look("/jobs/" + id);
    boolean all = job.path("state").asText().equals(state);
    for (JsonNode vertex : job.path("vertices")) {
      all &= vertex.path("status").asText().equals(state);
    }
    return all && !job.path("vertices").isEmpty();
  }

  /** Fails unless the job runs and has never failed. */
  void check() throws IOException, InterruptedException {
    JsonNode counts = look("/jobs/" + id + "/checkpoints").path("counts");
    if (!isIn("RUNNING") || counts.path("restored").asInt() > 0) {
      throw new IOException(
          "The job has failed; the cause stands in "
              + servers.flink().server(Servers.TASK_MANAGER).log());
    }
  }

  /** Asks the TaskManager itself: over REST figures are up to ten seconds old. */
  Look look() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(taskManagersMetrics())).build();
    double read = 0;
    double heldBack = 0;
    double collecting = 0;
    for (String line : HTTP.send(request, BodyHandlers.ofString()).body().lines().toList()) {
      if (line.startsWith(READ)) {
        read += value(line);
      } else if (line.startsWith(HELD_BACK)) {
        heldBack = Math.max(heldBack, value(line));
      } else if (line.startsWith(COLLECTING)
          && line.contains("_Time{")
          && !line.startsWith(COLLECTING + "All")) {
        collecting += value(line);
      }
    }
    return new Look((long) read, heldBack, collecting);
  }

  /** The JobManager has the first address. */
  private String taskManagersMetrics() {
    String[] all = servers.flink().address("metrics").split(",");
    return all[all.length - 1];
  }

  private static double value(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }

  /** Takes note of the last checkpoints, of which Flink tells ten. */
  synchronized void noteCheckpoints() throws IOException, InterruptedException {
    for (JsonNode each : look("/jobs/" + id + "/checkpoints").path("history")) {
      if (each.path("status").asText().equals("FAILED")) {
        failed.put(each.path("id").asInt(), each.path("trigger_timestamp").asLong());
      } else if (each.path("status").asText().equals("COMPLETED")) {
        checkpoints.put(
            each.path("id").asInt(),
            new Checkpoint(
                each.path("trigger_timestamp").asLong(),
                each.path("end_to_end_duration").asLong(),
                each.path("state_size").asLong()));
      }
    }
  }

  /** Returns how many checkpoints failed of those that began in a time. */
  long failed(long fromMs, long toMs) {
    return failed.values().stream().filter(at -> at >= fromMs && at < toMs).count();
  }

  /** Returns the checkpoints that began in a time. */
  List<Checkpoint> checkpoints(long fromMs, long toMs) {
    return checkpoints.values().stream()
        .filter(each -> each.atMs() >= fromMs && each.atMs() < toMs)
        .toList();
  }

  /** Stops the job with a savepoint and returns what {@code finish} writes. */
  JsonNode stop() throws IOException, InterruptedException {
    ask(
        "POST",
        "/jobs/" + id + "/stop",
        "{\"targetDirectory\":\"%s\",\"drain\":false}"
            .formatted(servers.folder().resolve("savepoints").toUri()));
    await("FINISHED");
    command(root, "finish", output.toString());
    return JSON.readTree(output.resolve("run.json").toFile());
  }

  /** A machine that is busy may not answer in time. */
  private JsonNode look(String path) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return ask("GET", path, "");
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        Thread.sleep(1000);
      }
    }
  }

  private JsonNode ask(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(servers.flink().address("rest") + path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    var answer = HTTP.send(request, BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(path + " answers with status " + answer.statusCode());
    }
    return JSON.readTree(answer.body());
  }
}
