package org.healthbeam.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.healthbeam.io.kafka.Certificates;
import org.healthbeam.io.kafka.KafkaBroker;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pipelines on a Flink session cluster of processes of their own. */
@Tag("slow")
class FlinkClusterTest extends SubmittedPipelines {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  FlinkClusterTest() {
    super("flink", "datanode-1");
  }

  @Override
  HealthBeamSession begin() throws Exception {
    SERVERS.flink();
    return HealthBeamSession.onCluster(
        "flink", SERVERS.hdfs().environment(), folder.resolve("session"));
  }

  @Override
  String to() throws Exception {
    return "flink://" + SERVERS.flink().address("flinkMaster");
  }

  @Override
  void finish(String output) throws Exception {
    commands().run("finish", output).endedWith(0);
  }

  private static String id(HealthBeamProcess submitted) {
    String id = submitted.out().replaceFirst("(?s)^.*is job ([0-9a-f]{32}) on .*$", "$1");
    assertEquals(32, id.length(), submitted::out);
    return id;
  }

  @Override
  void awaitEnd(HealthBeamProcess submitted, HdfsRun.Look meanwhile) throws Exception {
    String id = id(submitted);
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

  @Test
  void aRunWaitsForItsJob() throws Exception {
    Path cohort = Inputs.head("variants/cohort.vcf.gz", 400, folder.resolve("run-in/cohort.vcf"));
    Path direct = direct("run", "summarize-variants", "--input=" + cohort);
    // A name that is relative to the folder of this process, which is not that of the servers.
    HealthBeamProcess.runOnCluster(
            "flink",
            folder.resolve("run-logs"),
            "run",
            "summarize-variants",
            "--runner=flink",
            "--flinkMaster=" + SERVERS.flink().address("flinkMaster"),
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
          commands()
              .run(
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
      dashboard.awaitAllIn(SERVERS.flink().address("metrics"));
      new FlinkJobs(SERVERS.flink().address("rest")).cancel(id(submitted));
    }
  }

  /**
   * The broker asks for a password over TLS, subjects get pseudonyms, and the job fails once: when
   * it goes on, the file with the password is no longer one that can be read.
   */
  @Test
  void noSecretIsInWhatTheClusterTells() throws Exception {
    String password = "correct-horse-7";
    String ofStores = "stapled-battery-7";
    String key = "a-key-of-more-than-sixteen-bytes";
    Path secrets = Files.createDirectories(folder.resolve("secrets"));
    Certificates certificates = Certificates.in(secrets, ofStores);
    Path settings =
        Inputs.text(
            secrets.resolve("client.properties"),
            "security.protocol=SASL_SSL",
            "ssl.truststore.type=PKCS12",
            "ssl.truststore.location=" + certificates.truststore(),
            "ssl.truststore.password=" + ofStores,
            "sasl.mechanism=PLAIN",
            "sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required"
                + " username=\"reader\" password=\""
                + password
                + "\";");
    Path out = folder.resolve("secrets-out");
    FlinkJobs onFlink = new FlinkJobs(SERVERS.flink().address("rest"));
    Map<String, String> told;
    HealthBeamProcess submitted;
    try (KafkaBroker broker = KafkaBroker.startSecured(secrets, "reader", password, certificates)) {
      broker.createTopic("vitals", 1);
      try (KafkaProducer<String, String> producer = broker.producer()) {
        for (int i = 0; i < 20; i++) {
          KafkaBroker.send(
              producer, "vitals", 0, "bed-7,2026-03-02T00:%02d:00Z,heart_rate,70,".formatted(i));
        }
      }
      submitted =
          HealthBeamProcess.runOnCluster(
                  "flink",
                  secrets.resolve("submit"),
                  "submit",
                  "monitor-vitals",
                  "--to=" + to(),
                  "--input=kafka://vitals",
                  "--bootstrapServers=" + broker.servers(),
                  "--kafkaSettings=" + settings,
                  "--pseudonymKeyFile=" + Inputs.text(secrets.resolve("key"), key),
                  "--timeBasis=data",
                  "--checkpointingInterval=500",
                  "--minPauseBetweenCheckpoints=100",
                  "--numberOfExecutionRetries=2",
                  "--executionRetryDelay=100",
                  "--output=" + out)
              .endedWith(0);
      String job = id(submitted);
      FlinkJobs.await("A checkpoint", () -> onFlink.runs(job) && onFlink.checkpoints(job) > 1);
      Files.writeString(settings, Files.readString(settings) + "broken=\\u00" + password + "\n");
      for (String server : List.of("taskmanager-1", "taskmanager-2")) {
        SERVERS.flink().kill(server);
        SERVERS.flink().start(server);
      }
      FlinkJobs.await("The failure", () -> onFlink.state(job).equals("FAILED"));
      told =
          FlinkPages.of(
              SERVERS.flink().address("rest"), job, SERVERS.flink().folder().resolve("logs"));
      told.put("submit", submitted.out() + submitted.err());
    }
    Map<String, String> found = new TreeMap<>();
    told.forEach(
        (where, text) -> {
          for (String secret : List.of(password, ofStores, key, "bed-7")) {
            if (text.contains(secret)) {
              found.put(where, secret);
            }
          }
        });
    assertEquals(Map.of(), found);
    // It was looked for where it would be.
    assertTrue(
        told.values().stream().anyMatch(t -> t.contains("is no file of lines NAME=VALUE")),
        "the failure is told");
    assertTrue(
        (told.get("taskmanager-1.log") + told.get("taskmanager-2.log"))
            .contains("sasl.jaas.config = [hidden]"),
        "the client's settings are logged");
    assertTrue(
        told.values().stream().anyMatch(t -> t.contains(settings.toString())),
        "the job's options are shown");
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

  private void refused(String why, String... args) throws Exception {
    List<String> all = new ArrayList<>(List.of("submit", "monitor-vitals"));
    all.addAll(List.of(args));
    HealthBeamProcess refused = commands().run(all.toArray(String[]::new)).endedWith(2);
    assertTrue(refused.err().contains(why), refused::err);
  }

  private static JsonNode jobs() throws Exception {
    URI overview =
        URI.create("http://" + SERVERS.flink().address("flinkMaster") + "/jobs/overview");
    return new ObjectMapper().readTree(overview.toURL()).path("jobs");
  }
}
