package org.healthbeam.it;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Inputs of whole pipelines: the first lines of the sample data, and files that are broken. */
final class Inputs {
  private Inputs() {}

  /** Returns the sample data that the repository ships. */
  static Path samples() {
    return HealthBeamProcess.root().resolve("samples/data");
  }

  /** Copies the first lines of a gzipped sample as plain text. */
  static Path head(String sample, int lines, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(samples().resolve(sample))),
                StandardCharsets.ISO_8859_1))) {
      return Files.write(to, reader.lines().limit(lines).toList(), StandardCharsets.ISO_8859_1);
    }
  }

  /** Writes a file {@code s0.vcf} … for each of the first samples of a cohort, with it alone. */
  static void samplesOf(Path cohort, int samples, Path folder) throws IOException {
    List<String> lines = Files.readAllLines(cohort, StandardCharsets.ISO_8859_1);
    for (int s = 0; s < samples; s++) {
      int column = 9 + s;
      List<String> one = new ArrayList<>();
      for (String line : lines) {
        String[] cells = line.split("\t", -1);
        boolean whole = line.startsWith("##") || cells.length <= column;
        String start = String.join("\t", List.of(cells).subList(0, Math.min(9, cells.length)));
        one.add(whole ? line : start + "\t" + cells[column]);
      }
      text(folder.resolve("s" + s + ".vcf"), one.toArray(String[]::new));
    }
  }

  /** Writes lines, gzipped, and cuts the file off in the middle of its compressed data. */
  static Path truncatedGzip(List<String> lines, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }
    byte[] all = bytes.toByteArray();
    return Files.write(to, Arrays.copyOf(all, all.length * 2 / 3));
  }

  /** Writes a plain text file. */
  static Path text(Path to, String... lines) throws IOException {
    Files.createDirectories(to.getParent());
    return Files.write(to, List.of(lines), StandardCharsets.UTF_8);
  }
}
