package org.healthbeam.templates.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.healthbeam.pipelines.option.OptionDescription;
import org.healthbeam.pipelines.run.Terminal;
import org.healthbeam.templates.catalog.Template;
import org.healthbeam.templates.catalog.Templates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateCommandTest {
  private static final Path ROOT = Path.of(System.getProperty("healthbeam.root"));

  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

  @TempDir Path folder;

  @Test
  void allTemplatesAreListedAndDescribed() throws IOException {
    assertEquals(0, execute("list"), this::err);
    String list = out();
    for (Template template : Templates.all()) {
      assertTrue(list.contains("  " + template.name() + " "), list);
      assertEquals(0, execute("describe", template.name()), this::err);
      for (OptionDescription parameter : template.parameters()) {
        String line = "  --" + parameter.name() + "  " + parameter.field().label() + "\n";
        assertTrue(out().contains(line), this::out);
      }
      assertEquals(0, execute("describe", template.name(), "--json"), this::err);
      assertEquals(
          template.said().displayName(),
          new ObjectMapper().readTree(out()).path("metadata").path("name").asText());
    }
  }

  @Test
  void whatIsNoCommandAndNoTemplateIsRefusedWithTheNearestName() {
    assertEquals(2, execute());
    assertEquals(0, execute("--help"));
    assertRefused("Unknown command 'lunch' (did you mean 'launch'?)", "lunch");
    assertRefused("did you mean 'summarize-cohort'?", "launch", "sumarize-cohort");
    assertRefused("describe needs the name of a template", "describe");
    assertRefused("launch needs the name of a template", "launch", "--dryRun");
    assertRefused("describe takes a name and --json", "describe", "map-fhir-codes", "--yaml");
    assertRefused("list takes no arguments", "list", "all");
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnceWithItsLabel() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("p.yaml"),
            "window: 1 hour\nslide: 5m\nruner: flink\nrunner: flink\nstreaming: false\n"
                + "revisions: some\nscores: {news2: 1}\nalerts: off\nalertRules: rules.json\n");
    String name = "vitals-kafka-to-files";
    String parameters = "--parameters=" + file;
    assertEquals(
        2,
        execute("launch", name, parameters, "--input=a.csv", "--speed=3", "--maxDelay=x"),
        this::out);
    for (String problem :
        List.of(
            "Unknown option '--speed'",
            "Unknown option '--runer' (did you mean '--runner'?)",
            "--runner is typed, not in " + file,
            "Streaming: the template fixes --streaming=true (" + file + ")",
            "the value of 'scores' is neither a text, a number",
            "Input: --input=a.csv is not of the form kafka://",
            "Output: --output is missing",
            "Bootstrap servers: --bootstrapServers is missing",
            "Window: --window=1 hour is not of the form",
            "(parameters " + file + ")",
            "Max delay: --maxDelay=x is not of the form",
            "Revisions: --revisions=some is not one of final, all",
            "Alert rules: --alertRules needs --alerts=on")) {
      assertTrue(err().contains(problem), () -> problem + "\n\nis not in\n\n" + err());
    }
    assertFalse(err().contains("slide"), this::err);
    assertEquals(12, err().lines().filter(l -> !l.isBlank()).count(), this::err);
  }

  @Test
  void aTemplateForFilesReadsNoTopics() {
    assertRefused(
        "The template vitals-files-to-files reads files, no topics",
        "launch",
        "vitals-files-to-files",
        "--input=kafka://x",
        "--output=" + folder.resolve("out"));
  }

  @Test
  void theFileIsJsonOrYamlAndWhatIsTypedWins() throws IOException {
    Path json =
        Files.writeString(
            folder.resolve("p.json"),
            """
            {"input": ["%s", "%s"], "output": "out", "maxRejectedFraction": 0.010, "format": "tsv"}
            """
                .formatted(sample("variants/cohort.vcf.gz"), sample("variants/cohort.vcf.gz")));
    String explained =
        explained("summarize-cohort", "--parameters=" + json, "--format=vcf.gz", "--parallelism=2");
    assertLine(explained, "input", "variants/cohort.vcf.gz,", "parameters " + json);
    assertLine(explained, "maxRejectedFraction", "0.010", "parameters " + json);
    assertLine(explained, "format", "vcf.gz", "command line");
    assertLine(explained, "joinSamples", "false", "template summarize-cohort");
    assertLine(explained, "regions", "1mb", "built in");
    Path yaml =
        Files.writeString(
            folder.resolve("p.yml"), "input: [a, b]\nonlyRegions: yes\nmaxRejectedFraction: 1\n");
    explained = explained("summarize-cohort", "--parameters", yaml.toString());
    assertLine(explained, "input", " a,b ", "parameters " + yaml);
    assertLine(explained, "onlyRegions", " yes ", "parameters " + yaml);
  }

  @Test
  void aFileThatCannotBeReadIsRefusedByPlaceWithoutItsContent() throws IOException {
    refusedFile("p.json: no such file", "p.json", null);
    refusedFile("its name ends in .json or .yaml", "p.txt", "a=1");
    refusedFile("is no JSON, or names something twice: line 2, column ", "p.json", "{\n\"secret");
    refusedFile(
        "is no JSON, or names something twice: line 1, column ",
        "p.json",
        "{\"secret\": 1, \"secret\": 2}");
    refusedFile("is no JSON, or names something twice", "p.json", "{} secret");
    refusedFile("is no YAML, or names something twice: line 2,", "p.yaml", "a: 1\n'secret");
    refusedFile("is no YAML, or names something twice", "p.yaml", "secret: 1\nsecret: 2\n");
    refusedFile("must hold names with values", "p.yaml", "- secret\n");
    refusedFile("must hold names with values", "p.json", "[\"secret\"]");
  }

  /** The example that its page shows, on the sample data. */
  @Test
  void everyTemplateForFilesRunsWithItsExamples() throws IOException {
    for (Template template : Templates.all()) {
      if (template.isStreaming()) {
        continue;
      }
      Path output = folder.resolve(template.name());
      List<String> args = new java.util.ArrayList<>(List.of("launch", template.name()));
      for (OptionDescription parameter : template.parameters()) {
        if (parameter.required()) {
          String value =
              parameter.name().equals("output")
                  ? output.toString()
                  : parameter.parameterType().name().startsWith("GCS_")
                      ? ROOT.resolve(parameter.example()).toString()
                      : parameter.example();
          args.add("--" + parameter.name() + "=" + value);
        }
      }
      List<String> dry = new java.util.ArrayList<>(args);
      Path graph = folder.resolve(template.name() + ".dot");
      dry.addAll(List.of("--dryRun", "--graph=" + graph));
      assertEquals(0, execute(dry.toArray(String[]::new)), this::err);
      assertTrue(out().contains("command line"), this::out);
      assertTrue(out().contains("digraph {"), this::out);
      assertTrue(out().contains("Write rejects"), this::out);
      assertTrue(out().endsWith(Files.readString(graph)), this::out);
      assertFalse(Files.exists(output), "nothing else is written");
      assertEquals(0, execute(args.toArray(String[]::new)), this::err);
      assertTrue(Files.exists(output.resolve("run.json")), template.name());
    }
  }

  @Test
  void aGraphIsAskedForByADryRunIntoAFileOfAKnownForm() {
    String input = "--input=" + sample("variants/cohort.vcf.gz");
    String output = "--output=" + folder.resolve("out");
    String[] launch = {"launch", "summarize-cohort", input, output};
    assertRefused("--graph needs --dryRun", with(launch, "--graph=a.dot"));
    assertRefused("--graph=a.png does not end in .dot", with(launch, "--dryRun", "--graph=a.png"));
    String nowhere = folder.resolve("absent/a.dot").toString();
    assertRefused(
        "--graph=" + nowhere + " cannot be written: no such folder",
        with(launch, "--dryRun", "--graph=" + nowhere));
  }

  /** Submitting itself is tried on real clusters; here there is the direct runner only. */
  @Test
  void aClusterIsNamedOnceAndByAnAddress() {
    String input = "--input=" + sample("variants/cohort.vcf.gz");
    String output = "--output=" + folder.resolve("out");
    String[] launch = {"launch", "summarize-cohort", input, output};
    assertRefused("--to=nowhere", with(launch, "--to=nowhere"));
    assertRefused("--to is empty; it names a cluster", with(launch, "--to="));
    assertRefused("--to is given twice", with(launch, "--to=flink://a:1", "--to", "flink://b:1"));
    assertRefused("flink", with(launch, "--to=flink://localhost:1"));
    assertFalse(Files.exists(folder.resolve("out")), "nothing is written");
  }

  private static String[] with(String[] args, String... more) {
    return java.util.stream.Stream.concat(
            java.util.Arrays.stream(args), java.util.Arrays.stream(more))
        .toArray(String[]::new);
  }

  private static String sample(String name) {
    return ROOT.resolve("samples/data").resolve(name).toString();
  }

  private String explained(String template, String... args) {
    List<String> all = new java.util.ArrayList<>(List.of("launch", template, "--explainOptions"));
    all.addAll(List.of(args));
    assertEquals(0, execute(all.toArray(String[]::new)), this::err);
    return out();
  }

  private static void assertLine(String text, String name, String value, String from) {
    String line =
        text.lines().filter(l -> l.startsWith(name + " ")).findFirst().orElse("(no line)");
    assertTrue(line.contains(value) && line.endsWith(from), () -> line + "\n\n" + text);
  }

  private void refusedFile(String sentence, String name, @javax.annotation.Nullable String content)
      throws IOException {
    Path file = folder.resolve(name);
    Files.deleteIfExists(file);
    if (content != null) {
      Files.writeString(file, content);
    }
    assertRefused(sentence, "launch", "summarize-cohort", "--parameters=" + file);
    assertFalse(err().contains("secret"), this::err);
  }

  private void assertRefused(String sentence, String... args) {
    assertEquals(2, execute(args), this::out);
    assertTrue(err().contains(sentence), () -> sentence + "\n\nis not in\n\n" + err());
  }

  private int execute(String... args) {
    stdout.reset();
    stderr.reset();
    Terminal terminal =
        new Terminal(
            new PrintStream(stdout, true, StandardCharsets.UTF_8),
            new PrintStream(stderr, true, StandardCharsets.UTF_8),
            false,
            100);
    return new TemplateCommand().run(terminal, args);
  }

  private String out() {
    return stdout.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return stderr.toString(StandardCharsets.UTF_8);
  }
}
