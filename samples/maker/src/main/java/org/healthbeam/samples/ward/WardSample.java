package org.healthbeam.samples.ward;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.healthbeam.samples.Chance;
import org.healthbeam.samples.SampleFiles;

/**
 * A ward's vital signs over some hours, in the order in which they are received.
 *
 * <p>Writes {@code ward.csv.gz}, some of its beds once more as FHIR Observations in {@code
 * ward.ndjson.gz}, and {@code spo2-scale-2.txt}, the subjects whose saturation is judged on NEWS2's
 * second scale.
 */
public final class WardSample {
  /** Above what is made with it: fields are set in the order in which they stand. */
  static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

  /** What the repository ships. */
  public static final WardSample SHIPPED = new WardSample(12, 24, 20260302);

  private static final Duration INTERVAL = Duration.ofMinutes(2);

  /** The plans whose beds also send FHIR; the plans repeat every {@value #PLANS} beds. */
  private static final Set<Integer> FHIR_PLANS = Set.of(2, 3, 5);

  private static final int PLANS = 12;

  private final int beds;
  private final Duration length;
  private final long seed;
  private final Instant start;

  /**
   * A ward of this many beds, watched for this many hours.
   *
   * @param beds 1 or more
   * @param hours 1 or more
   * @param seed the same one gives the same ward
   */
  public WardSample(int beds, int hours, long seed) {
    this(beds, hours, seed, START);
  }

  /**
   * The same, beginning at some other time; shifted years are years like any other.
   *
   * @param beds 1 or more
   * @param hours 1 or more
   * @param seed the same one gives the same ward
   * @param start of the first hour
   * @throws IllegalArgumentException if there is no bed, or no hour
   */
  public WardSample(int beds, int hours, long seed, Instant start) {
    if (beds < 1 || hours < 1) {
      throw new IllegalArgumentException(
          "A ward needs at least one bed and one hour, not " + beds + " beds and " + hours + " h");
    }
    this.beds = beds;
    this.length = Duration.ofHours(hours);
    this.seed = seed;
    this.start = start;
  }

  private record Arrival(Bed bed, Reading reading) {}

  /**
   * Writes the files into the folder and returns how many readings they hold.
   *
   * @param folder is made if it is not there
   * @return the number of readings
   * @throws IOException if a file cannot be written
   */
  public int write(Path folder) throws IOException {
    List<Arrival> arrivals = arrivals();
    try (OutputStream out = SampleFiles.gzip(folder.resolve("ward.csv.gz"))) {
      WardCsv csv = new WardCsv(out, Chance.of(seed, 0));
      for (Arrival arrival : arrivals) {
        csv.write(arrival.bed, arrival.reading);
      }
    }
    try (OutputStream out = SampleFiles.gzip(folder.resolve("ward.ndjson.gz"))) {
      WardFhir fhir = new WardFhir(out);
      for (Arrival arrival : arrivals) {
        if (FHIR_PLANS.contains((arrival.bed.number() - 1) % PLANS + 1)) {
          fhir.write(arrival.bed, arrival.reading);
        }
      }
      fhir.finish();
    }
    try (OutputStream out = SampleFiles.plain(folder.resolve("spo2-scale-2.txt"))) {
      for (int number = 1; number <= beds; number++) {
        Bed bed = Bed.of(number);
        if (bed.scale2()) {
          out.write((bed.subject() + "\n").getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    return arrivals.size();
  }

  private List<Arrival> arrivals() {
    List<Arrival> arrivals = new ArrayList<>();
    for (int number = 1; number <= beds; number++) {
      Bed bed = Bed.of(number);
      Chance chance = Chance.of(seed, number);
      List<Reading> taken = new Stay(bed, start, length, INTERVAL, chance).readings();
      for (Reading reading : new Mishaps(bed, start, length, chance).of(taken)) {
        arrivals.add(new Arrival(bed, reading));
      }
    }
    // Stable: what arrives in the same second stays in the order in which it was sent.
    arrivals.sort(Comparator.comparing((Arrival arrival) -> arrival.reading.received()));
    return arrivals;
  }
}
