package org.healthbeam.bench.report;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;

/** Generated vital signs of a large ward, as CSV: of each subject each kind twice an hour. */
final class WardOfReport {
  static final int SUBJECTS = 200;
  static final int HOURS = 95;
  private static final String[] KINDS = {
    "heart_rate",
    "respiratory_rate",
    "spo2",
    "systolic_bp",
    "diastolic_bp",
    "mean_bp",
    "temperature"
  };
  private static final double[] USUAL = {80, 16, 96, 120, 75, 90, 37};
  private static final double[] SPREAD = {12, 3, 2, 14, 9, 10, 0.5};
  private static final Duration STEP = Duration.ofMinutes(30);
  private static final Instant BEGIN = Instant.parse("2026-03-02T00:00:00Z");
  private static final long SEED = 20260302;

  private WardOfReport() {}

  /** Returns how many points of windows the report is about. */
  static int points() {
    return SUBJECTS * HOURS * KINDS.length;
  }

  static void write(Path file) throws IOException {
    Random random = new Random(SEED);
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
      out.print("subject,time,kind_or_code,value,unit,received\n");
      Instant end = BEGIN.plus(Duration.ofHours(HOURS));
      for (Instant at = BEGIN; at.isBefore(end); at = at.plus(STEP)) {
        for (int subject = 1; subject <= SUBJECTS; subject++) {
          for (int kind = 0; kind < KINDS.length; kind++) {
            double value = USUAL[kind] + SPREAD[kind] * random.nextGaussian();
            value = KINDS[kind].equals("spo2") ? Math.min(value, 100) : value;
            out.printf(
                Locale.ROOT, "bed-%03d,%s,%s,%.1f,,%s\n", subject, at, KINDS[kind], value, at);
          }
        }
      }
    }
  }
}
