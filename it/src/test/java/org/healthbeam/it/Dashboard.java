package org.healthbeam.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The metrics that a Grafana dashboard asks Prometheus for.
 *
 * @param metrics names, and patterns of names, with the expression that they are in
 */
record Dashboard(Map<String, String> metrics) {
  private static final Pattern BY_PATTERN = Pattern.compile("__name__=~\"([^\"]+)\"");
  private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");
  private static final Pattern NAME = Pattern.compile("\\bflink_[A-Za-z0-9_:]+");

  static Dashboard of(Path file) throws IOException {
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    Map<String, String> metrics = new TreeMap<>();
    List<JsonNode> expressions = new ArrayList<>(json.findValues("expr"));
    json.path("templating").path("list").forEach(v -> expressions.add(v.path("definition")));
    for (JsonNode expression : expressions) {
      String text = expression.asText();
      Matcher pattern = BY_PATTERN.matcher(text);
      while (pattern.find()) {
        metrics.put(pattern.group(1), text);
      }
      Matcher name = NAME.matcher(TEXT.matcher(text).replaceAll("\"\""));
      while (name.find()) {
        metrics.put(name.group(), text);
      }
    }
    return new Dashboard(metrics);
  }

  /** Waits until each of them is told by one of these addresses, with the job that it is of. */
  void awaitAllIn(String addresses) throws Exception {
    Set<String> missing = new TreeSet<>();
    try {
      FlinkJobs.await(
          "What the dashboard shows",
          () -> {
            missing.clear();
            missing.addAll(missingIn(told(addresses)));
            return missing.isEmpty();
          });
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "; nobody tells " + missing, e);
    }
  }

  /** Returns the names of the metrics of jobs that these addresses tell. */
  private static Set<String> told(String addresses) throws IOException, InterruptedException {
    Set<String> names = new TreeSet<>();
    for (String address : addresses.split(",")) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
      String all = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
      all.lines()
          .filter(line -> !line.startsWith("#") && line.contains("job_name=\""))
          .forEach(line -> names.add(line.substring(0, line.indexOf('{'))));
    }
    return names;
  }

  private Set<String> missingIn(Set<String> names) {
    Set<String> missing = new TreeSet<>();
    for (String metric : metrics.keySet()) {
      if (names.stream().noneMatch(name -> name.matches(metric))) {
        missing.add(metric);
      }
    }
    return missing;
  }
}
