package org.healthbeam.clusters.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code healthbeam cluster} in a JVM of its own. */
final class CommandProcess implements AutoCloseable {
  private final Process process;
  private final Path err;
  private final BufferedReader out;

  private CommandProcess(Process process, Path err) {
    this.process = process;
    this.err = err;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static CommandProcess start(Path state, String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dhealthbeam.root=" + System.getProperty("healthbeam.root"),
                "-cp",
                System.getProperty("java.class.path"),
                ClusterCommand.class.getName()));
    command.addAll(List.of(args));
    command.add("--state=" + state);
    Path err = Files.createTempFile(state.getParent(), "command", ".err");
    return new CommandProcess(new ProcessBuilder(command).redirectError(err.toFile()).start(), err);
  }

  /** Runs a command to its end and returns what it said. */
  static String run(int status, Path state, String... args) throws Exception {
    try (CommandProcess command = start(state, args)) {
      String said = String.join("\n", command.out.lines().toList());
      assertEquals(status, command.process.waitFor(), () -> said + command.err());
      return said + command.err();
    }
  }

  Process process() {
    return process;
  }

  String err() {
    try {
      return Files.readString(err);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  void awaitLine(String start) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(start)) {
        return;
      }
    }
    throw new AssertionError("It ended without saying " + start + "; standard error:\n" + err());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
