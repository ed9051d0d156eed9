package org.healthbeam.clusters.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
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
class FlinkSessionTest {
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private static int taskManagers(Cluster flink) throws IOException, InterruptedException {
    return Rest.get(flink.address("rest") + "/overview").path("taskmanagers").asInt();
  }

  @Test
  void jobRunsOnItAndTaskManagersMayGoAndCome() throws Exception {
    ClusterState state;
    try (Cluster flink = EngineRun.up(Engine.FLINK, folder, 768)) {
      state = flink.state();
      assertEquals(3, state.alive().size());
      JsonNode overview = Rest.get(flink.address("rest") + "/overview");
      assertEquals(2, overview.path("taskmanagers").asInt());
      assertEquals(4, overview.path("slots-total").asInt());

      Path jar = EngineRun.jar("flink", "SumOnFlink", folder);
      String said =
          EngineRun.client(
              folder,
              EngineRun.jars("flink"),
              Map.of("FLINK_CONF_DIR", flink.address("configuration")),
              "org.apache.flink.client.cli.CliFrontend",
              "run",
              "-c",
              "SumOnFlink",
              jar.toString(),
              "4");
      assertTrue(said.contains("sum=333833500"), said);
      JsonNode jobs = Rest.get(flink.address("rest") + "/jobs/overview").path("jobs");
      assertEquals(1, jobs.size(), jobs::toString);

      flink.kill("taskmanager-2");
      EngineRun.await(
          "noticing that it is gone", () -> taskManagers(flink) == 1 ? "" : "2 TaskManagers");
      flink.restart("taskmanager-2");
      assertEquals(2, taskManagers(flink));
    }
    assertEquals(List.of(), state.alive());
  }
}
