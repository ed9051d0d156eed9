package org.healthbeam.pipelines.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.healthbeam.io.part.PartFolder;
import org.healthbeam.io.text.InputFiles;
import org.healthbeam.transforms.files.NamedFiles;
import org.healthbeam.transforms.files.ResultFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of a run's results, on any file system.
 *
 * <p>Only names that the pipeline itself can write are ever looked at: its declared files, the
 * parts in its declared folders, what every run writes, and Beam's temporary folders beside them. A
 * run replaces what an earlier run of the same pipeline wrote there: what its {@code run.json}
 * lists, or what a run that died has left. What is called after a result, as {@link PartFolder}s
 * are, is of such a run too; it may have been written by a worker that did not know yet that the
 * run had ended. Where somebody else's file has the name of a result, the run is refused.
 */
final class OutputFolder {
  static final String RUN_FILE = "run.json";

  /** There while a run is going on, and after one that failed or died. */
  static final String MARK = ".running.json";

  /** Begins the names of folders where Beam keeps files that are not yet whole. */
  static final String TEMPORARY = ".temp-beam";

  /** There while a run goes on whose stages tell what they count. */
  static final String COUNTS = TEMPORARY + "-counts.tsv";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Logger LOG = LoggerFactory.getLogger(OutputFolder.class);

  private final String folder;
  private final String pipeline;
  private final Optional<Path> local;
  private final ResultNames names;

  /** Temporary folders of somebody else. */
  private final Set<String> before = new TreeSet<>();

  /**
   * Returns a folder.
   *
   * @param outputs as {@link HealthPipeline#outputs} declares them
   */
  OutputFolder(String folder, String pipeline, Set<String> outputs) {
    this.folder = Location.in(folder, "");
    this.pipeline = pipeline;
    ResourceId resource = FileSystems.matchNewResource(this.folder, true);
    this.local =
        resource.getScheme().equals("file")
            ? Optional.of(Path.of(resource.toString()))
            : Optional.empty();
    this.names = new ResultNames(this.folder, local, outputs);
  }

  /**
   * Removes the results of the same pipeline's earlier run and leaves the mark of this one.
   *
   * @param inputs patterns of what the run reads, which must not be among those results
   */
  void begin(List<String> inputs) throws UsageException, IOException {
    begin(replaced(inputs));
  }

  /**
   * As {@link #begin}, for a job that goes on from the state in which an earlier one was stopped:
   * the results that this one wrote stay.
   */
  void goOn(List<String> inputs) throws UsageException, IOException {
    Set<String> old = replaced(inputs);
    old.removeIf(
        f -> !names.isTemporary(f) && !Set.of(RUN_FILE, PipelineRun.REPORT, MARK).contains(f));
    begin(old);
  }

  private void begin(Set<String> old) throws UsageException, IOException {
    if (local.isPresent()) {
      try {
        ResultFiles.createFolders(local.get());
      } catch (IOException e) {
        throw new UsageException(
            "--output=%s cannot be made; choose another folder".formatted(folder), e);
      }
    }
    delete(old);
    ProcessHandle self = ProcessHandle.current();
    ObjectNode mark = mark().put("pid", self.pid());
    self.info().startInstant().ifPresent(s -> mark.put("process_started", s.toEpochMilli()));
    write(MARK, JSON.writeValueAsBytes(mark));
  }

  /** Refuses what {@link #begin} would refuse, and changes nothing. */
  void check(List<String> inputs) throws UsageException, IOException {
    replaced(inputs);
    before.clear();
  }

  /** Leaves the folder to a job of a cluster, which goes on when this process has ended. */
  void handTo(HandedJob job) throws IOException {
    write(MARK, JSON.writeValueAsBytes(mark().set("job", job.toJson())));
  }

  /** Returns the mark that a run has left in a folder; a missing node if there is none. */
  static JsonNode markOf(String folder) throws IOException {
    ResourceId file = FileSystems.matchNewResource(Location.in(folder, MARK), false);
    try (InputStream in = Channels.newInputStream(FileSystems.open(file))) {
      return JSON.readTree(in);
    } catch (FileNotFoundException | JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /** Goes on where the process that has left this mark has begun. */
  void resume(JsonNode mark) {
    mark.path("before").forEach(f -> before.add(f.asText()));
  }

  /** Returns what this run replaces. */
  private Set<String> replaced(List<String> inputs) throws UsageException, IOException {
    refuseUnwritable();
    NavigableMap<String, Long> found = names.list();
    Set<String> present = found.keySet();
    Set<String> old = new TreeSet<>();
    if (present.contains(MARK)) {
      JsonNode mark = read(MARK);
      refuseOther(mark, MARK);
      refuseRunning(mark);
      Set<String> foreign = new TreeSet<>();
      mark.path("before").forEach(f -> foreign.add(f.asText()));
      present.stream().filter(f -> !foreign.contains(f)).forEach(old::add);
    } else if (present.contains(RUN_FILE)) {
      JsonNode run = read(RUN_FILE);
      refuseOther(run, RUN_FILE);
      run.path("files").forEach(f -> old.add(f.asText()));
      old.add(RUN_FILE);
    }
    if (!old.isEmpty()) {
      present.stream()
          .filter(f -> names.isPart(f) || ResultNames.isFolder(f, found))
          .forEach(old::add);
    }
    old.retainAll(present);
    before.addAll(present);
    before.removeAll(old);
    Optional<String> foreign =
        before.stream()
            .filter(f -> !names.isTemporary(f) && !ResultNames.isFolder(f, found))
            .findFirst();
    if (foreign.isPresent()) {
      throw new UsageException(
          "--output=%s has a file %s that no run of %s lists as its own; move it, or choose"
                  .formatted(folder, foreign.get(), pipeline)
              + " another folder");
    }
    refuseInput(inputs, old);
    return old;
  }

  /** Returns what this run has written so far, relative to the folder, with sizes. */
  Map<String, Long> written() throws IOException {
    NavigableMap<String, Long> found = names.list();
    Map<String, Long> written = new TreeMap<>(found);
    written
        .keySet()
        .removeIf(f -> f.equals(MARK) || names.isTemporary(f) || ResultNames.isFolder(f, found));
    return written;
  }

  /** Removes what was not yet whole when a stream was stopped. */
  void clear() throws IOException {
    Set<String> temporary = new TreeSet<>(names.list().keySet());
    temporary.removeIf(f -> !names.isTemporary(f) || before.contains(f));
    delete(temporary);
  }

  /**
   * Writes {@code run.json} and takes away what the run needed only while it went on.
   *
   * @param later a file that is still to be written, or nothing
   */
  void end(RunRecord run, String later) throws IOException {
    Set<String> all = new TreeSet<>(written().keySet());
    if (!later.isEmpty()) {
      all.add(later);
    }
    String draft = TEMPORARY + "-" + RUN_FILE;
    write(draft, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(run.toJson(all)));
    FileSystems.rename(List.of(resource(draft)), List.of(resource(RUN_FILE)));
    removeTemporary();
    delete(Set.of(MARK));
  }

  /** The results are whole by now; what cannot be removed the next run removes. */
  private void removeTemporary() {
    try {
      Set<String> temporary = new TreeSet<>(names.list().keySet());
      temporary.removeIf(f -> before.contains(f) || !(names.isPart(f) || names.isInFolder(f)));
      delete(temporary);
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("Temporary files in {} could not be removed", folder, e);
    }
  }

  /** Returns why the first of what was rejected was, as it stands in its file; nothing if none. */
  String firstRejected() throws IOException {
    for (Map.Entry<String, Long> file : names.list().entrySet()) {
      if (file.getKey().startsWith(WriteRejected.FOLDER + "/part-") && file.getValue() > 0) {
        try (MappingIterator<JsonNode> lines =
            JSON.readerFor(JsonNode.class)
                .readValues(Channels.newInputStream(FileSystems.open(resource(file.getKey()))))) {
          return lines.hasNext() ? lines.next().path("detail").asText() : "";
        }
      }
    }
    return "";
  }

  /** Leaves what is written to the next run. */
  void leave() throws IOException {
    write(MARK, JSON.writeValueAsBytes(mark()));
  }

  /** Leaves what is written to the next run, which need not wait for this process to end. */
  void abandon(Throwable failure) {
    try {
      leave();
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** Returns the folder on this machine's disk, if it is there. */
  Optional<Path> local() {
    return local;
  }

  @Override
  public String toString() {
    return folder;
  }

  private ObjectNode mark() {
    ObjectNode mark = JSON.createObjectNode().put("pipeline", pipeline);
    before.forEach(mark.putArray("before")::add);
    return mark;
  }

  /** A mark without a word is that of a run that died when it began. */
  private void refuseOther(JsonNode document, String file) throws UsageException {
    String other = document.path("pipeline").asText();
    if (!other.equals(pipeline) && !(document.isMissingNode() && file.equals(MARK))) {
      throw new UsageException(
          "--output=%s holds results of %s (%s); choose another folder"
              .formatted(folder, other.isEmpty() ? "something else" : other, file));
    }
  }

  private void refuseRunning(JsonNode mark) throws UsageException {
    if (mark.has("job")) {
      throw new UsageException(
          "--output=%s is that of job %s on a cluster; 'healthbeam finish %s' when it has ended,"
                  .formatted(folder, mark.path("job").path("id").asText(), folder)
              + " or choose another folder");
    }
    long pid = mark.path("pid").asLong();
    long started = mark.path("process_started").asLong();
    // A process of this number may be another; the clock that dates its start may be set.
    boolean running =
        ProcessHandle.of(pid)
            .filter(ProcessHandle::isAlive)
            .flatMap(p -> p.info().startInstant())
            .map(s -> Math.abs(s.toEpochMilli() - started) < 2000)
            .orElse(false);
    if (running) {
      throw new UsageException(
          "--output=%s is being written by a run of %s (process %d); wait for its end, or choose"
                  .formatted(folder, pipeline, pid)
              + " another folder");
    }
  }

  private void refuseUnwritable() throws UsageException {
    Path there = local.map(p -> p.toAbsolutePath().normalize()).orElse(null);
    if (there == null) {
      return;
    }
    while (there.getParent() != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there)) {
      throw new UsageException(
          "--output=%s is no folder: %s is a file; choose another folder".formatted(folder, there));
    }
    if (!Files.isWritable(there) || !Files.isExecutable(there)) {
      throw new UsageException(
          "--output=%s cannot be written: no permission to write in %s; choose another folder"
              .formatted(folder, there));
    }
  }

  private void refuseInput(List<String> inputs, Set<String> old)
      throws UsageException, IOException {
    if (old.isEmpty()) {
      return;
    }
    Set<String> read = new HashSet<>();
    for (String input : inputs) {
      if (input.startsWith("kafka://")) {
        continue;
      }
      for (MatchResult.Metadata file : InputFiles.match(input)) {
        read.add(identity(file.resourceId()));
      }
    }
    for (String name : old) {
      if (!name.endsWith("/") && read.contains(identity(resource(name)))) {
        throw new UsageException(
            "--input has %s, which this run would replace; choose another --output"
                .formatted(folder + name));
      }
    }
  }

  private static String identity(ResourceId file) throws IOException {
    return file.getScheme().equals("file")
        ? Path.of(file.toString()).toRealPath().toString()
        : file.toString();
  }

  private JsonNode read(String name) throws IOException {
    try (InputStream in = Channels.newInputStream(FileSystems.open(resource(name)))) {
      return JSON.readTree(in);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private void write(String name, byte[] bytes) throws IOException {
    try (OutputStream out = ResultFiles.open(resource(name), "application/json")) {
      out.write(bytes);
    }
  }

  private void delete(Set<String> names) throws IOException {
    List<ResourceId> resources = new ArrayList<>();
    // HDFS tells a folder as a file, and removes it only when nothing is in it any more.
    for (String name : new TreeSet<>(names).descendingSet()) {
      if (name.endsWith("/")) {
        deleteTemporary(local.orElseThrow().resolve(name));
      } else {
        resources.add(resource(name));
      }
    }
    NamedFiles.delete(resources);
  }

  private static void deleteTemporary(Path temporary) throws IOException {
    try (Stream<Path> inside = Files.walk(temporary)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private ResourceId resource(String name) {
    return NamedFiles.in(FileSystems.matchNewResource(folder, true), name);
  }
}
