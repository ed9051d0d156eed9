package org.healthbeam.pipelines.monitorvitals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code quality.tsv} and {@code gaps.tsv} against a plain recount of the lines. */
class ReceivedQualityTest {
  private static final Map<String, double[]> CLIF_BOUNDS =
      Map.of(
          "heart_rate", new double[] {0, 300},
          "respiratory_rate", new double[] {0, 60},
          "spo2", new double[] {50, 100},
          "sbp", new double[] {0, 300},
          "dbp", new double[] {0, 200},
          "map", new double[] {0, 250},
          "temp_c", new double[] {32, 44});

  private static final Map<String, String> KINDS =
      Map.of(
          "sbp", "systolic_bp",
          "dbp", "diastolic_bp",
          "map", "mean_bp",
          "temp_c", "temperature",
          "weight_kg", "weight",
          "height_cm", "height");

  @TempDir Path folder;

  private Path run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--output=" + folder);
    all.add("--alerts=off");
    MonitorVitalsOptions options =
        PipelineOptionsFactory.fromArgs(all.toArray(String[]::new)).as(MonitorVitalsOptions.class);
    Pipeline pipeline = Pipeline.create(options);
    Rejects rejects = Rejects.with(PayloadHash.salted());
    new MonitorVitals().build(pipeline, options, rejects);
    pipeline.run().waitUntilFinish();
    return folder;
  }

  private static Map<String, Long> quality(Path folder, String aspect) throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    for (String line : Files.readAllLines(folder.resolve("quality.tsv"))) {
      String[] cells = line.split("\t", -1);
      if (cells[0].equals(aspect)) {
        counts.put(String.join("\t", cells[1], cells[2], cells[3]), Long.parseLong(cells[4]));
      }
    }
    return counts;
  }

  private static List<String> lines(Path file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return reader.lines().skip(1).toList();
    }
  }

  @Test
  void clifReadingsAreDescribedAsTheyCame() throws Exception {
    Path file = shared().resolve("data/vitals/clif_vitals.csv.gz");
    assumeTrue(Files.exists(file), file + " is not there; it comes with the data for trials");
    run(
        "--input=" + file,
        "--columns=subject=hospitalization_id,time=recorded_dttm,"
            + "kind_or_code=vital_category,value=vital_value",
        "--plausibility=clif",
        "--window=1d",
        "--scorePeriod=1d");
    Map<String, Long> units = new TreeMap<>();
    Map<String, Long> delays = new TreeMap<>();
    Map<String, Long> implausible = new TreeMap<>();
    Map<String, Long> hours = new TreeMap<>();
    Map<String, TreeSet<Instant>> minutes = new TreeMap<>();
    for (String line : lines(file)) {
      String[] cells = line.split(",");
      String kind = KINDS.getOrDefault(cells[2], cells[2]);
      Instant time = OffsetDateTime.parse(cells[1].replace(' ', 'T')).toInstant();
      double value = Double.parseDouble(cells[3]);
      units.merge(kind + "\t\timplied", 1L, Long::sum);
      delays.merge(kind + "\tnot told\t", 1L, Long::sum);
      double[] bounds = CLIF_BOUNDS.get(cells[2]);
      if (bounds != null && (value < bounds[0] || value > bounds[1])) {
        implausible.merge(
            "%s\t[%s, %s]\t%s"
                .formatted(kind, bounds[0], bounds[1], value < bounds[0] ? "below" : "above"),
            1L,
            Long::sum);
        continue;
      }
      hours.merge(kind + "\t" + time.toString().substring(11, 13) + "\t", 1L, Long::sum);
      minutes
          .computeIfAbsent(cells[0] + "\t" + kind, s -> new TreeSet<>())
          .add(time.truncatedTo(ChronoUnit.MINUTES));
    }
    assertTrue(implausible.size() > 3, "there are implausible values of several kinds");
    assertEquals(units, quality(folder, "unit"));
    assertEquals(delays, quality(folder, "delay"));
    assertEquals(implausible, quality(folder, "implausible"));
    assertEquals(hours, quality(folder, "hour"));
    TreeSet<String> gaps = new TreeSet<>();
    minutes.forEach((series, times) -> gaps.add(series + "\t" + gapsOf(times)));
    List<String> rows = Files.readAllLines(folder.resolve("gaps.tsv"));
    assertEquals(gaps, new TreeSet<>(rows.subList(1, rows.size())));
    assertEquals(gaps.size(), rows.size() - 1);
  }

  private static String gapsOf(SortedSet<Instant> times) {
    TreeSet<Instant> hours = new TreeSet<>();
    long longest = 0;
    Instant from = times.first();
    Instant before = times.first();
    for (Instant time : times) {
      hours.add(time.truncatedTo(ChronoUnit.HOURS));
      if (ChronoUnit.SECONDS.between(before, time) > longest) {
        longest = ChronoUnit.SECONDS.between(before, time);
        from = before;
      }
      before = time;
    }
    return String.join(
        "\t",
        times.first().toString(),
        times.last().toString(),
        Long.toString(ChronoUnit.HOURS.between(hours.first(), hours.last()) + 1),
        Integer.toString(hours.size()),
        Long.toString(longest),
        from.toString());
  }

  /** The sample says when each reading was received, and has units as real data write them. */
  @Test
  void delaysAndUnitsOfTheSampleAreCounted() throws Exception {
    Path file = Path.of(System.getProperty("healthbeam.root", "..")).resolve("samples/data/vitals");
    run("--input=" + file.resolve("ward.csv.gz"), "--columns=received=received", "--window=1h");
    long told = 0;
    long sixHours = 0;
    long bpm = 0;
    for (String line : lines(file.resolve("ward.csv.gz"))) {
      String[] cells = line.split(",", -1);
      if (cells.length != 6) {
        continue;
      }
      try {
        long delay = ChronoUnit.MILLIS.between(time(cells[1]), time(cells[5]));
        if (List.of("heart_rate", "8867-4").contains(cells[2]) && !cells[0].isEmpty()) {
          Double.parseDouble(cells[3]);
          told++;
          bpm += cells[4].equals("bpm") ? 1 : 0;
          sixHours += delay > 3_600_000 && delay <= 6 * 3_600_000 ? 1 : 0;
        }
      } catch (java.time.DateTimeException | NumberFormatException e) {
        // The sample has such rows; they are rejected.
      }
    }
    assertTrue(sixHours > 0 && bpm > 0, "the sample has a device that was out of reach");
    Map<String, Long> delays = quality(folder, "delay");
    assertEquals(sixHours, delays.get("heart_rate\tup to 6h\t"));
    long heartRates =
        delays.entrySet().stream()
            .filter(e -> e.getKey().startsWith("heart_rate\t"))
            .mapToLong(Map.Entry::getValue)
            .sum();
    assertEquals(told, heartRates);
    assertEquals(bpm, quality(folder, "unit").get("heart_rate\tbpm\trepaired"));
  }

  /** One device writes {@code 2026-03-02 07:15}, which is as of UTC. */
  private static OffsetDateTime time(String text) {
    return OffsetDateTime.parse(text.length() == 16 ? text.replace(' ', 'T') + "Z" : text);
  }

  private static Path shared() {
    String given = System.getProperty("healthbeam.shared");
    return given != null
        ? Path.of(given)
        : Path.of(System.getProperty("healthbeam.root", ".")).resolveSibling("shared");
  }
}
