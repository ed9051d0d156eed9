package org.healthbeam.clusters.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.healthbeam.clusters.ClusterState;
import org.healthbeam.clusters.Plan;
import org.healthbeam.clusters.Rest;
import org.healthbeam.clusters.Server;

/**
 * YARN: a ResourceManager and NodeManagers. Files of applications lie in HDFS, if it is up in the
 * folder beside, else on the local disk.
 */
public final class YarnCluster {
  private static final int RESOURCE_MANAGER_MEGABYTES = 384;
  private static final int NODE_MANAGER_MEGABYTES = 256;
  private static final String YARN = "org.apache.hadoop.yarn.server.";

  private YarnCluster() {}

  /** Returns a plan of it. */
  public static Plan plan(Setting setting) throws IOException {
    int port = setting.ports().orNext(setting.sizes().port());
    int web = setting.ports().next();
    int nodes = setting.sizes().workers();
    String webUi = "http://" + HadoopSettings.HOST + ":" + web;
    Path folder = setting.folder();
    Path conf = HadoopSettings.folder(setting);
    HadoopSettings.write(
        conf.resolve("core-site.xml"),
        Map.of("fs.defaultFS", files(folder), "hadoop.tmp.dir", folder.resolve("tmp").toString()));
    HadoopSettings.write(conf.resolve("yarn-site.xml"), settings(setting, port, web));

    Server first =
        HadoopSettings.daemon(
            setting,
            "resourcemanager",
            YARN + "resourcemanager.ResourceManager",
            RESOURCE_MANAGER_MEGABYTES);
    List<Server> others = new ArrayList<>();
    for (int i = 1; i <= nodes; i++) {
      String name = "nodemanager-" + i;
      Path own = folder.resolve("nodes").resolve(name);
      others.add(
          HadoopSettings.daemon(
                  setting, name, YARN + "nodemanager.NodeManager", NODE_MANAGER_MEGABYTES)
              .withArgs(
                  "-D", "yarn.nodemanager.address=" + address(setting),
                  "-D", "yarn.nodemanager.localizer.address=" + address(setting),
                  "-D", "yarn.nodemanager.webapp.address=" + address(setting),
                  "-D", "yarn.nodemanager.collector-service.address=" + address(setting),
                  "-D", "yarn.nodemanager.local-dirs=" + own.resolve("local"),
                  "-D", "yarn.nodemanager.log-dirs=" + own.resolve("logs")));
    }
    Map<String, String> addresses = new LinkedHashMap<>();
    addresses.put("resourceManager", HadoopSettings.HOST + ":" + port);
    addresses.put("web", webUi);
    addresses.put("configuration", conf.toString());
    return new Plan(
        List.of(),
        List.of(
            new Plan.Stage(List.of(first), () -> missing(webUi, 0, 0)),
            new Plan.Stage(others, () -> missing(webUi, nodes, setting.sizes().megabytes()))),
        addresses,
        List.of("Open " + webUi + " in a browser: applications, their logs, NodeManagers."),
        RESOURCE_MANAGER_MEGABYTES
            + HadoopSettings.BESIDE_HEAP_MEGABYTES
            + nodes
                * (setting.sizes().megabytes()
                    + NODE_MANAGER_MEGABYTES
                    + HadoopSettings.BESIDE_HEAP_MEGABYTES));
  }

  private static String address(Setting setting) throws IOException {
    return HadoopSettings.HOST + ":" + setting.ports().next();
  }

  private static String files(Path folder) throws IOException {
    return ClusterState.in(folder.resolveSibling(Engine.HDFS.word()))
        .filter(hdfs -> hdfs.up() && !hdfs.alive().isEmpty())
        .map(hdfs -> hdfs.addresses().get("files"))
        .orElse("file:///");
  }

  private static Map<String, String> settings(Setting setting, int port, int web)
      throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("yarn.resourcemanager.hostname", HadoopSettings.HOST);
    all.put("yarn.resourcemanager.address", HadoopSettings.HOST + ":" + port);
    all.put("yarn.resourcemanager.webapp.address", HadoopSettings.HOST + ":" + web);
    all.put("yarn.resourcemanager.scheduler.address", address(setting));
    all.put("yarn.resourcemanager.resource-tracker.address", address(setting));
    all.put("yarn.resourcemanager.admin.address", address(setting));
    all.put("yarn.nodemanager.resource.memory-mb", "" + setting.sizes().megabytes());
    all.put("yarn.nodemanager.resource.cpu-vcores", "" + setting.sizes().slots());
    all.put("yarn.scheduler.minimum-allocation-mb", "128");
    all.put("yarn.nodemanager.vmem-check-enabled", "false");
    // A laptop's disk is often nearly full.
    all.put(
        "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "99.5");
    // A node that is gone is noticed within seconds.
    all.put("yarn.nm.liveness-monitor.expiry-interval-ms", "10000");
    return all;
  }

  /** A node counts before its memory does, and only with that can it be given anything to do. */
  private static String missing(String webUi, int wanted, long megabytes)
      throws IOException, InterruptedException {
    JsonNode cluster = Rest.get(webUi + "/ws/v1/cluster/metrics").path("clusterMetrics");
    int there = cluster.path("activeNodes").asInt();
    return there >= wanted && cluster.path("totalMB").asLong() >= wanted * megabytes
        ? ""
        : there + " of " + wanted + " NodeManagers are registered";
  }
}
