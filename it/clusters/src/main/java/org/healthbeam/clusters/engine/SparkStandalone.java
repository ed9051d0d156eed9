package org.healthbeam.clusters.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.healthbeam.clusters.ClusterException;
import org.healthbeam.clusters.EngineJars;
import org.healthbeam.clusters.Plan;
import org.healthbeam.clusters.Rest;
import org.healthbeam.clusters.Server;

/** A standalone cluster of Spark: a master and workers, which start executors of their own. */
public final class SparkStandalone {
  private static final String HOST = "127.0.0.1";
  private static final int DAEMON_MEGABYTES = 256;
  private static final int BESIDE_HEAP_MEGABYTES = 200;

  private SparkStandalone() {}

  /** Returns a plan of it. */
  public static Plan plan(Setting setting) throws IOException {
    Path folder = setting.folder();
    int port = setting.ports().orNext(setting.sizes().port());
    int web = setting.ports().next();
    List<Path> jars = EngineJars.of(setting.root(), "spark");
    Path home = home(folder.resolve("home"), jars);
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Map<String, String> environment =
        Map.of(
            "SPARK_HOME", home.toString(),
            "SPARK_CONF_DIR", conf.toString(),
            "SPARK_SCALA_VERSION", EngineJars.scala(),
            "SPARK_LOCAL_IP", HOST,
            "SPARK_LOCAL_DIRS", Files.createDirectories(folder.resolve("tmp")).toString(),
            "JAVA_HOME", System.getProperty("java.home"));
    List<String> classPath = EngineJars.classPath(List.of(conf), jars);
    String master = "spark://" + HOST + ":" + port;
    String webUi = "http://" + HOST + ":" + web;
    Server first =
        daemon("master", "org.apache.spark.deploy.master.Master", classPath, environment)
            .withArgs("--host", HOST, "--port", "" + port, "--webui-port", "" + web);
    List<Server> workers = new ArrayList<>();
    for (int i = 1; i <= setting.sizes().workers(); i++) {
      String name = "worker-" + i;
      workers.add(
          daemon(name, "org.apache.spark.deploy.worker.Worker", classPath, environment)
              .withArgs(
                  "--host",
                  HOST,
                  "--port",
                  "" + setting.ports().next(),
                  "--webui-port",
                  "" + setting.ports().next(),
                  "--cores",
                  "" + setting.sizes().slots(),
                  "--memory",
                  setting.sizes().megabytes() + "m",
                  "--work-dir",
                  Files.createDirectories(folder.resolve("executors").resolve(name)).toString(),
                  master));
    }
    Map<String, String> addresses = new LinkedHashMap<>();
    addresses.put("sparkMaster", master);
    addresses.put("web", webUi);
    addresses.put("home", home.toString());
    return new Plan(
        List.of(),
        List.of(
            new Plan.Stage(List.of(first), () -> masterMissing(webUi)),
            new Plan.Stage(workers, () -> workersMissing(webUi, workers.size()))),
        addresses,
        List.of("Open " + webUi + " in a browser: workers, applications, executors."),
        DAEMON_MEGABYTES
            + BESIDE_HEAP_MEGABYTES
            + workers.size()
                * (DAEMON_MEGABYTES + BESIDE_HEAP_MEGABYTES + setting.sizes().megabytes()));
  }

  private static Server daemon(
      String name, String main, List<String> classPath, Map<String, String> environment) {
    return Server.of(name, main, classPath)
        .withHeap(DAEMON_MEGABYTES)
        .withJvm(EngineJars.opens())
        .withEnvironment(environment);
  }

  /** Makes the folder with {@code jars} from which workers start executors. */
  private static Path home(Path home, List<Path> jars) throws IOException {
    Path folder = Files.createDirectories(home.resolve("jars"));
    for (Path jar : jars) {
      Path link = folder.resolve(jar.getFileName());
      if (Files.exists(link)) {
        throw new ClusterException("two jars of Spark are called " + jar.getFileName());
      }
      Files.createSymbolicLink(link, jar);
    }
    return home;
  }

  private static String masterMissing(String webUi) throws IOException, InterruptedException {
    String status = Rest.get(webUi + "/json/").path("status").asText();
    return status.equals("ALIVE") ? "" : "the master is " + status;
  }

  private static String workersMissing(String webUi, int wanted)
      throws IOException, InterruptedException {
    int there = 0;
    for (JsonNode worker : Rest.get(webUi + "/json/").path("workers")) {
      if (worker.path("state").asText().equals("ALIVE")) {
        there++;
      }
    }
    return there >= wanted ? "" : there + " of " + wanted + " workers are registered";
  }
}
