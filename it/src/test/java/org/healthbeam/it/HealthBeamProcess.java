package org.healthbeam.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The command line in a JVM of its own, with the class path of one runner, as the launcher script
 * starts it.
 *
 * @param status the exit status
 * @param out standard output
 * @param err standard error
 */
record HealthBeamProcess(int status, String out, String err) {
  private static final String MAIN = "org.healthbeam.pipelines.cli.HealthBeam";
  private static final long MINUTES = 15;

  /** Runs to the end, at most a quarter of an hour; logs stay in {@code folder}. */
  static HealthBeamProcess run(String runner, Path folder, String... args)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx1g");
    command.add(
        "@"
            + root()
                .resolve("runners-config/profiles/target/classes")
                .resolve("org/healthbeam/profiles/java.options"));
    command.add("-cp");
    command.add(classPath(runner));
    command.add(MAIN);
    command.addAll(Arrays.asList(args));
    File out = folder.resolve("stdout.txt").toFile();
    File err = folder.resolve("stderr.txt").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(out)
            .redirectError(err)
            .directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HEALTHBEAM_"));
    Process process = builder.start();
    try {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        throw new AssertionError("Still running after " + MINUTES + " minutes; see " + folder);
      }
    } finally {
      process.destroyForcibly();
    }
    return new HealthBeamProcess(
        process.exitValue(),
        Files.readString(out.toPath(), StandardCharsets.UTF_8),
        Files.readString(err.toPath(), StandardCharsets.UTF_8));
  }

  /** Fails with everything that the run said, unless it ended in this status. */
  HealthBeamProcess endedWith(int expected) {
    assertEquals(expected, status, () -> "standard error:\n" + err + "\nstandard output:\n" + out);
    return this;
  }

  /** Returns the folder of the source tree. */
  static Path root() {
    return Path.of(System.getProperty("healthbeam.root", "..")).toAbsolutePath().normalize();
  }

  private static String classPath(String runner) throws IOException {
    Path target = root().resolve("runners-config").resolve(runner).resolve("target");
    Path file = target.resolve("classpath.txt");
    if (!Files.isRegularFile(file)) {
      throw new AssertionError(file + " is not there; package runners-config/" + runner + " first");
    }
    try (Stream<Path> files = Files.list(target)) {
      Path jar =
          files
              .filter(f -> f.getFileName().toString().matches("healthbeam-" + runner + "-.*\\.jar"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("No jar in " + target));
      return jar + File.pathSeparator + Files.readString(file).trim();
    }
  }
}
