package org.healthbeam.runners.spark;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.healthbeam.pipelines.run.SubmittedJob;
import org.healthbeam.pipelines.run.UsageException;

/**
 * A Spark cluster, standalone or on YARN, that takes applications in cluster mode: their driver
 * runs on it, too. What hands them over is Spark's own {@code SparkSubmit}, in a process of its
 * own, since it ends its JVM.
 */
final class SparkCluster {
  private static final String YARN = "yarn";
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration TAKEN_WITHIN = Duration.ofMinutes(10);
  private static final Pattern ID =
      Pattern.compile("\\b(driver-\\d{14}-\\d+|application_\\d+_\\d+)\\b");
  private static final Pattern ADDRESS = Pattern.compile("[^,/]+:[0-9]+");
  private static final String DRIVER_OPTIONS = "spark.driver.extraJavaOptions";
  private static final int LINES_KEPT = 5;

  /** What JVMs of ours are started with, by how it begins; those of Spark need it too. */
  private static final List<String> OPTIONS =
      List.of("--add-opens", "-Duser.timezone=", "-Dfile.encoding=", "-Djava.awt.headless=");

  private final String master;
  private final Map<String, String> environment;

  SparkCluster(String master, Map<String, String> environment) {
    this.master = master;
    this.environment = environment;
  }

  static SparkCluster of(String master) {
    return new SparkCluster(master, System.getenv());
  }

  private boolean isYarn() {
    return master.equals(YARN);
  }

  /** Checks that one of the masters answers; where YARN is, its own client knows. */
  void require() throws UsageException {
    if (isYarn()) {
      return;
    }
    Matcher addresses = ADDRESS.matcher(master.replaceFirst("^spark://", ""));
    IOException last = null;
    while (addresses.find()) {
      URI uri = URI.create("spark://" + addresses.group());
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(uri.getHost(), uri.getPort()),
            Math.toIntExact(PATIENCE.toMillis()));
        return;
      } catch (IOException e) {
        last = e;
      }
    }
    throw new UsageException("%s does not answer".formatted(master), last);
  }

  /** Hands the command line of a job jar over, and returns as soon as the cluster has taken it. */
  SubmittedJob submit(String name, Path jar, List<String> arguments)
      throws UsageException, IOException {
    Path logging = Files.createTempFile("healthbeam-log4j2-", ".properties");
    try {
      return submit(command(name, jar, logging, arguments));
    } finally {
      Files.deleteIfExists(logging);
    }
  }

  private SubmittedJob submit(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    // It would ask an address where nobody answers for a very long time.
    CompletableFuture<Void> tooLong =
        CompletableFuture.runAsync(
            process::destroyForcibly,
            CompletableFuture.delayedExecutor(TAKEN_WITHIN.toSeconds(), TimeUnit.SECONDS));
    try {
      process.getOutputStream().close();
      return taken(process);
    } finally {
      tooLong.cancel(false);
      process.destroyForcibly();
    }
  }

  /** Its log alone says the id. */
  private SubmittedJob taken(Process process) throws IOException {
    String id = "";
    Deque<String> last = new ArrayDeque<>();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        Matcher found = ID.matcher(line);
        if (id.isEmpty() && found.find()) {
          id = found.group();
        }
        last.add(line);
        if (last.size() > LINES_KEPT) {
          last.remove();
        }
      }
    }
    int status;
    try {
      status = process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    if (status != 0 || id.isEmpty()) {
      throw new IOException(
          "%s has not taken the job; spark-submit ended with status %d:%n  %s"
              .formatted(master, status, String.join(System.lineSeparator() + "  ", last)));
    }
    return new SubmittedJob(id, hints(id), true);
  }

  private Map<String, String> hints(String id) {
    Map<String, String> hints = new LinkedHashMap<>();
    if (isYarn()) {
      hints.put("follow", "yarn application -status " + id);
      hints.put("log", "yarn logs -applicationId " + id);
      hints.put("cancel", "yarn application -kill " + id);
    } else {
      hints.put("follow", "the master's page, Running Drivers and Completed Drivers");
      hints.put(
          "cancel",
          "$SPARK_HOME/bin/spark-class org.apache.spark.deploy.Client kill " + master + " " + id);
    }
    return hints;
  }

  private List<String> command(String name, Path jar, Path logging, List<String> arguments)
      throws UsageException, IOException {
    try (InputStream in = SparkCluster.class.getResourceAsStream("submit-log4j2.properties")) {
      Files.write(logging, in.readAllBytes());
    }
    List<String> jvm =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> OPTIONS.stream().anyMatch(argument::startsWith))
            .toList();
    String joined = String.join(" ", jvm);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.addAll(jvm);
    command.add("-Dlog4j2.configurationFile=" + logging.toUri());
    command.addAll(List.of("-cp", classPath(), "org.apache.spark.deploy.SparkSubmit"));
    command.addAll(List.of("--master", master, "--deploy-mode", "cluster", "--name", name));
    command.addAll(List.of("--conf", DRIVER_OPTIONS + "=" + joined + usersDriverOptions()));
    // In front of those that the user's spark-defaults.conf says.
    command.addAll(List.of("--conf", "spark.executor.defaultJavaOptions=" + joined));
    command.addAll(List.of("--conf", "spark.standalone.submit.waitAppCompletion=false"));
    command.addAll(List.of("--conf", "spark.yarn.submit.waitAppCompletion=false"));
    // What failed has said why; it would only be done again.
    command.addAll(List.of("--conf", "spark.yarn.maxAppAttempts=1"));
    command.add(jar.toString());
    command.addAll(arguments);
    return command;
  }

  /**
   * A standalone cluster knows no default options of drivers, before which a user's could stand.
   */
  private String usersDriverOptions() throws IOException {
    Path defaults = Path.of(configuration().orElse(""), "spark-defaults.conf");
    if (!Files.isRegularFile(defaults)) {
      return "";
    }
    Properties properties = new Properties();
    try (BufferedReader in = Files.newBufferedReader(defaults)) {
      properties.load(in);
    }
    String options = properties.getProperty(DRIVER_OPTIONS, "").strip();
    return options.isEmpty() ? "" : " " + options;
  }

  /** Returns the folder of Spark's configuration. */
  private Optional<String> configuration() {
    return Optional.ofNullable(environment.get("SPARK_CONF_DIR"))
        .or(
            () ->
                Optional.ofNullable(environment.get("SPARK_HOME"))
                    .map(home -> Path.of(home, "conf").toString()));
  }

  /**
   * Returns what Spark's client is started from: the user's Spark with its configuration if there
   * is one, else the one that this process runs with.
   */
  private String classPath() throws UsageException {
    String home = environment.get("SPARK_HOME");
    String hadoop = environment.getOrDefault("HADOOP_CONF_DIR", environment.get("YARN_CONF_DIR"));
    if (isYarn() && (home == null || hadoop == null)) {
      throw new UsageException(
          "--to=yarn needs SPARK_HOME, the Spark that is handed to the containers, and"
              + " HADOOP_CONF_DIR, which says where YARN is");
    }
    String jars =
        home == null
            ? System.getProperty("java.class.path")
            : Path.of(home, "jars").resolve("*").toString();
    return Stream.of(configuration().orElse(""), isYarn() ? hadoop : "", jars)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
