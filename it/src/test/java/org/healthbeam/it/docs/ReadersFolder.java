package org.healthbeam.it.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.healthbeam.it.CommandLoop;

/**
 * A folder as a reader has it, with the samples, files of the reader's own, and a {@code
 * healthbeam} that stands for the launcher: it hands its arguments to a JVM that is already there,
 * one for each runner.
 */
final class ReadersFolder implements AutoCloseable {
  private static final long MINUTES = 5;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern RUNNER =
      Pattern.compile("--(?:runner|profile)[= ](direct|flink|spark|dataflow)|--to=(\\w+)");
  private static final String PROFILES =
      "runners-config/profiles/target/classes/org/healthbeam/profiles/java.options";

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private final Path root;
  private final Path folder;
  private final Path said;
  private final ServerSocket socket;
  private final Map<String, Loop> loops = new HashMap<>();

  /** A JVM that runs commands. */
  private record Loop(Process process, BufferedWriter commands, BufferedReader answers) {}

  /** What a command ended in. */
  record Ended(int status, String out, String err) {}

  /**
   * Makes the folder and its launcher.
   *
   * @param temporary takes the folder and what servers say
   */
  ReadersFolder(Path root, Path temporary) throws IOException {
    this.root = root;
    this.folder = Files.createDirectories(temporary.resolve("reader"));
    this.said = Files.createDirectories(temporary.resolve("said"));
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread launcher = new Thread(this::serve, "launcher");
    launcher.setDaemon(true);
    launcher.start();
  }

  Path path() {
    return folder;
  }

  /** Removes all that the page before has left, and puts there what every page finds. */
  void clear() throws IOException {
    List<Path> old;
    try (Stream<Path> files = Files.walk(folder)) {
      old = files.filter(f -> !f.equals(folder)).sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : old) {
      Files.delete(file);
    }
    Files.createDirectories(folder.resolve("samples"));
    Files.createSymbolicLink(folder.resolve("samples/data"), root.resolve("samples/data"));
    Files.createDirectories(folder.resolve("it/clusters"));
    Files.createSymbolicLink(
        folder.resolve("it/clusters/kafka"), root.resolve("it/clusters/kafka"));
    Path launcher = folder.resolve("healthbeam");
    Files.writeString(launcher, launcher());
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private String launcher() throws IOException {
    return """
#!/usr/bin/env bash
case "$*" in
  cluster*)
    exec '%s' -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 '-Dhealthbeam.root=%s' -cp '%s' \\
      org.healthbeam.clusters.cli.ClusterCommand "${@:2}" '--state=%s' ;;
  *--input=kafka://*)
    exec '%s' -Xmx1g -XX:+UseSerialGC -XX:TieredStopAtLevel=1 '@%s' -cp '%s' \\
      org.healthbeam.pipelines.cli.HealthBeam "$@" ;;
esac
exec 3<>/dev/tcp/127.0.0.1/%d
printf '%%s\\n' "$#" >&3
(($# == 0)) || printf '%%s\\0' "$@" >&3
read -r status said <&3
cat -- "$said.out"
cat -- "$said.err" >&2
exit "$status"
"""
        .formatted(
            JAVA,
            root,
            clusters(),
            said.resolve("clusters"),
            JAVA,
            root.resolve(PROFILES),
            classPath("direct"),
            socket.getLocalPort());
  }

  private String clusters() throws IOException {
    Path target = root.resolve("it/clusters/target");
    return target.resolve("classes")
        + File.pathSeparator
        + Files.readString(target.resolve("classpath.txt")).strip();
  }

  private String classPath(String runner) throws IOException {
    Path target = root.resolve("runners-config").resolve(runner).resolve("target");
    return target.resolve("classes")
        + File.pathSeparator
        + Files.readString(target.resolve("classpath.txt")).strip();
  }

  /** Runs a script of bash in the folder; a line that fails ends it. */
  Ended bash(String script) throws IOException, InterruptedException {
    Path file = Files.writeString(said.resolve("script"), script);
    return run(List.of("bash", "-eu", file.toString()), "bash");
  }

  /** Runs a program of a page in the folder. */
  Ended java(Path classes, String program) throws IOException, InterruptedException {
    return run(
        List.of(
            JAVA,
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classes + File.pathSeparator + classPath("direct"),
            program),
        "java");
  }

  private Ended run(List<String> command, String name) throws IOException, InterruptedException {
    Path out = said.resolve(name + ".out");
    Path err = said.resolve(name + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("HEALTHBEAM_"));
    Process process = builder.start();
    try {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        throw new AssertionError("still running after " + MINUTES + " minutes: " + command);
      }
    } finally {
      // A shell ends what it has started.
      process.destroy();
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** Runs one command, in the JVM of the runner that it names. */
  Ended healthbeam(List<String> arguments) throws IOException {
    Matcher runner = RUNNER.matcher(String.join(" ", arguments));
    String name = !runner.find() ? "direct" : runner.group(1) == null ? "flink" : runner.group(1);
    synchronized (loops) {
      Loop loop = loops.get(name);
      if (loop == null) {
        loop = start(name);
        loops.put(name, loop);
      }
      ObjectNode command = JSON.createObjectNode();
      arguments.forEach(command.putArray("args")::add);
      loop.commands().write(JSON.writeValueAsString(command) + "\n");
      loop.commands().flush();
      String answer = loop.answers().readLine();
      if (answer == null) {
        throw new IOException("The JVM ended in " + arguments);
      }
      JsonNode ended = JSON.readTree(answer);
      return new Ended(
          ended.path("status").asInt(), ended.path("out").asText(), ended.path("err").asText());
    }
  }

  private Loop start(String runner) throws IOException {
    List<String> command =
        List.of(
            JAVA,
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dhealthbeam.root=" + root,
            "@" + root.resolve(PROFILES),
            "-cp",
            root.resolve("it/target/test-classes") + File.pathSeparator + classPath(runner),
            CommandLoop.class.getName());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(said.resolve(runner + ".log").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HEALTHBEAM_"));
    Process process = builder.start();
    return new Loop(
        process,
        process.outputWriter(StandardCharsets.UTF_8),
        process.inputReader(StandardCharsets.UTF_8));
  }

  /** Answers to launchers until the socket is closed. */
  private void serve() {
    for (int n = 0; !socket.isClosed(); n++) {
      try (Socket launcher = socket.accept()) {
        Ended ended = healthbeam(arguments(launcher.getInputStream()));
        Path file = said.resolve("command-" + n);
        Files.writeString(Path.of(file + ".out"), ended.out());
        Files.writeString(Path.of(file + ".err"), ended.err());
        launcher
            .getOutputStream()
            .write((ended.status() + " " + file + "\n").getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // The launcher hears that nobody answers, and the command fails.
        Thread.onSpinWait();
      }
    }
  }

  private static List<String> arguments(InputStream in) throws IOException {
    int count = Integer.parseInt(upTo('\n', in));
    List<String> arguments = new ArrayList<>();
    while (arguments.size() < count) {
      arguments.add(upTo('\0', in));
    }
    return arguments;
  }

  private static String upTo(char end, InputStream in) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int c = in.read(); c != end; c = in.read()) {
      if (c < 0) {
        throw new IOException("The launcher has ended");
      }
      text.write(c);
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
    synchronized (loops) {
      for (Loop loop : loops.values()) {
        loop.process().destroyForcibly();
      }
    }
  }
}
