package org.healthbeam.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that a Flink cluster tells of a job and of itself: what its pages show, which is what its
 * REST endpoint answers, and what its servers log.
 */
final class FlinkPages {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String rest;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, String> texts = new TreeMap<>();

  private FlinkPages(String rest) {
    this.rest = rest;
  }

  /**
   * Asks for everything.
   *
   * @param logs the folder of the servers' logs
   * @return what was told, by where it was told
   */
  static Map<String, String> of(String rest, String job, Path logs) throws Exception {
    FlinkPages pages = new FlinkPages(rest);
    pages.cluster();
    pages.job("/jobs/" + job);
    try (Stream<Path> files = Files.list(logs)) {
      for (Path file : files.toList()) {
        pages.texts.put(
            file.getFileName().toString(),
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return pages.texts;
  }

  private void cluster() throws Exception {
    for (String page :
        List.of(
            "/config", "/overview", "/jobs", "/jobs/overview", "/jars", "/jobmanager/metrics")) {
      get(page);
    }
    server("/jobmanager", "/config", "/environment", "/logs", "/thread-dump", "/log", "/stdout");
    for (JsonNode each : get("/taskmanagers").path("taskmanagers")) {
      String worker = "/taskmanagers/" + encoded(each.path("id").asText());
      get(worker);
      metrics(worker + "/metrics");
      server(worker, "/logs", "/thread-dump", "/log", "/stdout");
    }
  }

  private void server(String server, String... pages) throws Exception {
    for (String page : pages) {
      for (JsonNode log : get(server + page).path("logs")) {
        get(server + "/logs/" + encoded(log.path("name").asText()));
      }
    }
  }

  private void job(String job) throws Exception {
    JsonNode details = get(job);
    for (String page :
        List.of(
            "/config",
            "/plan",
            "/exceptions?maxExceptions=100",
            "/accumulators",
            "/accumulators?includeSerializedValue=true",
            "/checkpoints",
            "/checkpoints/config",
            "/jobmanager/config",
            "/jobmanager/environment",
            "/resource-requirements")) {
      get(job + page);
    }
    metrics(job + "/metrics");
    for (JsonNode each : details.path("vertices")) {
      String vertex = job + "/vertices/" + each.path("id").asText();
      for (String page :
          List.of(
              "",
              "/accumulators",
              "/subtasks/accumulators",
              "/taskmanagers",
              "/watermarks",
              "/subtasktimes",
              "/backpressure")) {
        get(vertex + page);
      }
      metrics(vertex + "/metrics");
      metrics(vertex + "/subtasks/metrics");
    }
  }

  /** Names of metrics, and what those of them tell that have a value. */
  private void metrics(String page) throws Exception {
    List<String> names = new ArrayList<>();
    for (JsonNode each : get(page)) {
      names.add(encoded(each.path("id").asText()));
    }
    for (int i = 0; i < names.size(); i += 50) {
      get(page + "?get=" + String.join(",", names.subList(i, Math.min(names.size(), i + 50))));
    }
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Keeps what is answered, whatever it is. */
  private JsonNode get(String page) throws Exception {
    String answer =
        client
            .send(HttpRequest.newBuilder(URI.create(rest + page)).build(), BodyHandlers.ofString())
            .body();
    texts.put(page, answer);
    try {
      return JSON.readTree(answer);
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }
}
