package org.healthbeam.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.healthbeam.clusters.Cluster;
import org.healthbeam.clusters.FreePorts;
import org.healthbeam.clusters.Plan;
import org.healthbeam.clusters.Server;
import org.healthbeam.clusters.Sizes;
import org.healthbeam.clusters.StateFolder;
import org.healthbeam.clusters.engine.Engine;
import org.healthbeam.clusters.engine.KafkaBroker;
import org.healthbeam.clusters.engine.Setting;

/**
 * A broker, and a JobManager with one TaskManager, which end with this process in whatever way it
 * ends.
 *
 * @param folder of all that they write
 */
record Servers(Path folder, Cluster broker, Cluster flink) implements AutoCloseable {
  static final String TASK_MANAGER = "taskmanager-1";
  static final String JOB_MANAGER = "jobmanager";
  static final String BROKER = "broker";

  private static final int BROKER_MEGABYTES = 1024;
  private static final int TASK_MANAGER_MEGABYTES = 4096;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Starts them, with the topics that are wanted. */
  static Servers start(Path root, Path folder, int slots, Map<String, Integer> topics)
      throws IOException, InterruptedException {
    remove(folder);
    Cluster broker =
        start(
            root,
            folder,
            Engine.KAFKA,
            new Sizes(1, 1, BROKER_MEGABYTES, 0),
            KafkaBroker.Wishes.of(topics));
    boolean up = false;
    try {
      Cluster flink =
          start(
              root,
              folder,
              Engine.FLINK,
              new Sizes(1, slots, TASK_MANAGER_MEGABYTES, 0),
              KafkaBroker.Wishes.NONE);
      up = true;
      return new Servers(folder, broker, flink);
    } finally {
      if (!up) {
        broker.close();
      }
    }
  }

  private static Cluster start(
      Path root, Path folder, Engine engine, Sizes sizes, KafkaBroker.Wishes wishes)
      throws IOException, InterruptedException {
    Path own = StateFolder.fresh(folder.resolve(engine.word()));
    Setting setting = new Setting(root, own, sizes, new FreePorts(), engine == Engine.FLINK);
    Plan plan = asUsersRunIt(engine.plan(setting, wishes));
    return Cluster.start(engine.word(), plan, own, true, PATIENCE, line -> {});
  }

  /** The harness is sparing; Flink's own scripts have G1 and a heap of its full size at once. */
  private static Plan asUsersRunIt(Plan plan) {
    return new Plan(
        plan.preparations(),
        plan.stages().stream()
            .map(
                stage ->
                    new Plan.Stage(
                        stage.servers().stream().map(Servers::asUsersRunIt).toList(), stage.up()))
            .toList(),
        plan.addresses(),
        plan.next(),
        plan.megabytes());
  }

  private static Server asUsersRunIt(Server server) {
    if (!server.name().equals(TASK_MANAGER)) {
      return server;
    }
    List<String> jvm = new ArrayList<>(List.of("-XX:-UseSerialGC", "-XX:+UseG1GC"));
    server.jvm().stream()
        .filter(option -> option.startsWith("-Xmx"))
        .map(option -> option.replace("-Xmx", "-Xms"))
        .forEach(jvm::add);
    return server.withJvm(jvm);
  }

  String bootstrapServers() {
    return broker.address("bootstrapServers");
  }

  long taskManager() {
    return flink.server(TASK_MANAGER).process().pid();
  }

  /** Stops them. */
  @Override
  public void close() {
    try {
      flink.close();
    } finally {
      broker.close();
    }
  }

  /** Removes what they wrote, which is gigabytes. */
  static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }
}
