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
import java.util.Map;
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
  private static final String IGNORED = "SigIgn:";

  /** The bit of signal 2. */
  private static final long CONTROL_C = 1 << 1;

  private static final String MAIN = "org.healthbeam.pipelines.cli.HealthBeam";
  private static final String OUT = "stdout.txt";
  private static final String ERR = "stderr.txt";
  private static final long MINUTES = 15;

  /** Runs to the end, at most a quarter of an hour; logs stay in {@code folder}. */
  static HealthBeamProcess run(String runner, Path folder, String... args)
      throws IOException, InterruptedException {
    try (Started started = start(runner, folder, args)) {
      return started.end();
    }
  }

  /** As {@link #run(String, Path, String...)}, with more in the environment. */
  static HealthBeamProcess run(
      String runner, Map<String, String> environment, Path folder, String... args)
      throws IOException, InterruptedException {
    try (Started started = start(List.of(), classPath(runner), environment, folder, args)) {
      return started.end();
    }
  }

  /** As {@link #run}, with the job jar in front, as the launcher script does for a cluster. */
  static HealthBeamProcess runOnCluster(String runner, Path folder, String... args)
      throws IOException, InterruptedException {
    return runOnCluster(runner, Map.of(), folder, args);
  }

  /** As {@link #runOnCluster(String, Path, String...)}, with more in the environment. */
  static HealthBeamProcess runOnCluster(
      String runner, Map<String, String> environment, Path folder, String... args)
      throws IOException, InterruptedException {
    Path jar = jobJar(runner);
    String classPath = jar + File.pathSeparator + classPath(runner);
    try (Started started =
        start(List.of("-Dhealthbeam.jobJar=" + jar), classPath, environment, folder, args)) {
      return started.end();
    }
  }

  /** Returns the jar that a runner's clusters get. */
  static Path jobJar(String runner) {
    return root()
        .resolve("runners-config/" + runner + "/target/job/healthbeam-" + runner + "-job.jar");
  }

  /** Starts; whoever does so waits for the end, or closes it. */
  static Started start(String runner, Path folder, String... args) throws IOException {
    return start(List.of(), classPath(runner), Map.of(), folder, args);
  }

  /** As {@link #start(String, Path, String...)}, with more in the environment. */
  static Started start(String runner, Map<String, String> environment, Path folder, String... args)
      throws IOException {
    return start(List.of(), classPath(runner), environment, folder, args);
  }

  private static Started start(
      List<String> jvm,
      String classPath,
      Map<String, String> environment,
      Path folder,
      String... args)
      throws IOException {
    List<String> mainAndArgs = new ArrayList<>(List.of(MAIN));
    mainAndArgs.addAll(Arrays.asList(args));
    ProcessBuilder builder = builder(jvm, classPath, environment, folder, mainAndArgs);
    return new Started(builder.redirectOutput(folder.resolve(OUT).toFile()).start(), folder);
  }

  /** Returns what starts a JVM as the launcher script does; standard error stays in the folder. */
  static ProcessBuilder builder(
      List<String> jvm,
      String classPath,
      Map<String, String> environment,
      Path folder,
      List<String> mainAndArgs)
      throws IOException {
    Files.createDirectories(folder);
    List<String> command = new ArrayList<>(hearingControlC());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx1g");
    command.addAll(jvm);
    command.add("@" + optionsFile());
    command.add("-cp");
    command.add(classPath);
    command.addAll(mainAndArgs);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(folder.resolve(ERR).toFile())
            .directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HEALTHBEAM_"));
    builder.environment().putAll(environment);
    return builder;
  }

  private static Path optionsFile() {
    return root()
        .resolve("runners-config/profiles/target/classes")
        .resolve("org/healthbeam/profiles/java.options");
  }

  /** Returns what every JVM of ours, and of an engine, is started with. */
  static String javaOptions() throws IOException {
    return String.join(" ", Files.readAllLines(optionsFile())).strip();
  }

  /**
   * Returns what makes a process hear control-C though this one does not: a shell lets what it
   * starts in the background ignore it, and all that comes from that.
   */
  private static List<String> hearingControlC() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return List.of();
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith(IGNORED)) {
        long ignored = Long.parseUnsignedLong(line.substring(IGNORED.length()).trim(), 16);
        return (ignored & CONTROL_C) == 0 ? List.of() : List.of("env", "--default-signal=INT");
      }
    }
    return List.of();
  }

  /** A run that goes on. */
  record Started(Process process, Path folder) implements AutoCloseable {

    /** Returns what it has said on standard error so far. */
    String err() throws IOException {
      return Files.readString(folder.resolve(ERR), StandardCharsets.UTF_8);
    }

    /** Sends a signal, such as {@code INT}, which is control-C. */
    void signal(String name) throws IOException, InterruptedException {
      Process kill =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
      assertEquals(0, kill.waitFor(), "kill -" + name);
    }

    /** Waits for the end. */
    HealthBeamProcess end() throws IOException, InterruptedException {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        throw new AssertionError("Still running after " + MINUTES + " minutes; see " + folder);
      }
      return new HealthBeamProcess(
          process.exitValue(),
          Files.readString(folder.resolve(OUT), StandardCharsets.UTF_8),
          err());
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
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

  /** Returns the class path with which a runner embeds. */
  static String classPath(String runner) throws IOException {
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
