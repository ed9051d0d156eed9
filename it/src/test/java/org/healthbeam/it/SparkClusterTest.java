package org.healthbeam.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.healthbeam.io.cluster.ClusterProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pipelines that are submitted to Spark, standalone and on YARN, of processes of their own. */
@Tag("slow")
class SparkClusterTest extends SubmittedPipelines {
  SparkClusterTest() {
    super("spark", "datanode-2");
  }

  @Override
  HealthBeamSession begin() throws Exception {
    Inputs.text(
        folder.resolve("conf/spark-defaults.conf"),
        "spark.driver.memory 640m",
        "spark.driver.extraJavaOptions " + HealthBeamSession.SHORT,
        "spark.executor.memory 640m",
        "spark.executor.extraJavaOptions " + HealthBeamSession.SHORT,
        // Two executors, which may make the same part of the input at the same time.
        "spark.executor.cores 1",
        "spark.cores.max 2",
        "spark.executor.instances 2",
        "spark.yarn.jars local:" + SERVERS.spark().address("home") + "/jars/*");
    return HealthBeamSession.onCluster("spark", environment(), folder.resolve("session"));
  }

  private Map<String, String> environment() throws IOException {
    return Map.of(
        "SPARK_HOME",
        SERVERS.spark().address("home"),
        "SPARK_CONF_DIR",
        folder.resolve("conf").toString(),
        "SPARK_LOCAL_IP",
        "127.0.0.1",
        "HADOOP_CONF_DIR",
        SERVERS.hdfs().environment().get("HADOOP_CONF_DIR"));
  }

  @Override
  String to() throws Exception {
    return SERVERS.spark().address("sparkMaster");
  }

  /** The driver has done it all. */
  @Override
  void finish(String output) {}

  @Override
  void awaitEnd(HealthBeamProcess submitted, HdfsRun.Look meanwhile) throws Exception {
    String id = submitted.out().replaceFirst("(?s)^.* is job (driver-\\S+) on spark://.*$", "$1");
    assertTrue(submitted.out().contains("kill " + to() + " " + id));
    FlinkJobs.await(
        "The end of the driver",
        () -> {
          meanwhile.look();
          return !driver(id).isMissingNode();
        });
    Path servers = SERVERS.spark().folder();
    assertEquals("FINISHED", driver(id).path("state").asText(), () -> logs(servers));
  }

  @Test
  void submittedToYarnItWritesTheSame() throws Exception {
    Path ward = Inputs.head("vitals/ward.csv.gz", 1500, folder.resolve("yarn-in/ward.csv"));
    Path direct = direct("yarn", "monitor-vitals", "--input=" + ward);
    try (ClusterProcess yarn =
        ClusterProcess.up(
            "yarn", folder.resolve("yarn-servers"), "--workers=1", "--slots=4", "--memory=4096")) {
      Map<String, String> more = new java.util.HashMap<>(environment());
      more.put("HADOOP_CONF_DIR", yarn.address("configuration"));
      Path out = folder.resolve("yarn-out");
      HealthBeamProcess submitted =
          HealthBeamProcess.runOnCluster(
                  "spark",
                  more,
                  folder.resolve("yarn-submit"),
                  "submit",
                  "monitor-vitals",
                  "--to=yarn",
                  "--input=" + ward,
                  "--output=" + out)
              .endedWith(0);
      String id =
          submitted.out().replaceFirst("(?s)^.* is job (application_\\S+) on yarn\\s.*$", "$1");
      assertTrue(submitted.out().contains("yarn application -kill " + id), submitted::out);
      URI app = URI.create(yarn.address("web") + "/ws/v1/cluster/apps/" + id);
      FlinkJobs.await(
          "The end of the application",
          () -> !state(app).path("finishedTime").asText().equals("0"));
      assertEquals("SUCCEEDED", state(app).path("finalStatus").asText(), () -> logs(yarn.folder()));
      assertEquals("", RunOutput.of(direct).differences(RunOutput.of(out)));
      assertTrue(Files.exists(out.resolve("report.html")));
    }
  }

  private static JsonNode state(URI app) throws IOException {
    return new ObjectMapper().readTree(app.toURL()).path("app");
  }

  @Test
  void whatCannotRunIsNotSent() throws Exception {
    Path out = folder.resolve("refused");
    String input = "--input=" + Inputs.samples().resolve("vitals/ward.csv.gz");
    String to = "--to=" + to();
    Path earlier = direct("earlier", "monitor-vitals", input);
    try (HealthBeamSession bare =
        HealthBeamSession.onCluster("spark", Map.of(), folder.resolve("bare"))) {
      refused(bare, "no such file", to, "--input=absent.csv", "--output=" + out);
      refused(bare, "does not answer", "--to=spark://127.0.0.1:1", input, "--output=" + out);
      refused(bare, "in streaming", to, input, "--streaming", "--output=" + out);
      refused(bare, "SPARK_HOME", "--to=yarn", input, "--output=" + out);
    }
    assertFalse(Files.exists(out), "nothing is written");
    HealthBeamProcess refused =
        HealthBeamProcess.run(
                "spark",
                folder.resolve("earlier-logs"),
                "run",
                "monitor-vitals",
                "--runner=spark",
                "--streaming",
                input,
                "--output=" + earlier)
            .endedWith(2);
    assertTrue(refused.err().contains("in streaming"), refused::err);
    assertTrue(Files.exists(earlier.resolve("summaries.tsv")), "nothing is removed");
  }

  private static void refused(HealthBeamSession session, String why, String... args)
      throws Exception {
    List<String> all = new ArrayList<>(List.of("submit", "monitor-vitals"));
    all.addAll(List.of(args));
    HealthBeamProcess refused = session.run(all.toArray(String[]::new)).endedWith(2);
    assertTrue(refused.err().contains(why), refused::err);
  }

  /** Returns what the master says of a driver that has ended. */
  private static JsonNode driver(String id) throws IOException {
    URI all = URI.create(SERVERS.spark().address("web") + "/json/");
    for (JsonNode driver : new ObjectMapper().readTree(all.toURL()).path("completeddrivers")) {
      if (driver.path("id").asText().equals(id)) {
        return driver;
      }
    }
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }

  /** Returns what drivers have said last on standard error. */
  private static String logs(Path servers) {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(servers)) {
      for (Path file : files.filter(f -> f.endsWith("stderr")).toList()) {
        List<String> lines = Files.readAllLines(file);
        text.append(file).append('\n');
        lines
            .subList(Math.max(0, lines.size() - 30), lines.size())
            .forEach(line -> text.append(line).append('\n'));
      }
    } catch (IOException e) {
      text.append(e);
    }
    return text.toString();
  }
}
