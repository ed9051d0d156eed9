package org.healthbeam.pipelines.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What {@code rejected/*.jsonl} says, by stage, reason and detail. */
final class RejectedFiles {
  private static final int GROUPS = 200;
  private static final int EXAMPLES = 3;

  /** Why something was refused. */
  record Cause(String stage, String reason, String detail) implements Comparable<Cause> {
    private static final Comparator<Cause> ORDER =
        Comparator.comparing(Cause::stage)
            .thenComparing(Cause::reason)
            .thenComparing(Cause::detail);

    @Override
    public int compareTo(Cause that) {
      return ORDER.compare(this, that);
    }
  }

  /** How often, and where for example. */
  static final class Places {
    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::source)
            .thenComparing(Place::number)
            .thenComparing(Place::position);
    private long n;
    private final List<Place> first = new ArrayList<>();

    private void add(Place place) {
      n++;
      if (first.size() == EXAMPLES && ORDER.compare(place, first.get(EXAMPLES - 1)) >= 0) {
        return;
      }
      first.add(place);
      first.sort(ORDER);
      if (first.size() > EXAMPLES) {
        first.remove(EXAMPLES);
      }
    }

    long n() {
      return n;
    }

    /** Returns the first few places in the order of the sources. */
    List<Place> examples() {
      return List.copyOf(first);
    }
  }

  /** A place in a source. */
  record Place(String source, String position) {
    private long number() {
      try {
        // Behind a colon there is the column.
        return Long.parseLong(position.split(":", 2)[0]);
      } catch (NumberFormatException e) {
        return Long.MAX_VALUE;
      }
    }

    /** Returns the file's name and the line. */
    String shortly() {
      return source.substring(source.lastIndexOf('/') + 1) + ":" + position;
    }
  }

  private final Map<Cause, Places> causes = new TreeMap<>();
  private long total;
  private long uncaused;

  static RejectedFiles of(RunFolder run) throws IOException {
    RejectedFiles result = new RejectedFiles();
    Path folder = run.folder().resolve("rejected");
    if (!Files.isDirectory(folder)) {
      return result;
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(RejectedFiles::isJsonLines).sorted().toList();
    }
    ObjectReader json = new ObjectMapper().readerFor(JsonNode.class);
    for (Path file : files) {
      try (BufferedReader lines = TsvTable.open(file)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (!line.isBlank()) {
            result.add(parse(json, line));
          }
        }
      }
    }
    return result;
  }

  private static boolean isJsonLines(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".jsonl") || name.endsWith(".jsonl.gz");
  }

  private static JsonNode parse(ObjectReader json, String line) throws IOException {
    try {
      return json.readTree(line);
    } catch (JsonProcessingException e) {
      // Jackson's message quotes the line.
      throw new IOException("A file of rejects has a line that is no JSON");
    }
  }

  private void add(JsonNode reject) {
    total++;
    Cause cause =
        new Cause(
            reject.path("stage").asText(""),
            reject.path("reason").asText(""),
            reject.path("detail").asText(""));
    Places places = causes.get(cause);
    if (places == null) {
      if (causes.size() >= GROUPS) {
        uncaused++;
        return;
      }
      places = new Places();
      causes.put(cause, places);
    }
    places.add(new Place(reject.path("source").asText(""), reject.path("position").asText("")));
  }

  /** Returns the causes by stage, reason and detail. */
  Map<Cause, Places> causes() {
    return causes;
  }

  long total() {
    return total;
  }

  /** Returns how many had a cause beyond the number of causes that are told apart. */
  long uncaused() {
    return uncaused;
  }
}
