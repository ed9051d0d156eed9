package org.healthbeam.io.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Real servers for a test: {@code healthbeam cluster up ENGINE --foreground} in a JVM of its own,
 * which ends with what it started when this object is closed, and also when the test's JVM dies.
 * Logs stay in its folder.
 */
public final class ClusterProcess implements AutoCloseable {
  private static final String MAIN = "org.healthbeam.clusters.cli.ClusterCommand";
  private static final long STOPS_WITHIN_SECONDS = 60;

  private final Process process;
  private final BufferedReader out;
  private final Path state;
  private final Path errors;

  private ClusterProcess(Process process, Path state, Path errors) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.state = state;
    this.errors = errors;
  }

  /**
   * Starts servers and waits until they are up.
   *
   * @param engine {@code kafka}, {@code flink} …
   * @param folder gets state, data and logs
   * @param options of {@code healthbeam cluster up}
   */
  public static ClusterProcess up(String engine, Path folder, String... options)
      throws IOException {
    Files.createDirectories(folder);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dhealthbeam.root=" + root(),
                "-cp",
                classPath(),
                MAIN,
                "up",
                engine,
                "--foreground",
                "--state=" + folder));
    command.addAll(List.of(options));
    Path errors = folder.resolve(engine + ".err");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    ClusterProcess cluster =
        new ClusterProcess(builder.start(), folder.resolve(engine).toAbsolutePath(), errors);
    boolean up = false;
    try {
      cluster.awaitLine(engine + " is up after ");
      up = true;
      return cluster;
    } finally {
      if (!up) {
        cluster.close();
      }
    }
  }

  private static Path root() {
    return Path.of(System.getProperty("healthbeam.root", "..")).toAbsolutePath().normalize();
  }

  private static String classPath() throws IOException {
    Path target = root().resolve("it/clusters/target");
    Path file = target.resolve("classpath.txt");
    if (!Files.isRegularFile(file)) {
      throw new AssertionError(
          file
              + " is not there; ./mvnw -pl"
              + " it/clusters,it/clusters/kafka,it/clusters/flink,it/clusters/spark process-classes"
              + " makes it");
    }
    return target.resolve("classes") + File.pathSeparator + Files.readString(file).strip();
  }

  private String awaitLine(String start) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(start)) {
        return line;
      }
    }
    throw new AssertionError(
        "The servers ended without saying \"%s\":%n%s"
            .formatted(start, Files.readString(errors, StandardCharsets.UTF_8)));
  }

  private JsonNode state() throws IOException {
    return new ObjectMapper().readTree(state.resolve("cluster.json").toFile());
  }

  /** Returns where the servers keep settings, data and {@code logs}. */
  public Path folder() {
    return state;
  }

  /** Returns an address, such as {@code bootstrapServers}, {@code rest} or {@code sparkMaster}. */
  public String address(String name) throws IOException {
    String address = state().path("addresses").path(name).asText();
    if (address.isEmpty()) {
      throw new IllegalArgumentException(name + " is none of " + state().path("addresses"));
    }
    return address;
  }

  /** Ends a server at once, as kill -9 does, and waits for its end. */
  public void kill(String server) throws IOException {
    ask("kill " + server);
  }

  /** Starts a server again that was killed, on its old address, and waits until it is up. */
  public void start(String server) throws IOException {
    ask("start " + server);
  }

  /** Stops a server from doing anything, though it is there; its connections stay open. */
  public void freeze(String server) throws IOException {
    signal("STOP", server);
  }

  /** Lets a server go on that was frozen. */
  public void thaw(String server) throws IOException {
    signal("CONT", server);
  }

  private void signal(String signal, String server) throws IOException {
    for (JsonNode each : state().path("servers")) {
      if (each.path("name").asText().equals(server)) {
        try {
          Process kill =
              new ProcessBuilder("kill", "-" + signal, each.path("pid").asText())
                  .inheritIO()
                  .start();
          if (kill.waitFor() != 0) {
            throw new AssertionError("kill -" + signal + " " + server);
          }
          return;
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException(e);
        }
      }
    }
    throw new IllegalArgumentException(server + " is none of " + state().path("servers"));
  }

  private void ask(String what) throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).write(what + "\n");
    process.outputWriter(StandardCharsets.UTF_8).flush();
    // What it said when it was up may stand before.
    String answer = out.readLine();
    while (answer != null && !answer.endsWith(what) && !answer.startsWith("failed: ")) {
      answer = out.readLine();
    }
    if (!("done: " + what).equals(answer)) {
      throw new AssertionError(what + ": " + answer);
    }
  }

  /** Stops the servers. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOPS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("The servers did not stop; their logs are in " + state);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
