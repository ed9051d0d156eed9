package org.healthbeam.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines that are submitted to Spark, standalone and on YARN, of processes of their own. */
@Tag("slow")
class SparkClusterTest {
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path folder;

  private static ClusterProcess spark;
  private static HdfsFiles hdfs;

  @BeforeAll
  static void startServers() throws Exception {
    assumeTrue(
        Files.exists(HealthBeamProcess.jobJar("spark")) || System.getenv("CI") != null,
        "No job jar: ./healthbeam test makes it, -DjobJar.skip=false with Maven");
    hdfs = HdfsFiles.up(folder.resolve("hdfs-servers"));
    spark = ClusterProcess.up("spark", folder.resolve("servers"), "--workers=2", "--slots=2");
    Inputs.text(
        folder.resolve("conf/spark-defaults.conf"),
        "spark.driver.memory 640m",
        "spark.executor.memory 640m",
        // Two executors, which may make the same part of the input at the same time.
        "spark.executor.cores 1",
        "spark.cores.max 2",
        "spark.executor.instances 2",
        "spark.yarn.jars local:" + spark.address("home") + "/jars/*");
  }

  @AfterAll
  static void stopServers() {
    if (spark != null) {
      spark.close();
    }
    if (hdfs != null) {
      hdfs.close();
    }
  }

  private static Map<String, String> environment() throws IOException {
    return Map.of(
        "SPARK_HOME",
        spark.address("home"),
        "SPARK_CONF_DIR",
        folder.resolve("conf").toString(),
        "SPARK_LOCAL_IP",
        "127.0.0.1",
        "HADOOP_CONF_DIR",
        hdfs.environment().get("HADOOP_CONF_DIR"));
  }

  @Test
  void submittedMapCodesWritesWhatTheDirectRunnerWrites() throws Exception {
    Path input = folder.resolve("codes-in");
    Inputs.head("fhir/Condition.ndjson.gz", 150, input.resolve("Condition.ndjson"));
    Inputs.text(input.resolve("broken.ndjson"), "{\"resourceType\":\"Condition\",", "[]");
    compare("map-codes", input, "", "--maps=" + Inputs.samples().resolve("maps"));
  }

  @Test
  void submittedMonitorVitalsWritesWhatTheDirectRunnerWrites() throws Exception {
    Path ward = Inputs.head("vitals/ward.csv.gz", 3000, folder.resolve("vitals-in/ward.csv"));
    compare("monitor-vitals", ward, "");
  }

  @Test
  void submittedSummarizeVariantsWritesWhatTheDirectRunnerWrites() throws Exception {
    Path cohort =
        Inputs.head("variants/cohort.vcf.gz", 600, folder.resolve("variants-in/cohort.vcf"));
    compare("summarize-variants", cohort, "datanode-2");
  }

  @Test
  void aTemplateLaunchedThereWritesWhatTheDirectRunnerWrites() throws Exception {
    Path cohort = Inputs.head("variants/cohort.vcf.gz", 300, folder.resolve("template-in/a.vcf"));
    Path direct = direct("template", "summarize-variants", "--input=" + cohort);
    Path out = folder.resolve("template-spark");
    HealthBeamProcess launched =
        HealthBeamProcess.runOnCluster(
                "spark",
                environment(),
                folder.resolve("template-logs"),
                "template",
                "launch",
                "summarize-cohort",
                "--to=" + spark.address("sparkMaster"),
                "--parameters=" + FlinkClusterTest.parameters(cohort, out))
            .endedWith(0);
    awaitEnd(launched, () -> {});
    assertEquals("", RunOutput.of(direct).differences(RunOutput.of(out)));
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
    String to = "--to=" + spark.address("sparkMaster");
    refused("no such file", Map.of(), to, "--input=absent.csv", "--output=" + out);
    refused("does not answer", Map.of(), "--to=spark://127.0.0.1:1", input, "--output=" + out);
    refused("in streaming", Map.of(), to, input, "--streaming", "--output=" + out);
    refused("SPARK_HOME", Map.of(), "--to=yarn", input, "--output=" + out);
    assertFalse(Files.exists(out), "nothing is written");
    Path earlier = direct("earlier", "monitor-vitals", input);
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

  private static void refused(String why, Map<String, String> environment, String... args)
      throws Exception {
    List<String> all = new ArrayList<>(List.of("submit", "monitor-vitals"));
    all.addAll(List.of(args));
    HealthBeamProcess refused =
        HealthBeamProcess.runOnCluster(
                "spark", environment, folder.resolve("refused-logs"), all.toArray(String[]::new))
            .endedWith(2);
    assertTrue(refused.err().contains(why), refused::err);
  }

  private static Path direct(String name, String pipeline, String... options) throws Exception {
    Path direct = folder.resolve(name + "-direct");
    HealthBeamProcess.run(
            "direct",
            hdfs.environment(),
            folder.resolve(name + "-logs-direct"),
            args(pipeline, options, "run", "--output=" + direct))
        .endedWith(0);
    return direct;
  }

  /** Runs on files of HDFS, which lie on two DataNodes, one of which may be killed meanwhile. */
  private static void compare(String pipeline, Path input, String killed, String... options)
      throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--input=" + hdfs.put(input, "/" + pipeline + "/" + input.getFileName()));
    String[] more = all.toArray(String[]::new);
    Path direct = direct(pipeline, pipeline, more);
    String out = "/" + pipeline + "/out";
    HealthBeamProcess submitted =
        HealthBeamProcess.runOnCluster(
                "spark",
                environment(),
                folder.resolve(pipeline + "-logs"),
                args(
                    pipeline,
                    more,
                    "submit",
                    "--to=" + spark.address("sparkMaster"),
                    "--output=" + hdfs.name(out)))
            .endedWith(0);
    HdfsRun run = new HdfsRun(hdfs, out, killed);
    awaitEnd(submitted, run::look);
    Path results = run.results(folder.resolve(pipeline + "-spark"));
    assertEquals("", RunOutput.of(direct).differences(RunOutput.of(results)));
  }

  private static void awaitEnd(HealthBeamProcess submitted, HdfsRun.Look meanwhile)
      throws Exception {
    String id = submitted.out().replaceFirst("(?s)^.* is job (driver-\\S+) on spark://.*$", "$1");
    assertTrue(submitted.out().contains("kill " + spark.address("sparkMaster") + " " + id));
    FlinkJobs.await(
        "The end of the driver",
        () -> {
          meanwhile.look();
          return !driver(id).isMissingNode();
        });
    assertEquals("FINISHED", driver(id).path("state").asText(), () -> logs(spark.folder()));
  }

  /** Returns what the master says of a driver that has ended. */
  private static JsonNode driver(String id) throws IOException {
    URI all = URI.create(spark.address("web") + "/json/");
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

  private static String[] args(String pipeline, String[] options, String command, String... more) {
    return Stream.of(Stream.of(command, pipeline), Stream.of(options), Stream.of(more))
        .flatMap(s -> s)
        .toArray(String[]::new);
  }
}
