package org.healthbeam.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is asked of every cluster: pipelines that are submitted to it write what the direct runner
 * writes, with input and output on HDFS, of whose DataNodes one may die meanwhile.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SubmittedPipelines {
  @RegisterExtension static final SharedServers SERVERS = new SharedServers();

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path folder;

  private final String engine;
  private final String killed;
  private HealthBeamSession commands;

  /**
   * Asks a cluster.
   *
   * @param engine as the command line names it
   * @param killed the DataNode that dies
   */
  SubmittedPipelines(String engine, String killed) {
    this.engine = engine;
    this.killed = killed;
  }

  /** Starts the servers, and a session that sends to them. */
  abstract HealthBeamSession begin() throws Exception;

  /** Returns what {@code --to} names. */
  abstract String to() throws Exception;

  /** Waits until a job has ended well. */
  abstract void awaitEnd(HealthBeamProcess submitted, HdfsRun.Look meanwhile) throws Exception;

  /** Does what is left to do when a job has ended. */
  abstract void finish(String output) throws Exception;

  @BeforeAll
  void startServers() throws Exception {
    assumeTrue(
        Files.exists(HealthBeamProcess.jobJar(engine)) || System.getenv("CI") != null,
        "No job jar: ./healthbeam test makes it, -DjobJar.skip=false with Maven");
    commands = begin();
  }

  @AfterAll
  void endSession() {
    if (commands != null) {
      commands.close();
    }
  }

  /** Returns the session that sends to the cluster. */
  HealthBeamSession commands() {
    return commands;
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
    compare("monitor-vitals", sequenceFile(), "");
  }

  /**
   * A sequence file that is long enough to be cut: rows of a ward, and observations of which most
   * is a note.
   */
  private static Path sequenceFile() throws IOException {
    Path ward = Inputs.head("vitals/ward.csv.gz", 3000, folder.resolve("vitals-in/ward.csv"));
    List<String> values = new ArrayList<>();
    for (String line : Files.readAllLines(ward).subList(1, 3000)) {
      String[] row = line.split(",", -1);
      values.add(String.join(",", List.of(row).subList(0, Math.min(5, row.length))));
    }
    byte[] note = new byte[100_000];
    Random random = new Random(note.length);
    for (int i = 0; i < 200; i++) {
      random.nextBytes(note);
      values.add(
          i * 15,
          """
          {"resourceType":"Observation","status":"final","subject":{"reference":"Patient/noted"},
           "note":[{"text":"%s"}],"effectiveDateTime":"2026-03-02T%02d:%02d:00Z",
           "code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}]},
           "valueQuantity":{"value":%d,"code":"/min"}}
          """
              .formatted(Base64.getEncoder().encodeToString(note), i / 60, i % 60, 60 + i % 9));
    }
    Path file = SequenceFile.write(folder.resolve("vitals-in/part-r-00000"), values);
    assertTrue(Files.size(file) > 17L << 20, "longer than what one worker reads");
    return file;
  }

  @Test
  void submittedSummarizeVariantsWritesWhatTheDirectRunnerWrites() throws Exception {
    Path cohort =
        Inputs.head("variants/cohort.vcf.gz", 600, folder.resolve("variants-in/cohort.vcf"));
    compare("summarize-variants", cohort, killed);
  }

  @Test
  void aTemplateLaunchedThereWritesWhatTheDirectRunnerWrites() throws Exception {
    Path cohort = Inputs.head("variants/cohort.vcf.gz", 300, folder.resolve("template-in/a.vcf"));
    Path direct = direct("template", "summarize-variants", "--input=" + cohort);
    Path out = folder.resolve("template-out");
    Path parameters =
        Inputs.text(folder.resolve("template.yaml"), "input: " + cohort, "output: " + out);
    HealthBeamProcess launched =
        commands
            .run(
                "template",
                "launch",
                "summarize-cohort",
                "--to=" + to(),
                "--parameters=" + parameters)
            .endedWith(0);
    awaitEnd(launched, () -> {});
    finish(out.toString());
    assertEquals("", RunOutput.of(direct).differences(RunOutput.of(out)));
  }

  /** Returns the folder of what the direct runner writes. */
  Path direct(String name, String pipeline, String... options) throws Exception {
    Path direct = folder.resolve(name + "-direct");
    SERVERS.direct().run(args("run", pipeline, options, "--output=" + direct)).endedWith(0);
    return direct;
  }

  /** Runs on files of HDFS, which lie on two DataNodes, one of which may be killed meanwhile. */
  private void compare(String pipeline, Path input, String killed, String... options)
      throws Exception {
    HdfsFiles hdfs = SERVERS.hdfs();
    String place = "/" + engine + "/" + pipeline;
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--input=" + hdfs.put(input, place + "/" + input.getFileName()));
    String[] more = all.toArray(String[]::new);
    Path direct = direct(pipeline, pipeline, more);
    String out = place + "/out";
    HealthBeamProcess submitted =
        commands
            .run(args("submit", pipeline, more, "--to=" + to(), "--output=" + hdfs.name(out)))
            .endedWith(0);
    HdfsRun run = new HdfsRun(hdfs, out, killed);
    awaitEnd(submitted, run::look);
    finish(hdfs.name(out));
    Path results = run.results(folder.resolve(pipeline + "-" + engine));
    assertEquals("", RunOutput.of(direct).differences(RunOutput.of(results)));
  }

  private static String[] args(String command, String pipeline, String[] options, String... more) {
    List<String> all = new ArrayList<>(List.of(command, pipeline));
    all.addAll(List.of(options));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
