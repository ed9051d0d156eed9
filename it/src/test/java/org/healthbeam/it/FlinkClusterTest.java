package org.healthbeam.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.healthbeam.io.cluster.ClusterProcess;
import org.healthbeam.io.kafka.KafkaBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines on a Flink session cluster of processes of their own. */
@Tag("slow")
class FlinkClusterTest {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path folder;

  private static ClusterProcess flink;
  private static HdfsFiles hdfs;

  @BeforeAll
  static void startServers() throws Exception {
    assumeTrue(
        Files.exists(HealthBeamProcess.jobJar("flink")) || System.getenv("CI") != null,
        "No job jar: ./healthbeam test makes it, -DjobJar.skip=false with Maven");
    hdfs = HdfsFiles.up(folder.resolve("hdfs-servers"));
    flink =
        ClusterProcess.up(
            "flink", folder.resolve("servers"), "--workers=1", "--slots=2", "--metrics");
  }

  @AfterAll
  static void stopServers() throws Exception {
    if (flink != null) {
      flink.close();
    }
    if (hdfs != null) {
      hdfs.close();
    }
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
    compare("summarize-variants", cohort, "datanode-1");
  }

  @Test
  void aTemplateLaunchedThereWritesWhatTheDirectRunnerWrites() throws Exception {
    Path cohort = Inputs.head("variants/cohort.vcf.gz", 300, folder.resolve("template-in/a.vcf"));
    Path direct = folder.resolve("template-direct");
    HealthBeamProcess.run(
            "direct",
            folder.resolve("template-logs-direct"),
            "run",
            "summarize-variants",
            "--input=" + cohort,
            "--output=" + direct)
        .endedWith(0);
    Path out = folder.resolve("template-flink");
    HealthBeamProcess launched =
        HealthBeamProcess.runOnCluster(
                "flink",
                folder.resolve("template-logs"),
                "template",
                "launch",
                "summarize-cohort",
                "--to=" + to(),
                "--parameters=" + parameters(cohort, out))
            .endedWith(0);
    awaitEnd(id(launched), () -> {});
    HealthBeamProcess.runOnCluster(
            "flink", folder.resolve("template-finish"), "finish", out.toString())
        .endedWith(0);
    assertEquals("", RunOutput.of(direct).differences(RunOutput.of(out)));
  }

  /** Returns a file with the parameters of a template for files. */
  static Path parameters(Path input, Path output) throws Exception {
    return Inputs.text(
        output.resolveSibling(output.getFileName() + ".yaml"),
        "input: " + input,
        "output: " + output);
  }

  @Test
  void aRunWaitsForItsJob() throws Exception {
    Path cohort = Inputs.head("variants/cohort.vcf.gz", 400, folder.resolve("run-in/cohort.vcf"));
    Path direct = folder.resolve("run-direct");
    HealthBeamProcess.run(
            "direct",
            folder.resolve("run-logs-direct"),
            "run",
            "summarize-variants",
            "--input=" + cohort,
            "--output=" + direct)
        .endedWith(0);
    // A name that is relative to the folder of this process, which is not that of the servers.
    HealthBeamProcess.runOnCluster(
            "flink",
            folder.resolve("run-logs"),
            "run",
            "summarize-variants",
            "--runner=flink",
            "--flinkMaster=" + flink.address("flinkMaster"),
            "--parallelism=2",
            "--input=../run-in/cohort.vcf",
            "--output=../run-flink")
        .endedWith(0);
    RunOutput expected = RunOutput.of(direct);
    assertEquals("", expected.differences(RunOutput.of(folder.resolve("run-flink"))));
    assertTrue(Files.exists(folder.resolve("run-flink/report.html")));
  }

  /** The ward has readings that are late, raise alerts and cannot be used. */
  @Test
  void everyMetricOfTheDashboardIsToldToPrometheus() throws Exception {
    Dashboard dashboard =
        Dashboard.of(
            HealthBeamProcess.root()
                .resolve("runners-config/deploy/grafana/healthbeam-flink.json"));
    assertTrue(dashboard.metrics().size() > 15, () -> "" + dashboard.metrics().keySet());
    Path maps =
        Inputs.text(
            folder.resolve("monitors.csv"),
            "source_system,source_code,target_system,target_code,map_url,map_version",
            "urn:ward,PULSE,http://loinc.org,8867-4,urn:monitors,2026-03-01");
    Path ward = Inputs.head("vitals/ward.csv.gz", 1200, folder.resolve("metrics-in/ward.csv"));
    try (KafkaBroker broker =
            KafkaBroker.start(Files.createDirectories(folder.resolve("metrics-kafka")));
        KafkaProducer<String, String> producer = broker.producer()) {
      broker.createTopic("vitals", 1);
      for (String line : Files.readAllLines(ward)) {
        String record = String.join(",", List.of(line.split(",", -1)).subList(0, 5));
        KafkaBroker.send(producer, "vitals", 0, record);
      }
      HealthBeamProcess submitted =
          HealthBeamProcess.runOnCluster(
                  "flink",
                  folder.resolve("metrics-logs"),
                  "submit",
                  "monitor-vitals",
                  "--to=" + to(),
                  "--input=kafka://vitals",
                  "--bootstrapServers=" + broker.servers(),
                  "--timeBasis=data",
                  "--maps=" + maps,
                  "--codeSystem=urn:ward",
                  "--checkpointingInterval=1000",
                  "--minPauseBetweenCheckpoints=100",
                  "--output=" + folder.resolve("metrics-out"))
              .endedWith(0);
      dashboard.awaitAllIn(flink.address("metrics"));
      new FlinkJobs(flink.address("rest")).cancel(id(submitted));
    }
  }

  @Test
  void whatCannotRunIsNotSent() throws Exception {
    JsonNode before = jobs();
    Path out = folder.resolve("refused");
    String input = "--input=" + Inputs.samples().resolve("vitals/ward.csv.gz");
    refused("--inptu", "--to=" + to(), input, "--output=" + out, "--inptu=x");
    refused("no such file", "--to=" + to(), "--input=absent.csv", "--output=" + out);
    refused("--to", input, "--output=" + out);
    refused("does not answer", "--to=flink://127.0.0.1:1", input, "--output=" + out);
    assertFalse(Files.exists(out), "nothing is written");
    assertEquals(before.size(), jobs().size(), "no job was sent");
  }

  private static void refused(String why, String... args) throws Exception {
    List<String> all = new ArrayList<>(List.of("submit", "monitor-vitals"));
    all.addAll(List.of(args));
    HealthBeamProcess refused =
        HealthBeamProcess.runOnCluster(
                "flink", folder.resolve("refused-logs"), all.toArray(String[]::new))
            .endedWith(2);
    assertTrue(refused.err().contains(why), refused::err);
  }

  /** Runs on files of HDFS, which lie on two DataNodes, one of which may be killed meanwhile. */
  private static void compare(String pipeline, Path input, String killed, String... options)
      throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--input=" + hdfs.put(input, "/" + pipeline + "/" + input.getFileName()));
    String[] more = all.toArray(String[]::new);
    Path logs = folder.resolve(pipeline + "-logs");
    Path direct = folder.resolve(pipeline + "-direct");
    HealthBeamProcess.run(
            "direct",
            hdfs.environment(),
            logs.resolve("direct"),
            args(pipeline, more, "run", "--output=" + direct))
        .endedWith(0);
    String out = "/" + pipeline + "/out";
    HealthBeamProcess submitted =
        HealthBeamProcess.runOnCluster(
                "flink",
                hdfs.environment(),
                logs.resolve("submit"),
                args(pipeline, more, "submit", "--to=" + to(), "--output=" + hdfs.name(out)))
            .endedWith(0);
    HdfsRun run = new HdfsRun(hdfs, out, killed);
    awaitEnd(id(submitted), run::look);
    HealthBeamProcess.runOnCluster(
            "flink", hdfs.environment(), logs.resolve("finish"), "finish", hdfs.name(out))
        .endedWith(0);
    Path results = run.results(folder.resolve(pipeline + "-flink"));
    assertEquals("", RunOutput.of(direct).differences(RunOutput.of(results)));
  }

  private static String id(HealthBeamProcess submitted) {
    String id = submitted.out().replaceFirst("(?s)^.*is job ([0-9a-f]{32}) on .*$", "$1");
    assertEquals(32, id.length(), submitted::out);
    return id;
  }

  private static String[] args(String pipeline, String[] options, String command, String... more) {
    return Stream.of(Stream.of(command, pipeline), Stream.of(options), Stream.of(more))
        .flatMap(s -> s)
        .toArray(String[]::new);
  }

  private static String to() throws Exception {
    return "flink://" + flink.address("flinkMaster");
  }

  private static void awaitEnd(String id, HdfsRun.Look meanwhile) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      meanwhile.look();
      for (JsonNode job : jobs()) {
        if (job.path("jid").asText().equals(id) && job.path("end-time").asLong() > 0) {
          return;
        }
      }
      Thread.sleep(100);
    }
    throw new AssertionError("The job has not ended within " + PATIENCE);
  }

  private static JsonNode jobs() throws Exception {
    URI overview = URI.create("http://" + flink.address("flinkMaster") + "/jobs/overview");
    return new ObjectMapper().readTree(overview.toURL()).path("jobs");
  }
}
