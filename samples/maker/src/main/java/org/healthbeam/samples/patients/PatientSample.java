package org.healthbeam.samples.patients;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import org.healthbeam.samples.SampleFiles;

/**
 * Patients' records from Synthea, one gzip file of FHIR R4 resources for each type that the
 * pipelines read.
 *
 * <p>The seeds, the dates and the single thread are fixed, so that the records do not depend on
 * when or where they are made.
 */
public final class PatientSample {
  /** What the repository ships. */
  public static final PatientSample SHIPPED = new PatientSample(8, 42);

  static final List<String> TYPES =
      List.of(
          "Patient",
          "Encounter",
          "Condition",
          "Observation",
          "Procedure",
          "MedicationRequest",
          "Immunization",
          "AllergyIntolerance");

  private final int count;
  private final long seed;

  /**
   * Records of this many living patients, and of those who died before them.
   *
   * @param count 1 or more
   * @param seed the same one gives the same records
   * @throws IllegalArgumentException if there is no patient
   */
  public PatientSample(int count, long seed) {
    if (count < 1) {
      throw new IllegalArgumentException("At least one patient is needed, not " + count);
    }
    this.count = count;
    this.seed = seed;
  }

  /**
   * Writes the files into the folder and returns how many resources they hold; {@code progress} is
   * told how many patients are done.
   *
   * @param folder is made if it is not there
   * @param progress takes the number of patients that are done
   * @return the number of resources
   * @throws IOException if a file cannot be written
   * @throws InterruptedException if the thread is interrupted while Synthea runs
   */
  public long write(Path folder, IntConsumer progress) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path work = Files.createTempDirectory("healthbeam-patients");
    try {
      new Synthea(count, seed, work).run(progress);
      long resources = 0;
      for (String type : TYPES) {
        Path raw = work.resolve("fhir").resolve(type + ".ndjson");
        // A small population may have nobody with an allergy, or with a vaccination on record.
        if (Files.exists(raw)) {
          Path packed = folder.resolve(type + ".ndjson.gz");
          try (OutputStream out = SampleFiles.gzip(packed)) {
            Files.copy(raw, out);
          }
          try (var lines = Files.lines(raw)) {
            resources += lines.count();
          }
        }
      }
      return resources;
    } finally {
      SampleFiles.deleteTree(work);
    }
  }
}
