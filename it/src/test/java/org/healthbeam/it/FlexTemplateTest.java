package org.healthbeam.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The command that the launcher of a flex template starts, in a process of its own: what the
 * command spec says, with nothing on the class path but the job jar, and the options that the
 * launcher adds. Instead of those of the cloud, files lie on this machine's disk and credentials
 * are none.
 */
@Tag("slow")
class FlexTemplateTest {
  private static final String STORAGE = "org.apache.beam.sdk.extensions.gcp.storage.";
  private static final String AUTH = "org.apache.beam.sdk.extensions.gcp.auth.";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "map-fhir-codes, fhir, --maps=maps, map-codes",
    "summarize-cohort, variants/cohort.vcf.gz, --format=tsv, summarize-variants",
    "vitals-files-to-files, vitals/ward.csv.gz, --window=5m, monitor-vitals"
  })
  void theCommandSpecStartsTheJobJar(String name, String input, String option, String pipeline)
      throws Exception {
    Path jar = HealthBeamProcess.jobJar("dataflow");
    assumeTrue(
        Files.exists(jar) || System.getenv("CI") != null,
        "No job jar: ./healthbeam test makes it, -DjobJar.skip=false with Maven");
    Path template = Files.createDirectories(folder.resolve("template"));
    Files.createSymbolicLink(template.resolve("healthbeam-dataflow-job.jar"), jar);
    Path spec = HealthBeamProcess.root().resolve("templates/specs").resolve(name);
    JsonNode command = JSON.readTree(spec.resolve("java_command_spec.json").toFile());
    assertEquals("/template/*", command.path("classPath").asText());

    Path job = folder.resolve("job.json");
    Path output = folder.resolve("out");
    List<String> args = new ArrayList<>();
    args.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    args.addAll(List.of("-cp", template + "/*", command.path("mainClass").asText()));
    command
        .path("defaultParameterValues")
        .fields()
        .forEachRemaining(v -> args.add("--" + v.getKey() + "=" + v.getValue().asText()));
    args.addAll(
        List.of(
            "--runner=DataflowRunner",
            "--project=healthbeam-test",
            "--region=europe-west1",
            "--jobName=" + name + "-1",
            "--labels={\"goog-dataflow-template\":\"" + name + "\"}",
            "--serviceAccount=worker@healthbeam-test.iam.gserviceaccount.com",
            "--tempLocation=" + folder.resolve("temporary"),
            "--stagingLocation=" + folder.resolve("staging"),
            "--templateLocation=" + job,
            "--pathValidatorClass=" + STORAGE + "NoopPathValidator",
            "--credentialFactoryClass=" + AUTH + "NoopCredentialFactory",
            "--input=" + Inputs.samples().resolve(input),
            "--output=" + output,
            option.replace("=maps", "=" + Inputs.samples().resolve("maps"))));
    assertTrue(run(args).contains(pipeline + " is described for dataflow"), "no word of the job");

    JsonNode described = JSON.readTree(job.toFile());
    assertEquals(name + "-1", described.path("name").asText());
    assertEquals("JOB_TYPE_BATCH", described.path("type").asText());
    assertTrue(described.path("steps").size() > 10, () -> described.path("steps").toString());
    JsonNode options = described.path("environment").path("sdkPipelineOptions").path("options");
    assertEquals(output.toString(), options.path("output").asText());
    List<String> staged = new ArrayList<>();
    for (JsonNode file :
        described.path("environment").path("workerPools").path(0).path("packages")) {
      staged.add(file.path("name").asText());
      Path copy = Path.of(file.path("location").asText());
      assertEquals(Files.size(jar), Files.size(copy), "workers load what was started");
    }
    assertEquals(1, staged.size(), staged::toString);
    assertTrue(staged.get(0).startsWith("healthbeam-dataflow-job"), staged::toString);
  }

  private String run(List<String> command) throws Exception {
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(n -> n.startsWith("HEALTHBEAM_"));
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(10, TimeUnit.MINUTES), "the process does not end");
    } finally {
      process.destroyForcibly();
    }
    assertEquals(0, process.exitValue(), Files.readString(log));
    return Files.readString(log);
  }
}
