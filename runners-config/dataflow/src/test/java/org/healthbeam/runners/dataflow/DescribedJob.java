package org.healthbeam.runners.dataflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * A job as the service gets it ({@code Job} of the Dataflow API v1b3).
 *
 * @param json what is sent
 */
record DescribedJob(JsonNode json) {

  static DescribedJob in(Path file) throws IOException {
    return new DescribedJob(new ObjectMapper().readTree(file.toFile()));
  }

  String type() {
    return json.path("type").asText();
  }

  /** Returns the value of a pipeline option that workers get; a missing node if there is none. */
  JsonNode option(String name) {
    return json.path("environment").path("sdkPipelineOptions").path("options").path(name);
  }

  /** Returns the names of the steps under which the pipeline has applied them. */
  Set<String> steps() {
    Set<String> names = new TreeSet<>();
    for (JsonNode step : json.path("steps")) {
      names.add(outermost(step));
    }
    return names;
  }

  /** Returns those of the steps in which something is read as a side input. */
  Set<String> stepsWithSideInputs() {
    Set<String> names = new TreeSet<>();
    for (JsonNode step : json.path("steps")) {
      if (!step.path("properties").path("non_parallel_inputs").isEmpty()) {
        names.add(outermost(step));
      }
    }
    return names;
  }

  int primitives() {
    return json.path("steps").size();
  }

  /** Returns the names of the files that workers load. */
  Set<String> packages() {
    Set<String> names = new TreeSet<>();
    for (JsonNode pool : json.path("environment").path("workerPools")) {
      pool.path("packages").forEach(p -> names.add(p.path("name").asText()));
    }
    return names;
  }

  private static String outermost(JsonNode step) {
    String name = step.path("properties").path("user_name").path("value").asText();
    int end = name.indexOf('/');
    return end < 0 ? name : name.substring(0, end);
  }

  /** Returns where the job is written for a template, beside a folder of its own files. */
  static Path file(Path folder) throws IOException {
    return Files.createDirectories(folder).resolve("job.json");
  }
}
