package org.healthbeam.clusters.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.healthbeam.clusters.Cluster;
import org.healthbeam.clusters.ClusterState;
import org.healthbeam.clusters.Rest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class YarnClusterTest {
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private static JsonNode metrics(Cluster yarn) throws IOException, InterruptedException {
    return Rest.get(yarn.address("web") + "/ws/v1/cluster/metrics").path("clusterMetrics");
  }

  @Test
  void nodeManagersMayGoAndCome() throws Exception {
    ClusterState state;
    try (Cluster yarn = EngineRun.up(Engine.YARN, folder, 768)) {
      state = yarn.state();
      assertEquals(3, state.alive().size());
      assertEquals(2, metrics(yarn).path("activeNodes").asInt());
      assertEquals(2 * 768, metrics(yarn).path("totalMB").asInt());
      yarn.kill("nodemanager-2");
      EngineRun.await(
          "noticing that it is gone",
          () -> metrics(yarn).path("activeNodes").asInt() == 1 ? "" : "2 NodeManagers");
      yarn.restart("nodemanager-2");
      assertTrue(metrics(yarn).path("activeNodes").asInt() == 2, "it is back");
    }
    assertEquals(List.of(), state.alive());
  }
}
