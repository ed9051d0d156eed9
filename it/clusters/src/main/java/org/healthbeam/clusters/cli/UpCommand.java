package org.healthbeam.clusters.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.healthbeam.clusters.Cluster;
import org.healthbeam.clusters.ClusterException;
import org.healthbeam.clusters.ClusterState;
import org.healthbeam.clusters.FreePorts;
import org.healthbeam.clusters.Plan;
import org.healthbeam.clusters.StateFolder;
import org.healthbeam.clusters.engine.Engine;
import org.healthbeam.clusters.engine.KafkaBroker;
import org.healthbeam.clusters.engine.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code up}. */
@Command(
    name = "up",
    description = {
      "Starts a cluster and waits until it answers. It goes on until down; its data is gone with"
          + " the next up.",
      "With --foreground it ends when this command does (control-C, or the end of its input)."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false)
final class UpCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ENGINE", description = "One of ${COMPLETION-CANDIDATES}, in any case.")
  private Engine engine;

  @Mixin private ClusterCommand.State state;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "TaskManagers, workers, DataNodes or NodeManagers; else 2.")
  private int workers;

  @Option(
      names = "--slots",
      paramLabel = "N",
      description = "Slots or cores of each worker; else 2.")
  private int slots;

  @Option(
      names = "--memory",
      paramLabel = "MB",
      description =
          "Megabytes of each worker, or of the broker; else 1536, and 512 for brokers and"
              + " DataNodes.")
  private int megabytes;

  @Option(
      names = "--port",
      paramLabel = "N",
      description =
          "Port of Flink's REST, of Spark's master, of the broker, NameNode or ResourceManager;"
              + " else a free one.")
  private int port;

  @Option(
      names = "--topic",
      paramLabel = "NAME[:PARTITIONS]",
      description =
          "A topic that the broker gets, with one partition unless said; may be repeated.")
  private List<String> topics = List.of();

  @Option(
      names = "--login",
      paramLabel = "FILE",
      description =
          "Properties user and password: who alone may log in to the broker (SASL/PLAIN).")
  private Path login;

  @Option(
      names = "--tls",
      paramLabel = "FILE",
      description =
          "Properties keystore, truststore (files of PKCS #12) and password: the broker speaks"
              + " TLS.")
  private Path tls;

  @Option(
      names = "--proxy",
      paramLabel = "PORT",
      description =
          "Port of a proxy of one's own on this machine, to the broker's address behindProxy: who"
              + " comes to the broker by it is told to come by it again.")
  private int proxy;

  @Option(
      names = "--rpcProxy",
      paramLabel = "PORT:PORT",
      description =
          "Port of a proxy of one's own on this machine, and the port that it hands on to, where a"
              + " server of Flink listens: first of the JobManager, then of each TaskManager. They"
              + " come to each other by it.")
  private List<String> rpcProxies = List.of();

  @Option(
      names = "--metrics",
      description =
          "Flink's servers tell their metrics in the form of Prometheus, to other machines too.")
  private boolean metrics;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long its servers may take to be up; else ${DEFAULT-VALUE}.")
  private int timeout = 300;

  @Option(names = "--foreground", description = "Stay, and end it in the end.")
  private boolean foreground;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (timeout < 1) {
      throw new IllegalArgumentException("--timeout=" + timeout + " is not positive");
    }
    if (engine != Engine.KAFKA
        && (login != null || tls != null || !topics.isEmpty() || proxy != 0)) {
      throw new IllegalArgumentException("--topic, --login, --tls and --proxy are for kafka");
    }
    if (engine != Engine.FLINK && (metrics || !rpcProxies.isEmpty())) {
      throw new IllegalArgumentException("--metrics and --rpcProxy are for flink");
    }
    Cluster cluster;
    UpLock lock = UpLock.of(state.folder(), engine);
    try {
      Optional<ClusterState> earlier = ClusterState.in(state.of(engine));
      if (earlier.isPresent() && !earlier.get().alive().isEmpty()) {
        throw new ClusterException(
            "%s is up already, see healthbeam cluster status; down stops it"
                .formatted(engine.word()));
      }
      cluster = start();
    } finally {
      lock.close();
    }
    if (foreground) {
      try (cluster) {
        obey(cluster, spec.commandLine().getOut());
      }
    }
    return 0;
  }

  private Cluster start() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    var sizes = engine.sizes(workers, slots, megabytes, port);
    KafkaBroker.Wishes wishes =
        new KafkaBroker.Wishes(
            Optional.ofNullable(login), Optional.ofNullable(tls), partitions(topics), proxy);
    long begun = System.nanoTime();
    Path folder = StateFolder.fresh(state.of(engine));
    Setting setting =
        new Setting(
            Path.of(System.getProperty("healthbeam.root", ".")).toAbsolutePath().normalize(),
            folder,
            sizes,
            new FreePorts(),
            metrics,
            rpcProxies.stream().map(UpCommand::rpcProxy).toList());
    Plan plan = engine.plan(setting, wishes);
    Cluster cluster =
        Cluster.start(
            engine.word(),
            plan,
            folder,
            foreground,
            Duration.ofSeconds(timeout),
            line -> {
              err.println("  " + line);
              err.flush();
            });
    ClusterState now = cluster.state();
    out.printf(
        "%s is up after %d s%n",
        engine.word(), Duration.ofNanos(System.nanoTime() - begun).toSeconds());
    ClusterCommand.addresses(out, now);
    out.printf("  %-18s %s%n", "logs", folder.resolve("logs"));
    now.next().forEach(out::println);
    if (!foreground) {
      out.printf("Stop it:%n  ./healthbeam cluster down %s%n", engine.word());
    }
    out.flush();
    return cluster;
  }

  /** Does what tests of faults ask for on standard input, a line each, until its end. */
  private static void obey(Cluster cluster, PrintWriter out)
      throws IOException, InterruptedException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.strip().split(" +", 2);
      try {
        switch (words[0]) {
          case "kill" -> cluster.kill(words[1]);
          case "start" -> cluster.restart(words[1]);
          default -> throw new IllegalArgumentException("Say kill NAME or start NAME");
        }
        out.println("done: " + line);
      } catch (IOException | IllegalArgumentException e) {
        out.println("failed: " + line + ": " + e.getMessage());
      }
      out.flush();
    }
  }

  private static Setting.RpcProxy rpcProxy(String ports) {
    if (!ports.matches("[1-9][0-9]{0,4}:[1-9][0-9]{0,4}")) {
      throw new IllegalArgumentException("--rpcProxy=" + ports + " is not PORT:PORT");
    }
    String[] both = ports.split(":", 2);
    return new Setting.RpcProxy(Integer.parseInt(both[0]), Integer.parseInt(both[1]));
  }

  static Map<String, Integer> partitions(List<String> topics) {
    Map<String, Integer> all = new LinkedHashMap<>();
    for (String topic : topics) {
      if (!topic.matches("[A-Za-z0-9._-]{1,249}(:[1-9][0-9]{0,3})?")) {
        throw new IllegalArgumentException("--topic=" + topic + " is not NAME or NAME:PARTITIONS");
      }
      String[] parts = topic.split(":", 2);
      all.put(parts[0], parts.length == 1 ? 1 : Integer.parseInt(parts[1]));
    }
    return all;
  }
}
