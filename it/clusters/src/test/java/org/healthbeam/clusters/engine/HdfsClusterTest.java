package org.healthbeam.clusters.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.healthbeam.clusters.Cluster;
import org.healthbeam.clusters.ClusterState;
import org.healthbeam.clusters.Rest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class HdfsClusterTest {
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private static int dataNodes(Cluster hdfs) throws IOException, InterruptedException {
    return Rest.get(hdfs.address("web") + "/jmx?qry=Hadoop:service=NameNode,name=FSNamesystemState")
        .path("beans")
        .path(0)
        .path("NumLiveDataNodes")
        .asInt();
  }

  /** As {@code up} says that files are copied. */
  private String shell(Cluster hdfs, String... args) throws Exception {
    Path options = Path.of(hdfs.address("configuration")).resolveSibling("client.args");
    List<String> all = new ArrayList<>(List.of("org.apache.hadoop.fs.FsShell"));
    all.addAll(List.of(args));
    return EngineRun.client(folder, List.of("@" + options), Map.of(), all.toArray(String[]::new));
  }

  @Test
  void filesOutliveADataNodeThatIsKilled() throws Exception {
    ClusterState state;
    try (Cluster hdfs = EngineRun.up(Engine.HDFS, folder, 512)) {
      state = hdfs.state();
      assertEquals(3, state.alive().size());
      Path file = Files.writeString(folder.resolve("word.txt"), "it is still there");
      shell(hdfs, "-put", file.toString(), "/word.txt");
      hdfs.kill("datanode-1");
      EngineRun.await("noticing that it is gone", () -> dataNodes(hdfs) == 1 ? "" : "2 DataNodes");
      String said = shell(hdfs, "-cat", "/word.txt");
      assertTrue(said.contains("it is still there"), said);
      hdfs.restart("datanode-1");
      assertEquals(2, dataNodes(hdfs));
    }
    assertEquals(List.of(), state.alive());
  }
}
