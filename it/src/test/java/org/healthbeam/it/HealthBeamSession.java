package org.healthbeam.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The command line in one JVM for many commands, one after the other, with the class path of one
 * runner: as {@link HealthBeamProcess}, but started once.
 */
final class HealthBeamSession implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MINUTES = 15;
  private static final long ENDS_WITHIN_SECONDS = 20;

  /** It does little for long: what a better compiler gains costs more. */
  static final String SHORT = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter commands;
  private final Path folder;

  private HealthBeamSession(ProcessBuilder builder, Path folder) throws IOException {
    this.process = builder.start();
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
    this.folder = folder;
  }

  /** Starts one in which the runner is embedded; logs stay in {@code folder}. */
  static HealthBeamSession embedded(String runner, Map<String, String> environment, Path folder)
      throws IOException {
    return start(HealthBeamProcess.classPath(runner), List.of(), environment, folder);
  }

  /** Starts one with the job jar in front, as the launcher script does for a cluster. */
  static HealthBeamSession onCluster(String runner, Map<String, String> environment, Path folder)
      throws IOException {
    Path jar = HealthBeamProcess.jobJar(runner);
    return start(
        jar + File.pathSeparator + HealthBeamProcess.classPath(runner),
        List.of("-Dhealthbeam.jobJar=" + jar),
        environment,
        folder);
  }

  private static HealthBeamSession start(
      String classPath, List<String> jvm, Map<String, String> environment, Path folder)
      throws IOException {
    Path own = HealthBeamProcess.root().resolve("it/target/test-classes");
    List<String> all = new ArrayList<>(List.of(SHORT.split(" ")));
    all.addAll(jvm);
    return new HealthBeamSession(
        HealthBeamProcess.builder(
            all,
            classPath + File.pathSeparator + own,
            environment,
            folder,
            List.of(CommandLoop.class.getName())),
        folder);
  }

  /** Does what the command line does with these arguments, at most for a quarter of an hour. */
  HealthBeamProcess run(String... args) throws IOException {
    return run(Map.of(), args);
  }

  /** As {@link #run(String...)}, after properties of the system were set, which stay. */
  HealthBeamProcess run(Map<String, String> properties, String... args) throws IOException {
    ObjectNode command = JSON.createObjectNode();
    properties.forEach(command.putObject("properties")::put);
    List.of(args).forEach(command.putArray("args")::add);
    Thread tooLong =
        new Thread(
            () -> {
              try {
                TimeUnit.MINUTES.sleep(MINUTES);
                process.destroyForcibly();
              } catch (InterruptedException done) {
                Thread.currentThread().interrupt();
              }
            },
            "too-long");
    tooLong.setDaemon(true);
    tooLong.start();
    try {
      commands.write(JSON.writeValueAsString(command) + "\n");
      commands.flush();
      String answer = answers.readLine();
      if (answer == null) {
        throw new AssertionError("The session ended in " + args[0] + ":\n" + err());
      }
      JsonNode said = JSON.readTree(answer);
      return new HealthBeamProcess(
          said.path("status").asInt(), said.path("out").asText(), said.path("err").asText());
    } finally {
      tooLong.interrupt();
    }
  }

  private String err() throws IOException {
    return Files.readString(folder.resolve("stderr.txt"), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try {
      commands.close();
      process.waitFor(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
