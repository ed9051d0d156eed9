package org.healthbeam.clusters.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.healthbeam.clusters.Plan;
import org.healthbeam.clusters.Rest;
import org.healthbeam.clusters.Server;
import org.healthbeam.clusters.ServerProcess;

/** HDFS: a NameNode and DataNodes; each block lies on two of them, where there are two. */
public final class HdfsCluster {
  private static final int NAME_NODE_MEGABYTES = 256;
  private static final String NAME_NODE = "org.apache.hadoop.hdfs.server.namenode.NameNode";
  private static final String DATA_NODE = "org.apache.hadoop.hdfs.server.datanode.DataNode";

  private HdfsCluster() {}

  /** Returns a plan of it. */
  public static Plan plan(Setting setting) throws IOException {
    int port = setting.ports().orNext(setting.sizes().port());
    int web = setting.ports().next();
    int dataNodes = setting.sizes().workers();
    String files = "hdfs://" + HadoopSettings.HOST + ":" + port;
    String webUi = "http://" + HadoopSettings.HOST + ":" + web;
    Path folder = setting.folder();
    Path conf = HadoopSettings.folder(setting);
    HadoopSettings.write(
        conf.resolve("core-site.xml"),
        Map.of("fs.defaultFS", files, "hadoop.tmp.dir", folder.resolve("tmp").toString()));
    HadoopSettings.write(conf.resolve("hdfs-site.xml"), settings(setting, port, web));

    Server format =
        HadoopSettings.daemon(setting, "format", NAME_NODE, NAME_NODE_MEGABYTES)
            .withArgs("-format", "-nonInteractive");
    List<Server> servers = new ArrayList<>();
    servers.add(HadoopSettings.daemon(setting, "namenode", NAME_NODE, NAME_NODE_MEGABYTES));
    for (int i = 1; i <= dataNodes; i++) {
      String name = "datanode-" + i;
      servers.add(
          HadoopSettings.daemon(setting, name, DATA_NODE, setting.sizes().megabytes())
              .withArgs(
                  "-D", "dfs.datanode.data.dir=" + folder.resolve("data").resolve(name).toUri(),
                  "-D", "dfs.datanode.address=" + address(setting),
                  "-D", "dfs.datanode.http.address=" + address(setting),
                  "-D", "dfs.datanode.ipc.address=" + address(setting)));
    }
    Map<String, String> addresses = new LinkedHashMap<>();
    addresses.put("files", files);
    addresses.put("web", webUi);
    addresses.put("configuration", conf.toString());
    return new Plan(
        List.of(format),
        List.of(new Plan.Stage(servers, () -> missing(webUi, dataNodes))),
        addresses,
        List.of(
            "Copy a file there:",
            "  "
                + ServerProcess.clients(folder, servers.get(0).classPath())
                + " org.apache.hadoop.fs.FsShell -put FILE /",
            "Open " + webUi + " in a browser: files, blocks, DataNodes."),
        NAME_NODE_MEGABYTES
            + HadoopSettings.BESIDE_HEAP_MEGABYTES
            + dataNodes * (setting.sizes().megabytes() + HadoopSettings.BESIDE_HEAP_MEGABYTES));
  }

  private static String address(Setting setting) throws IOException {
    return HadoopSettings.HOST + ":" + setting.ports().next();
  }

  private static Map<String, String> settings(Setting setting, int port, int web) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("dfs.namenode.rpc-address", HadoopSettings.HOST + ":" + port);
    all.put("dfs.namenode.http-address", HadoopSettings.HOST + ":" + web);
    all.put("dfs.namenode.name.dir", setting.folder().resolve("names").toUri().toString());
    all.put("dfs.namenode.safemode.extension", "0");
    all.put("dfs.namenode.datanode.registration.ip-hostname-check", "false");
    all.put("dfs.replication", "" + Math.min(2, setting.sizes().workers()));
    // A DataNode that is gone is noticed within seconds, and its blocks are copied.
    all.put("dfs.heartbeat.interval", "1");
    all.put("dfs.namenode.heartbeat.recheck-interval", "2000");
    return all;
  }

  private static String missing(String webUi, int wanted) throws IOException, InterruptedException {
    JsonNode state =
        Rest.get(webUi + "/jmx?qry=Hadoop:service=NameNode,name=FSNamesystemState")
            .path("beans")
            .path(0);
    int there = state.path("NumLiveDataNodes").asInt();
    if (there < wanted) {
      return there + " of " + wanted + " DataNodes are registered";
    }
    String mode = state.path("FSState").asText();
    return mode.equals("Operational") ? "" : "the NameNode is in state " + mode;
  }
}
