package org.healthbeam.samples.ward;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/**
 * A ward with all that goes wrong on one: gaps, bursts, duplicates, late readings, broken lines;
 * and a device whose clock is ahead, and readings dated years ahead. For tests that read one ward
 * in many ways.
 *
 * @param header the first line of its table
 * @param lines the others, in the order in which they were received
 */
public record GeneratedWard(String header, List<String> lines) {

  /**
   * Generates a ward; the same arguments give the same one.
   *
   * @param beds 1 or more
   * @param hours 1 or more
   * @param seed the same one gives the same ward
   * @param start of the first hour
   * @return the ward
   * @throws IOException if a temporary file cannot be written
   */
  public static GeneratedWard of(int beds, int hours, long seed, Instant start) throws IOException {
    Path folder = Files.createTempDirectory("ward");
    new WardSample(beds, hours, seed, start).write(folder);
    List<String> lines;
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve("ward.csv.gz"))),
                StandardCharsets.ISO_8859_1))) {
      lines = new ArrayList<>(in.lines().toList());
    }
    String header = lines.remove(0);
    // A broken line of the sample's own day: weeks or years before this ward's, it would be too
    // late.
    lines.removeIf(line -> line.contains(",2026-03-02 07:15,"));
    Random random = new Random(seed);
    Instant future = start.plusSeconds(50L * 365 * 86_400);
    for (int i = 0; i < 6; i++) {
      Instant skewed = start.plusSeconds(random.nextInt(hours * 3600) + 20 * 60L);
      lines.add(
          random.nextInt(lines.size()),
          "ward-01,%s,heart_rate,%d,/min,%s".formatted(skewed, 60 + i, skewed));
      lines.add(
          random.nextInt(lines.size()),
          "ward-02,%s,heart_rate,%d,/min,%s"
              .formatted(future.plusSeconds(random.nextInt(7200)), 70 + i, start));
    }
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
    return new GeneratedWard(header, lines);
  }

  /**
   * Writes it as it was received.
   *
   * @param file is replaced if it is there
   * @return the file
   * @throws IOException if it cannot be written
   */
  public Path write(Path file) throws IOException {
    List<String> all = new ArrayList<>(lines);
    all.add(0, header);
    return Files.write(file, all, StandardCharsets.ISO_8859_1);
  }

  /**
   * Writes who has seen alerts: of all that are active then, of one rule, and of somebody who has
   * none.
   *
   * @param file is replaced if it is there
   * @param start of the ward
   * @return the file
   * @throws IOException if it cannot be written
   */
  public static Path writeAcknowledgements(Path file, Instant start) throws IOException {
    return Files.write(
        file,
        List.of(
            "subject,time,rule",
            "ward-01,%s,".formatted(start.plusSeconds(3600)),
            "ward-02,%s,heart-rate-high".formatted(start.plusSeconds(5400)),
            "ward-99,%s,".formatted(start.plusSeconds(1800))));
  }
}
