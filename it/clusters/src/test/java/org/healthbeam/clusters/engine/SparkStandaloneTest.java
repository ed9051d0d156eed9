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
import org.healthbeam.clusters.EngineJars;
import org.healthbeam.clusters.Rest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SparkStandaloneTest {
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private static int workers(Cluster spark) throws IOException, InterruptedException {
    int alive = 0;
    for (JsonNode worker : Rest.get(spark.address("web") + "/json/").path("workers")) {
      alive += worker.path("state").asText().equals("ALIVE") ? 1 : 0;
    }
    return alive;
  }

  @Test
  void applicationRunsInExecutorsOfItsWorkersWhichMayGoAndCome() throws Exception {
    ClusterState state;
    try (Cluster spark = EngineRun.up(Engine.SPARK, folder, 768)) {
      state = spark.state();
      assertEquals(3, state.alive().size());
      assertEquals(2, workers(spark));

      Path jar = EngineRun.jar("spark", "SumOnSpark", folder);
      String said =
          EngineRun.client(
              folder,
              EngineRun.jars("spark"),
              Map.of(
                  "SPARK_HOME", spark.address("home"),
                  "SPARK_SCALA_VERSION", EngineJars.scala(),
                  "SPARK_LOCAL_IP", "127.0.0.1"),
              "org.apache.spark.deploy.SparkSubmit",
              "--master",
              spark.address("sparkMaster"),
              "--executor-memory",
              "512m",
              "--class",
              "SumOnSpark",
              jar.toString());
      assertTrue(said.contains("sum=333833500 driver=false"), said);
      JsonNode done = Rest.get(spark.address("web") + "/json/").path("completedapps");
      assertEquals(1, done.size(), done::toString);
      assertEquals("FINISHED", done.get(0).path("state").asText());

      spark.kill("worker-2");
      EngineRun.await("noticing that it is gone", () -> workers(spark) == 1 ? "" : "2 workers");
      spark.restart("worker-2");
      assertEquals(2, workers(spark));
    }
    assertEquals(List.of(), state.alive());
  }
}
