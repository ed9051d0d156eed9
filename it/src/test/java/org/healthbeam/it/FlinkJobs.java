package org.healthbeam.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the REST endpoint of a Flink cluster says of its jobs and does with them.
 *
 * @param rest its address
 */
record FlinkJobs(String rest) {
  private static final String NOT_RUNNING = "Not all required tasks are currently running";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Something that is waited for. */
  interface Condition {
    boolean holds() throws Exception;
  }

  /** Returns the state of a job; nothing if the endpoint does not answer or knows no such job. */
  String state(String job) throws Exception {
    try {
      return get("/jobs/" + job).path("state").asText();
    } catch (IOException e) {
      return "";
    }
  }

  /** Says whether every task of a job runs. */
  boolean runs(String job) throws Exception {
    JsonNode details;
    try {
      details = get("/jobs/" + job);
    } catch (IOException e) {
      return false;
    }
    boolean all = details.path("state").asText().equals("RUNNING");
    for (JsonNode vertex : details.path("vertices")) {
      all &= vertex.path("status").asText().equals("RUNNING");
    }
    return all && !details.path("vertices").isEmpty();
  }

  /** Returns how many checkpoints of a job have been completed. */
  int checkpoints(String job) throws Exception {
    try {
      return get("/jobs/" + job + "/checkpoints").path("counts").path("completed").asInt();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Says whether some task of a job tells a metric whose name has this in it. */
  boolean tells(String job, String metric) throws Exception {
    try {
      for (JsonNode vertex : get("/jobs/" + job).path("vertices")) {
        String of = "/jobs/" + job + "/vertices/" + vertex.path("id").asText();
        if (get(of + "/subtasks/metrics").toString().contains(metric)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns a TaskManager that a job has a task on. */
  String taskManagerOf(String job) throws Exception {
    String vertex = get("/jobs/" + job).path("vertices").path(0).path("id").asText();
    JsonNode subtasks = get("/jobs/" + job + "/vertices/" + vertex).path("subtasks");
    return subtasks.path(0).path("taskmanager-id").asText();
  }

  /** Returns how many TaskManagers the JobManager has. */
  int taskManagers() throws Exception {
    return get("/taskmanagers").path("taskmanagers").size();
  }

  /** Returns how many times a job was restored from a checkpoint. */
  int restored(String job) throws Exception {
    return get("/jobs/" + job + "/checkpoints").path("counts").path("restored").asInt();
  }

  /**
   * Stops a job with a savepoint and returns where that lies. Flink refuses while it has not all
   * tasks running, as after a worker's end that it has noticed only now; whoever asks then asks
   * again.
   */
  String stop(String job, Path folder) throws Exception {
    String[] location = new String[1];
    await(
        "A savepoint that is not refused",
        () -> {
          await("The run of the job", () -> runs(job));
          JsonNode operation = savepoint(job, folder);
          location[0] = operation.path("location").asText();
          if (location[0].isEmpty() && !operation.toString().contains(NOT_RUNNING)) {
            throw new AssertionError("No savepoint: " + operation);
          }
          return !location[0].isEmpty();
        });
    await("The end of the job", () -> state(job).equals("FINISHED"));
    return location[0];
  }

  private JsonNode savepoint(String job, Path folder) throws Exception {
    String request =
        ask(
                "POST",
                "/jobs/" + job + "/stop",
                "{\"targetDirectory\":\"" + folder.toUri() + "\",\"drain\":false}")
            .path("request-id")
            .asText();
    JsonNode[] answer = new JsonNode[1];
    await(
        "The savepoint",
        () -> {
          answer[0] = get("/jobs/" + job + "/savepoints/" + request);
          return answer[0].path("status").path("id").asText().equals("COMPLETED");
        });
    return answer[0].path("operation");
  }

  void cancel(String job) throws Exception {
    ask("PATCH", "/jobs/" + job + "?mode=cancel", "");
    await("The end of the job", () -> state(job).equals("CANCELED"));
  }

  /** Returns the last whole checkpoint of a job that lies in a folder of checkpoints. */
  static Optional<String> lastCheckpoint(Path folder, String job) throws IOException {
    Path own = folder.resolve(job);
    if (!Files.isDirectory(own)) {
      return Optional.empty();
    }
    try (Stream<Path> all = Files.list(own)) {
      return all.filter(chk -> Files.exists(chk.resolve("_metadata")))
          .max(Comparator.comparingInt(FlinkJobs::number))
          .map(chk -> chk.toUri().toString());
    }
  }

  private static int number(Path checkpoint) {
    return Integer.parseInt(checkpoint.getFileName().toString().replace("chk-", ""));
  }

  /** Waits until something holds, at most ten minutes. */
  static void await(String what, Condition condition) throws Exception {
    long end = System.nanoTime() + java.time.Duration.ofMinutes(10).toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(what + " has not come within ten minutes");
      }
      Thread.sleep(200);
    }
  }

  private JsonNode get(String path) throws Exception {
    return ask("GET", path, "");
  }

  private JsonNode ask(String method, String path, String body) throws Exception {
    var answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(rest + path))
                    .header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofString(body))
                    .build(),
                BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(path + " answers with status " + answer.statusCode());
    }
    return JSON.readTree(answer.body());
  }
}
