package org.healthbeam.runners.dataflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory;
import org.apache.beam.sdk.extensions.gcp.storage.NoopPathValidator;
import org.healthbeam.io.kafka.KafkaBroker;
import org.healthbeam.pipelines.option.OptionDescription;
import org.healthbeam.pipelines.run.Terminal;
import org.healthbeam.templates.catalog.Template;
import org.healthbeam.templates.catalog.Templates;
import org.healthbeam.templates.launch.TemplateCommand;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the service would get: every template is translated, with files and credentials that Beam's
 * own stand-ins take, and nothing is sent.
 */
class TemplatesOnDataflowTest {
  private static final Path ROOT = Path.of(System.getProperty("healthbeam.root"));

  private static final List<String> TOPICS =
      List.of("summaries", "scores", "alerts", "burden", "artefacts");

  @TempDir static Path folder;

  private static KafkaBroker broker;

  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

  @BeforeAll
  static void startBroker() throws Exception {
    broker = KafkaBroker.start(folder.resolve("broker"));
    broker.createTopic("vitals", 2);
    for (String table : TOPICS) {
      broker.createTopic("ward." + table, 1);
    }
  }

  @AfterAll
  static void stopBroker() {
    if (broker != null) {
      broker.close();
    }
  }

  static Stream<String> templates() {
    return Templates.all().stream().map(Template::name);
  }

  @ParameterizedTest
  @MethodSource("templates")
  void everyTemplateIsAJobOfItsModeWithTheStepsOfItsPipeline(String name) throws Exception {
    Template template = Templates.byName(name).orElseThrow();
    Path own = folder.resolve(name);
    Path file = DescribedJob.file(own);
    Path output = own.resolve("out");
    List<String> launch = new ArrayList<>(cloud(own));
    launch.add("--templateLocation=" + file);
    launch.addAll(parameters(template, output));
    assertEquals(0, launch(name, launch), this::err);
    assertTrue(out().contains(" is described for dataflow"), this::out);
    assertFalse(Files.exists(output.resolve("run.json")), "nothing was run");

    DescribedJob job = DescribedJob.in(file);
    assertEquals(template.isStreaming() ? "JOB_TYPE_STREAMING" : "JOB_TYPE_BATCH", job.type());
    assertEquals("healthbeam-test", job.option("project").asText());
    assertEquals("europe-west1", job.option("region").asText());
    assertEquals(template.isStreaming(), job.option("streaming").asBoolean());
    assertEquals("WARN", job.option("defaultWorkerLogLevel").asText(), "of the profile");
    assertEquals(template.isStreaming(), job.option("enableStreamingEngine").asBoolean());
    assertEquals(output.toString(), job.option("output").asText());
    // Beam adds a hash of the content.
    assertTrue(
        job.packages().toString().matches("\\[job-[^,]*\\.jar\\]"), job.packages()::toString);
    Set<String> steps = new TreeSet<>();
    Set<String> readingAtTheSide = new TreeSet<>();
    graph(template, own, steps, readingAtTheSide);
    assertEquals(steps, job.steps());
    assertEquals(readingAtTheSide, job.stepsWithSideInputs());
    assertTrue(job.primitives() >= steps.size(), job.primitives() + " steps");
  }

  /** The steps that the pipeline itself has, as a dry run draws them. */
  private void graph(Template template, Path own, Set<String> steps, Set<String> readingAtTheSide)
      throws Exception {
    Path drawing = own.resolve("graph.svg");
    List<String> dry = new ArrayList<>(cloud(own));
    dry.addAll(parameters(template, own.resolve("dry")));
    dry.addAll(List.of("--dryRun", "--graph=" + drawing));
    assertEquals(0, launch(template.name(), dry), this::err);
    for (String element : Files.readString(drawing).split("<", -1)) {
      if (element.contains("data-step=\"")) {
        steps.add(element.replaceFirst("(?s)^.* data-step=\"([^\"]*)\".*$", "$1"));
      }
    }
    // Printed with all that is inside of steps: the outermost are indented by three times four.
    String step = "";
    for (String line : out().lines().toList()) {
      if (line.matches(" {12}label = \".*\"")) {
        step = line.replaceAll("^ *label = \"|\"$", "");
      } else if (line.contains("[style=dashed")) {
        readingAtTheSide.add(step);
      }
    }
  }

  @Test
  void whatDataflowNeedsIsAskedForAtOnce() {
    Path input = ROOT.resolve("samples/data/variants/cohort.vcf.gz");
    List<String> args =
        List.of("--runner=dataflow", "--input=" + input, "--onInvalid=never", "--dryRun");
    assertEquals(2, launch("summarize-cohort", args), this::out);
    for (String problem :
        List.of(
            "Output: --output is missing",
            "--onInvalid=never is not one of",
            "--project is missing",
            "--region is missing",
            "--tempLocation is missing")) {
      assertTrue(err().contains(problem), () -> problem + "\n\nis not in\n\n" + err());
    }
  }

  @Test
  void filesOfThisMachineAreRefused() {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--runner=dataflow",
                "--project=healthbeam-test",
                "--region=europe-west1",
                "--tempLocation=gs://bucket/temporary",
                "--credentialFactoryClass=" + NoopCredentialFactory.class.getName(),
                "--input=gs://bucket/in/a.vcf.gz,b.vcf.gz",
                "--regions=1mb",
                "--populations=p.tsv",
                "--output=out"));
    assertEquals(2, launch("summarize-cohort", args), this::out);
    for (String option : List.of("input=b.vcf.gz", "populations=p.tsv", "output=out")) {
      assertTrue(
          err().contains("--" + option + " lies on this machine's disk, which the workers of"),
          this::err);
    }
    assertFalse(err().contains("gs://bucket/in"), this::err);
    assertFalse(err().contains("regions"), this::err);
  }

  private static List<String> cloud(Path own) throws Exception {
    Path jar = own.resolve("job.jar");
    if (!Files.exists(jar)) {
      Files.createDirectories(own);
      Files.writeString(jar, "what workers would load");
    }
    return List.of(
        "--runner=dataflow",
        "--project=healthbeam-test",
        "--region=europe-west1",
        "--tempLocation=" + own.resolve("temporary"),
        "--stagingLocation=" + own.resolve("staging"),
        "--filesToStage=" + jar,
        "--pathValidatorClass=" + NoopPathValidator.class.getName(),
        "--credentialFactoryClass=" + NoopCredentialFactory.class.getName());
  }

  /** An example of each parameter that is required, where the test has it. */
  private static List<String> parameters(Template template, Path output) {
    Map<String, String> here =
        Map.of(
            "output", output.toString(),
            "bootstrapServers", broker.servers(),
            "outputTopics", "ward");
    return template.parameters().stream()
        .filter(OptionDescription::required)
        .map(p -> "--" + p.name() + "=" + here.getOrDefault(p.name(), example(p)))
        .toList();
  }

  private static String example(OptionDescription parameter) {
    if (!parameter.parameterType().name().startsWith("GCS_")) {
      return parameter.example();
    }
    return Arrays.stream(parameter.example().split(",", -1))
        .map(file -> ROOT.resolve(file).toString())
        .collect(java.util.stream.Collectors.joining(","));
  }

  private int launch(String template, List<String> args) {
    stdout.reset();
    stderr.reset();
    Terminal terminal =
        new Terminal(
            new PrintStream(stdout, true, StandardCharsets.UTF_8),
            new PrintStream(stderr, true, StandardCharsets.UTF_8),
            false,
            100);
    List<String> all = new ArrayList<>(List.of("launch", template));
    all.addAll(args);
    return new TemplateCommand().run(terminal, all.toArray(String[]::new));
  }

  private String out() {
    return stdout.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return stderr.toString(StandardCharsets.UTF_8);
  }
}
