package org.healthbeam.core.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.healthbeam.core.code.CraftedMaps;
import org.healthbeam.core.variant.bcf.AnyBcf;

/**
 * Small inputs to start from, made by ourselves: resources and the maps of the conformance cases.
 */
final class Seeds {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Seeds() {}

  /** Writes the seeds of one target into a folder. */
  static void write(FuzzTarget target, Path folder) throws IOException {
    write(target, folder, new byte[0]);
  }

  /** Writes the seeds of all targets into a folder, with the byte that names the target. */
  static void writeAll(Path folder) throws IOException {
    for (FuzzTarget target : FuzzTarget.values()) {
      write(target, folder, new byte[] {FuzzedReader.first(target)});
    }
  }

  private static void write(FuzzTarget target, Path folder, byte[] prefix) throws IOException {
    Files.createDirectories(folder);
    int n = 0;
    for (byte[] seed : of(target)) {
      try (OutputStream out = Files.newOutputStream(folder.resolve(target + "-" + n++))) {
        out.write(prefix);
        out.write(seed);
      }
    }
  }

  /** Returns the seeds of a target. */
  static List<byte[]> of(FuzzTarget target) throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    switch (target) {
      // As the format is now.
      case COMPILED_MAPS -> seeds.add(CraftedMaps.small());
      case BCF -> seeds.add(AnyBcf.small());
      case FHIR_PACKAGE -> seeds.add(fhirPackage("value-set.json"));
      default -> {
        for (Path seed : files(resource("seeds/" + target.folder()))) {
          seeds.add(Files.readAllBytes(seed));
        }
      }
    }
    if (target == FuzzTarget.CONCEPT_MAP_JSON) {
      List<byte[]> maps = conformanceMaps();
      // Not all of them: those of the other readers would hardly be chosen among them.
      for (int i = 0; i < maps.size(); i += 8) {
        seeds.add(maps.get(i));
      }
    }
    return seeds;
  }

  /** Returns a package that is not gzipped, so that its bytes can be changed one by one. */
  private static byte[] fhirPackage(String map) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // Blocks of one record: no padding beyond the end.
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, 512)) {
      add("package.json", "{\"name\":\"a\",\"version\":\"1\"}".getBytes(UTF_8), tar);
      add(map, Files.readAllBytes(resource("seeds/concept-map-json/" + map)), tar);
    }
    return bytes.toByteArray();
  }

  private static void add(String name, byte[] content, TarArchiveOutputStream tar)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry("package/" + name);
    entry.setModTime(0);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  /** Returns the words that the formats are made of, in the form of libFuzzer. */
  static String dictionary(FuzzTarget... targets) throws IOException {
    StringBuilder words = new StringBuilder();
    for (FuzzTarget target : targets) {
      Path own = resource("seeds").resolve(target.folder() + ".dict");
      if (Files.exists(own)) {
        words.append(Files.readString(own));
      }
    }
    return words.toString();
  }

  private static List<byte[]> conformanceMaps() throws IOException {
    List<byte[]> maps = new ArrayList<>();
    for (Path file : files(resource("/org/healthbeam/core/code/conformance"))) {
      if (!file.toString().endsWith(".json")) {
        continue;
      }
      for (JsonNode one : JSON.readTree(file.toFile())) {
        for (JsonNode map : one.path("maps")) {
          ObjectNode whole = JSON.createObjectNode();
          whole.put("resourceType", "ConceptMap").put("status", "active");
          whole.setAll((ObjectNode) map);
          maps.add(JSON.writeValueAsBytes(whole));
        }
      }
    }
    return maps;
  }

  private static Path resource(String name) throws IOException {
    URL url = Seeds.class.getResource(name);
    if (url == null) {
      throw new IOException("There is no test resource " + name);
    }
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
