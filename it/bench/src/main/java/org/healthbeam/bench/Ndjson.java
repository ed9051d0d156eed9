package org.healthbeam.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Folders of FHIR resources, one NDJSON file for each type, gzipped or not. */
final class Ndjson {
  private Ndjson() {}

  /** Returns the files by the type that their name begins with, sorted. */
  static Map<String, Path> byType(Path folder) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      all.filter(Ndjson::isOne)
          .forEach(file -> files.put(file.getFileName().toString().split("\\.", 2)[0], file));
    }
    return files;
  }

  private static boolean isOne(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".ndjson") || name.endsWith(".ndjson.gz");
  }

  /** Returns the lines that are not blank, at most {@code limit} bytes of them. */
  static List<byte[]> read(Path file, long limit) throws IOException {
    List<byte[]> records = new ArrayList<>();
    long bytes = 0;
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null && bytes < limit; line = in.readLine()) {
        if (!line.isBlank()) {
          byte[] record = line.getBytes(StandardCharsets.UTF_8);
          records.add(record);
          bytes += record.length;
        }
      }
    }
    return records;
  }

  static InputStream open(Path file) {
    try {
      InputStream in = Files.newInputStream(file);
      return file.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
