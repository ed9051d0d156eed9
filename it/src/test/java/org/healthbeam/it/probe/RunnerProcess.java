package org.healthbeam.it.probe;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.healthbeam.transforms.runner.Engine;
import org.healthbeam.transforms.runner.RunnerNeed;

/** A JVM of its own that has one runner on its class path and asks it. */
final class RunnerProcess {
  private static final long MINUTES = 10;

  private RunnerProcess() {}

  /** Returns the answer to each; what the runner said stays in {@code folder}. */
  static Map<RunnerNeed, Answer> ask(
      Engine engine, boolean streaming, List<RunnerNeed> needs, Path folder) {
    String name =
        "%s-%s-%s"
            .formatted(engine, streaming ? "streaming" : "batch", needs.get(0))
            .toLowerCase(Locale.ROOT);
    try {
      Path temporary = Files.createDirectories(folder.resolve(name));
      Path out = folder.resolve(name + ".txt");
      run(command(engine, streaming, needs, temporary), out);
      Map<RunnerNeed, Answer> answers = new EnumMap<>(RunnerNeed.class);
      for (String line : Files.readAllLines(out)) {
        if (line.startsWith(AskRunner.ANSWER)) {
          String[] words = line.split(" ");
          answers.put(RunnerNeed.valueOf(words[1]), Answer.valueOf(words[2]));
        }
      }
      if (!answers.keySet().containsAll(needs)) {
        throw new AssertionError("No answer to all of " + needs + "; see " + out);
      }
      return answers;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(
      Engine engine, boolean streaming, List<RunnerNeed> needs, Path temporary) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx700m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Dspark.ui.enabled=false");
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add(
        "@"
            + root()
                .resolve("runners-config/profiles/target/classes")
                .resolve("org/healthbeam/profiles/java.options"));
    command.add("-cp");
    command.add(classPath(engine));
    command.add(AskRunner.class.getName());
    command.add(engine.name());
    command.add(streaming ? "streaming" : "batch");
    needs.forEach(need -> command.add(need.name()));
    return command;
  }

  /** The classes of these tests, and all that the runner's module needs. */
  private static String classPath(Engine engine) throws IOException {
    Path file =
        root()
            .resolve("runners-config")
            .resolve(engine.name().toLowerCase(Locale.ROOT))
            .resolve("target/classpath.txt");
    if (!Files.isRegularFile(file)) {
      throw new AssertionError(file + " is not there; package the module of that runner first");
    }
    String own =
        Path.of(
                java.net.URI.create(
                    RunnerProcess.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString()))
            .toString();
    return own + File.pathSeparator + Files.readString(file).trim();
  }

  private static void run(List<String> command, Path out) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    try {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        throw new AssertionError("Still running after " + MINUTES + " minutes; see " + out);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Returns the folder of the source tree. */
  static Path root() {
    return Path.of(System.getProperty("healthbeam.root", "..")).toAbsolutePath().normalize();
  }
}
