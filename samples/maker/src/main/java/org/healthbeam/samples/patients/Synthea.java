package org.healthbeam.samples.patients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;

/**
 * One run of Synthea in a process of its own: it keeps its settings in statics, prints as it likes,
 * and follows the time zone of the JVM.
 */
final class Synthea {
  /** The day on which every record ends. */
  private static final String TODAY = "20260101";

  private static final int YEARS_OF_HISTORY = 3;

  /** A living patient is done; those who died do not count towards the number asked for. */
  private static final Pattern PATIENT = Pattern.compile("^(\\d+) -- (?!.*DECEASED).*");

  private final int count;
  private final long seed;
  private final Path folder;

  Synthea(int count, long seed, Path folder) {
    this.count = count;
    this.seed = seed;
    this.folder = folder;
  }

  void run(IntConsumer progress) throws IOException, InterruptedException {
    Path errors = folder.resolve("errors.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command()).redirectError(errors.toFile()).directory(folder.toFile());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.start();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        var patient = PATIENT.matcher(line);
        if (patient.matches()) {
          progress.accept(Integer.parseInt(patient.group(1)));
        }
      }
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException("Synthea ended with status " + status + ": " + lastLine(errors));
      }
    } finally {
      process.destroy();
    }
  }

  private List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx2g",
        "-Duser.timezone=UTC",
        "-Duser.language=en",
        "-Duser.country=US",
        "-Dfile.encoding=UTF-8",
        "App",
        "-p",
        Integer.toString(count),
        "-s",
        Long.toString(seed),
        "-cs",
        "7",
        "-r",
        TODAY,
        "-e",
        TODAY,
        "--exporter.fhir.bulk_data=true",
        "--exporter.hospital.fhir.export=false",
        "--exporter.practitioner.fhir.export=false",
        // Threads would take their patients in any order.
        "--generate.thread_pool_size=1",
        "--exporter.years_of_history=" + YEARS_OF_HISTORY,
        "--exporter.baseDirectory=" + folder + "/",
        "Massachusetts");
  }

  private static String lastLine(Path errors) throws IOException {
    List<String> lines = Files.readAllLines(errors);
    return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
  }
}
