package org.healthbeam.clusters;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server that was started: its process and its log. */
public final class ServerProcess {
  private static final int TAIL = 25;

  private final Server server;
  private final Process process;
  private final Path log;

  private ServerProcess(Server server, Process process, Path log) {
    this.server = server;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a server.
   *
   * @param folder gets {@code NAME.args}, from which it can be started by hand, and {@code
   *     logs/NAME.log}
   * @param watched whether it ends with this process
   */
  public static ServerProcess start(Server server, Path folder, boolean watched)
      throws IOException {
    Path log = Files.createDirectories(folder.resolve("logs")).resolve(server.name() + ".log");
    Path work = Files.createDirectories(folder.resolve("work").resolve(server.name()));
    Path file = folder.resolve(server.name() + ".args");
    Files.write(file, argumentFile(server, folder, watched), StandardCharsets.UTF_8);
    ProcessBuilder builder =
        new ProcessBuilder(java(), "@" + file, Watched.class.getName(), server.main())
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.command().addAll(server.args());
    if (!watched) {
      builder.redirectInput(folder.resolve("nothing").toFile());
      Files.write(folder.resolve("nothing"), new byte[0]);
    }
    // Options that somebody has set for programs of their own would be taken for the server's.
    builder.environment().keySet().removeIf(ServerProcess::isForOtherPrograms);
    builder.environment().putAll(server.environment());
    return new ServerProcess(server, builder.start(), log);
  }

  /**
   * Writes {@code client.args}, from which {@code java} starts an engine's own clients.
   *
   * @return how: the beginning of a command line, to which the main class is added
   */
  public static String clients(Path folder, List<String> classPath) throws IOException {
    Path file = folder.resolve("client.args");
    List<String> lines =
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-Djava.util.logging.config.file=" + folder.resolve("client-logging.properties"),
            "-cp",
            String.join(File.pathSeparator, classPath));
    Files.write(file, lines.stream().map(ServerProcess::quoted).toList(), StandardCharsets.UTF_8);
    return "java @" + file;
  }

  private static boolean isForOtherPrograms(String variable) {
    return variable.startsWith("HEALTHBEAM_")
        || variable.startsWith("SPARK_")
        || variable.startsWith("HADOOP_")
        || variable.startsWith("FLINK_")
        || variable.startsWith("KAFKA_")
        || variable.equals("CLASSPATH")
        || variable.equals("JDK_JAVA_OPTIONS")
        || variable.equals("JAVA_TOOL_OPTIONS");
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static List<String> argumentFile(Server server, Path folder, boolean watched) {
    List<String> lines = new ArrayList<>();
    lines.add("-D" + Watched.WATCH + "=" + watched);
    lines.add("-Djava.util.logging.config.file=" + folder.resolve("logging.properties"));
    lines.add("-Djava.io.tmpdir=" + folder.resolve("work").resolve(server.name()));
    lines.add("-XX:+UseSerialGC");
    lines.addAll(server.jvm());
    lines.add("-cp");
    lines.add(String.join(File.pathSeparator, server.classPath()));
    return lines.stream().map(ServerProcess::quoted).toList();
  }

  /** Returns an argument as a file of arguments of {@code java} has it. */
  static String quoted(String argument) {
    return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Returns what was started. */
  public Server server() {
    return server;
  }

  /** Returns the process. */
  public Process process() {
    return process;
  }

  /** Returns where it logs. */
  public Path log() {
    return log;
  }

  /** Returns the last lines of the log. */
  public String tail() throws IOException {
    List<String> lines = lines();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
  }

  /** Says whether the log tells that a port was taken. */
  boolean foundPortTaken() throws IOException {
    return lines().stream()
        .anyMatch(
            line ->
                line.contains("Address already in use")
                    || line.contains("java.net.BindException")
                    || line.contains("Could not start rest endpoint on any port"));
  }

  private List<String> lines() throws IOException {
    // Engines write what they like; a byte that is no UTF-8 is no reason to say nothing.
    return new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
  }

  /** Ends it at once, as kill -9 does. */
  public void kill() {
    process.destroyForcibly();
  }

  /**
   * Ends a process and all that it started: asks it to, and after a while makes it.
   *
   * @return whether it did as asked
   */
  static boolean stop(ProcessHandle process, Duration patience) throws InterruptedException {
    List<ProcessHandle> below = process.descendants().toList();
    process.destroy();
    boolean ended = ends(process, patience);
    if (!ended) {
      process.destroyForcibly();
      ends(process, patience);
    }
    below.forEach(ProcessHandle::destroyForcibly);
    return ended;
  }

  private static boolean ends(ProcessHandle process, Duration patience)
      throws InterruptedException {
    try {
      process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("The end of a process cannot be awaited", e.getCause());
    }
  }
}
