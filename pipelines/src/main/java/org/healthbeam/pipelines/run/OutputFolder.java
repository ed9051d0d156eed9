package org.healthbeam.pipelines.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * The folder of a run's results, on any file system.
 *
 * <p>A run replaces what an earlier run of the same pipeline wrote there, and nothing else: files
 * are removed only if the earlier {@code run.json} lists them, or if a run that died has left its
 * mark and they were not there when it began. Results of another pipeline are never touched.
 */
final class OutputFolder {
  static final String RUN_FILE = "run.json";

  /** There while a run is going on. */
  private static final String MARK = ".running.json";

  /** Where Beam keeps files that are not yet whole. */
  static final String TEMPORARY = ".temp";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String folder;
  private final String pipeline;
  private final Set<String> before = new TreeSet<>();

  OutputFolder(String folder, String pipeline) {
    this.folder = folder.endsWith("/") ? folder : folder + "/";
    this.pipeline = pipeline;
  }

  /** Removes the results of the same pipeline's earlier run and leaves the mark of this one. */
  void begin() throws UsageException, IOException {
    Set<String> present = list().keySet();
    Set<String> old = new TreeSet<>();
    if (present.contains(RUN_FILE)) {
      JsonNode run = read(RUN_FILE);
      refuseOther(run.path("pipeline").asText(), RUN_FILE);
      run.path("files").forEach(f -> old.add(f.asText()));
      old.add(RUN_FILE);
    }
    if (present.contains(MARK)) {
      JsonNode mark = read(MARK);
      refuseOther(mark.path("pipeline").asText(), MARK);
      Set<String> foreign = new TreeSet<>();
      mark.path("before").forEach(f -> foreign.add(f.asText()));
      present.stream().filter(f -> !foreign.contains(f)).forEach(old::add);
      old.add(MARK);
    }
    old.retainAll(present);
    delete(old);
    before.addAll(present);
    before.removeAll(old);
    ObjectNode mark = JSON.createObjectNode().put("pipeline", pipeline);
    before.forEach(mark.putArray("before")::add);
    write(MARK, JSON.writeValueAsBytes(mark));
  }

  /** Returns what this run has written so far, relative to the folder, with sizes. */
  Map<String, Long> written() throws IOException {
    Map<String, Long> files = list();
    files.keySet().removeAll(before);
    files.keySet().removeIf(f -> f.equals(MARK) || f.contains(TEMPORARY));
    return files;
  }

  /**
   * Writes {@code run.json} and takes the mark away.
   *
   * @param later a file that is still to be written, or nothing
   */
  void end(RunRecord run, String later) throws IOException {
    Set<String> files = new TreeSet<>(written().keySet());
    if (!later.isEmpty()) {
      files.add(later);
    }
    write(RUN_FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(run.toJson(files)));
    delete(Set.of(MARK));
  }

  /** Returns the folder on this machine's disk, if it is there. */
  Optional<Path> local() {
    try {
      return folder.contains("://") ? Optional.empty() : Optional.of(Paths.get(folder));
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return folder;
  }

  private void refuseOther(String other, String file) throws UsageException {
    if (!other.equals(pipeline)) {
      throw new UsageException(
          "--output=%s holds results of %s (%s); choose another folder"
              .formatted(folder, other.isEmpty() ? "something else" : other, file));
    }
  }

  private Map<String, Long> list() throws IOException {
    String prefix = FileSystems.matchNewResource(folder, true).toString();
    Map<String, Long> files = new TreeMap<>();
    for (MatchResult.Metadata file :
        FileSystems.match(prefix + "**", EmptyMatchTreatment.ALLOW).metadata()) {
      String name = file.resourceId().toString();
      if (!file.resourceId().isDirectory() && name.startsWith(prefix)) {
        files.put(name.substring(prefix.length()), file.sizeBytes());
      }
    }
    return files;
  }

  private JsonNode read(String name) throws IOException {
    try (InputStream in = Channels.newInputStream(FileSystems.open(resource(name)))) {
      return JSON.readTree(in);
    }
  }

  private void write(String name, byte[] bytes) throws IOException {
    try (OutputStream out =
        Channels.newOutputStream(FileSystems.create(resource(name), "application/json"))) {
      out.write(bytes);
    }
  }

  private void delete(Set<String> names) throws IOException {
    List<ResourceId> resources = new ArrayList<>();
    for (String name : names) {
      resources.add(resource(name));
    }
    FileSystems.delete(resources, StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  private ResourceId resource(String name) {
    return FileSystems.matchNewResource(folder + name, false);
  }
}
