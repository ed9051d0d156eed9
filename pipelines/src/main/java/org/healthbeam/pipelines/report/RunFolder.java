package org.healthbeam.pipelines.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder that one run wrote.
 *
 * @param folder where it is
 * @param run what {@code run.json} says; a missing node where there is none that can be read
 */
record RunFolder(Path folder, JsonNode run) {

  static RunFolder open(Path folder) throws IOException {
    return new RunFolder(folder, json(folder.resolve("run.json")));
  }

  /** Returns the file's JSON, or a missing node if it is absent or not JSON. */
  static JsonNode json(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return MissingNode.getInstance();
    }
    try {
      JsonNode node = new ObjectMapper().readTree(file.toFile());
      return node == null ? MissingNode.getInstance() : node;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /** Returns the pipeline's name, or the folder's where the run does not say. */
  String name() {
    Path last = folder.toAbsolutePath().normalize().getFileName();
    return run.path("pipeline").asText(last == null ? "run" : last.toString());
  }

  /** Says whether it was a stream that was stopped before its end. */
  boolean isStopped() {
    return run.path("status").asText().equals("stopped");
  }

  /** Says whether it was cut off: what was under way then is in no result. */
  boolean isCutOff() {
    return isStopped() && !run.has("conserved");
  }

  /**
   * Returns the table of this name, plain or gzip, or the folder of its parts, where a stream was
   * cut off; it may be absent.
   */
  Path table(String name) {
    Path plain = folder.resolve(name + ".tsv");
    Path gzip = folder.resolve(name + ".tsv.gz");
    Path parts = folder.resolve(name);
    if (Files.exists(plain)) {
      return plain;
    }
    return Files.exists(gzip) ? gzip : Files.isDirectory(parts) ? parts : plain;
  }

  /** Says whether the run wrote any of these tables. */
  boolean hasAny(String... names) throws IOException {
    for (String name : names) {
      if (!TsvTable.files(table(name)).isEmpty()) {
        return true;
      }
    }
    return false;
  }
}
