package org.healthbeam.clusters.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.healthbeam.clusters.EngineJars;
import org.healthbeam.clusters.Plan;
import org.healthbeam.clusters.Rest;
import org.healthbeam.clusters.Server;
import org.healthbeam.clusters.Sizes;

/**
 * A session cluster of Flink: a JobManager and TaskManagers, to which jobs are submitted.
 *
 * <p>The memory of a TaskManager is managed by parts, of which Flink's own scripts would work out
 * those that are not set; without the scripts all must be.
 */
public final class FlinkSession {
  private static final int JOB_MANAGER_MEGABYTES = 512;
  private static final int LEAST_TASK_HEAP_MEGABYTES = 96;
  private static final int FRAMEWORK_MEGABYTES = 128;
  private static final int OFF_HEAP_MEGABYTES = 64;
  private static final int NETWORK_MEGABYTES = 64;
  private static final int METASPACE_MEGABYTES = 256;
  private static final int OVERHEAD_MEGABYTES = 128;

  /** What Flink's own scripts open besides. */
  private static final List<String> OPENS =
      List.of(
          "--add-exports=java.base/sun.net.util=ALL-UNNAMED",
          "--add-exports=java.security.jgss/sun.security.krb5=ALL-UNNAMED",
          "--add-opens=java.base/java.text=ALL-UNNAMED",
          "--add-opens=java.base/java.time=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.locks=ALL-UNNAMED");

  private FlinkSession() {}

  /** Returns a plan of it. */
  public static Plan plan(Setting setting) throws IOException {
    if (taskHeap(setting) < LEAST_TASK_HEAP_MEGABYTES) {
      throw new IllegalArgumentException(
          "--memory="
              + setting.sizes().megabytes()
              + " is too little for a TaskManager; say 640 or more");
    }
    Path folder = setting.folder();
    int rest = setting.ports().orNext(setting.sizes().port());
    Path conf = Files.createDirectories(folder.resolve("conf"));
    List<String> lines = new ArrayList<>();
    settings(setting, rest).forEach((name, value) -> lines.add(name + ": " + value));
    Files.write(conf.resolve("flink-conf.yaml"), lines);

    List<String> classPath =
        EngineJars.classPath(List.of(), EngineJars.of(setting.root(), "flink"));
    List<String> opens = new ArrayList<>(EngineJars.opens());
    opens.addAll(OPENS);
    List<Server> servers = new ArrayList<>();
    List<String> metrics = new ArrayList<>();
    servers.add(
        Server.of(
                "jobmanager",
                "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                classPath)
            .withHeap(JOB_MANAGER_MEGABYTES)
            .withJvm(opens)
            .withArgs("--configDir", conf.toString())
            .withArgs(reporter(setting, metrics)));
    for (int i = 1; i <= setting.sizes().workers(); i++) {
      String name = "taskmanager-" + i;
      servers.add(
          Server.of(name, "org.apache.flink.runtime.taskexecutor.TaskManagerRunner", classPath)
              .withHeap(taskHeap(setting) + FRAMEWORK_MEGABYTES)
              .withJvm(
                  List.of(
                      "-XX:MaxDirectMemorySize="
                          + (FRAMEWORK_MEGABYTES + OFF_HEAP_MEGABYTES + NETWORK_MEGABYTES)
                          + "m",
                      "-XX:MaxMetaspaceSize=" + METASPACE_MEGABYTES + "m"))
              .withJvm(opens)
              .withArgs("--configDir", conf.toString(), "-D", "taskmanager.resource-id=" + name)
              .withArgs(rpc(setting, i))
              .withArgs(reporter(setting, metrics)));
    }
    String address = "http://localhost:" + rest;
    Map<String, String> addresses = new LinkedHashMap<>();
    addresses.put("rest", address);
    addresses.put("flinkMaster", "localhost:" + rest);
    addresses.put("configuration", conf.toString());
    if (setting.metrics()) {
      addresses.put("metrics", String.join(",", metrics));
    }
    int workers = setting.sizes().workers();
    return new Plan(
        List.of(),
        List.of(new Plan.Stage(servers, () -> missing(address, setting.sizes()))),
        addresses,
        List.of("Open " + address + " in a browser: jobs, their checkpoints, TaskManagers."),
        JOB_MANAGER_MEGABYTES
            + METASPACE_MEGABYTES
            + workers * (setting.sizes().megabytes() + METASPACE_MEGABYTES + OVERHEAD_MEGABYTES));
  }

  /** Each server has a port of its own, since they are on one machine; adds its address. */
  private static String[] reporter(Setting setting, List<String> addresses) throws IOException {
    if (!setting.metrics()) {
      return new String[0];
    }
    int port = setting.ports().next();
    addresses.add("http://localhost:" + port + "/metrics");
    return new String[] {"-D", "metrics.reporter.prom.port=" + port};
  }

  /** Who is reached by a proxy tells others its port and listens on another one. */
  private static String[] rpc(Setting setting, int worker) {
    if (setting.rpcProxies().isEmpty()) {
      return new String[0];
    }
    Setting.RpcProxy proxy = setting.rpcProxies().get(worker);
    return new String[] {
      "-D",
      "taskmanager.rpc.port=" + proxy.port(),
      "-D",
      "taskmanager.rpc.bind-port=" + proxy.leadsTo()
    };
  }

  /** A TaskManager is registered before its slots are offered: a job needs both. */
  private static String missing(String address, Sizes sizes)
      throws IOException, InterruptedException {
    JsonNode overview = Rest.get(address + "/overview");
    int workers = overview.path("taskmanagers").asInt();
    if (workers < sizes.workers()) {
      return workers + " of " + sizes.workers() + " TaskManagers are registered";
    }
    int slots = overview.path("slots-total").asInt();
    int all = sizes.workers() * sizes.slots();
    return slots >= all ? "" : slots + " of " + all + " slots are offered";
  }

  private static int managed(Setting setting) {
    return setting.sizes().megabytes() / 4;
  }

  private static int taskHeap(Setting setting) {
    return setting.sizes().megabytes()
        - managed(setting)
        - 2 * FRAMEWORK_MEGABYTES
        - OFF_HEAP_MEGABYTES
        - NETWORK_MEGABYTES;
  }

  private static Map<String, String> settings(Setting setting, int rest) throws IOException {
    Path folder = setting.folder();
    Map<String, String> all = new LinkedHashMap<>();
    all.put("jobmanager.rpc.address", "localhost");
    if (setting.rpcProxies().isEmpty()) {
      all.put("jobmanager.rpc.port", "" + setting.ports().next());
    } else {
      all.put("jobmanager.rpc.port", "" + setting.rpcProxies().get(0).port());
      all.put("jobmanager.rpc.bind-port", "" + setting.rpcProxies().get(0).leadsTo());
    }
    all.put("jobmanager.bind-host", "localhost");
    all.put("rest.address", "localhost");
    all.put("rest.bind-address", "localhost");
    all.put("rest.port", "" + rest);
    all.put("taskmanager.host", "localhost");
    all.put("taskmanager.bind-host", "localhost");
    all.put("taskmanager.numberOfTaskSlots", "" + setting.sizes().slots());
    all.put("taskmanager.cpu.cores", "" + setting.sizes().slots());
    all.put("taskmanager.memory.task.heap.size", taskHeap(setting) + "m");
    all.put("taskmanager.memory.framework.heap.size", FRAMEWORK_MEGABYTES + "m");
    all.put("taskmanager.memory.task.off-heap.size", OFF_HEAP_MEGABYTES + "m");
    all.put("taskmanager.memory.framework.off-heap.size", FRAMEWORK_MEGABYTES + "m");
    all.put("taskmanager.memory.managed.size", managed(setting) + "m");
    for (String bound : List.of("min", "max")) {
      all.put("taskmanager.memory.network." + bound, NETWORK_MEGABYTES + "m");
      all.put("taskmanager.memory.jvm-overhead." + bound, OVERHEAD_MEGABYTES + "m");
    }
    // A batch shuffle takes 512 buffers unless told otherwise, and dozens go on at a time.
    all.put("taskmanager.network.sort-shuffle.min-buffers", "64");
    all.put("taskmanager.memory.jvm-metaspace.size", METASPACE_MEGABYTES + "m");
    if (setting.metrics()) {
      all.put(
          "metrics.reporter.prom.factory.class",
          "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
    }
    // A process that is gone is noticed within seconds.
    all.put("heartbeat.interval", "2000");
    all.put("heartbeat.timeout", "10000");
    all.put("io.tmp.dirs", Files.createDirectories(folder.resolve("tmp")).toString());
    all.put("web.upload.dir", Files.createDirectories(folder.resolve("jars")).toString());
    all.put("state.checkpoints.dir", folder.resolve("checkpoints").toUri().toString());
    all.put("state.savepoints.dir", folder.resolve("savepoints").toUri().toString());
    return all;
  }
}
