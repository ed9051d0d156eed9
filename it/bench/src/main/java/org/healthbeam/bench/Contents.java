package org.healthbeam.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code map-codes} wrote, whatever the order of the lines and however many files hold them.
 *
 * @param lines how many
 * @param sum of the first eight bytes of their SHA-256
 */
record Contents(long lines, long sum) {

  /** Throws if two folders of results have not the same lines. */
  static void checkSame(Path expected, Path actual) throws IOException {
    for (String each : List.of("resources", "translations.tsv", "coverage.tsv", "codes.tsv")) {
      if (!of(expected.resolve(each)).equals(of(actual.resolve(each)))) {
        throw new IllegalStateException(actual + " has another " + each + " than " + expected);
      }
    }
  }

  private static Contents of(Path path) throws IOException {
    long lines = 0;
    long sum = 0;
    for (Path file : files(path)) {
      try (Lines in = new Lines(Files.newInputStream(file))) {
        for (byte[] line = in.next(); line != null; line = in.next()) {
          lines++;
          sum += ByteBuffer.wrap(Digests.sha256(line)).getLong();
        }
      }
    }
    return new Contents(lines, sum);
  }

  private static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(file -> file.toString().endsWith(".ndjson")).toList();
    }
  }
}
