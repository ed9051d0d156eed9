package org.healthbeam.templates.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.healthbeam.pipelines.option.OptionDescription;
import org.healthbeam.pipelines.run.HealthPipelines;
import org.healthbeam.templates.catalog.Template;
import org.healthbeam.templates.catalog.Templates;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ManifestsTest {
  private static final Path ROOT = Path.of(System.getProperty("healthbeam.root"));
  private static final String AGAIN = "run ./healthbeam template generate";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What YAML 1.1, by which Kubernetes reads, takes for a truth value where it is not quoted. */
  private static final Set<String> TRUTH_OF_YAML_1_1 = Set.of("yes", "no", "on", "off", "y", "n");

  private final List<Template> templates = Templates.all();

  @Test
  void theFilesThatAreCheckedInAreThoseThatAreMadeAndNothingStandsBesideThem() throws IOException {
    Map<String, String> made = made();
    for (Map.Entry<String, String> file : made.entrySet()) {
      Path path = ROOT.resolve(file.getKey());
      String there = Files.exists(path) ? Files.readString(path) : "(absent)";
      assertEquals(file.getValue(), there, file.getKey() + " is another; " + AGAIN);
    }
    Set<String> there = new TreeSet<>();
    for (String folder : new Manifests().folders()) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
        files
            .filter(Files::isRegularFile)
            .forEach(f -> there.add(ROOT.relativize(f).toString().replace('\\', '/')));
      }
    }
    assertEquals(made.keySet(), there, AGAIN);
  }

  @Test
  void everyTemplateRunsOnFlinkAndEveryBatchOnSpark() throws IOException {
    Set<String> expected = new TreeSet<>();
    for (Template template : templates) {
      expected.add(Manifests.MANIFESTS + "/flink/" + template.name() + ".yaml");
      if (!template.isStreaming()) {
        expected.add(Manifests.MANIFESTS + "/spark/" + template.name() + ".yaml");
      }
    }
    assertTrue(templates.size() > 3);
    assertEquals(expected, manifests("").keySet());
  }

  /** The definition is that of the operator's jar; fields that it lacks, which get lost, fail. */
  @Test
  void manifestsForFlinkAreValidByTheDefinitionOfTheirResource() throws IOException {
    JsonSchema schema = flinkSchema();
    for (Map.Entry<String, JsonNode> manifest : manifests("/flink/").entrySet()) {
      assertEquals(Set.of(), faults(schema, manifest.getValue()), manifest.getKey());
      assertEquals("flink.apache.org/v1beta1", manifest.getValue().path("apiVersion").asText());
    }
  }

  @Test
  void manifestsForSparkAreValidByTheFieldsOfTheirResource() throws IOException {
    JsonSchema schema = sparkSchema();
    for (Map.Entry<String, JsonNode> manifest : manifests("/spark/").entrySet()) {
      assertEquals(Set.of(), faults(schema, manifest.getValue()), manifest.getKey());
    }
  }

  @Test
  void whatIsWrongInAManifestIsFound() throws IOException {
    ObjectNode flink = (ObjectNode) manifests("/flink/").values().iterator().next();
    ((ObjectNode) flink.path("spec").path("job")).put("upgradeMode", "sometimes");
    ((ObjectNode) flink.path("spec").path("taskManager").path("resource")).put("cores", 4);
    ((ObjectNode) flink.path("spec")).put("flinkVersion", "v0_1");
    assertEquals(3, faults(flinkSchema(), flink).size());
    ObjectNode spark = (ObjectNode) manifests("/spark/").values().iterator().next();
    ((ObjectNode) spark.path("spec").path("executor")).put("cores", "four").put("core", 4);
    ((ObjectNode) spark.path("spec")).remove("sparkVersion");
    assertEquals(3, faults(sparkSchema(), spark).size());
  }

  /** What the main class of the job jar is given: a pipeline, and options of the template. */
  @Test
  void argumentsSatisfyTheRulesOfTheTemplate() throws IOException {
    for (Template template : templates) {
      for (Map.Entry<String, JsonNode> manifest : manifests("").entrySet()) {
        if (!manifest.getKey().endsWith("/" + template.name() + ".yaml")) {
          continue;
        }
        JsonNode spec = manifest.getValue().path("spec");
        List<String> arguments = new ArrayList<>();
        spec.path("job").path("args").forEach(a -> arguments.add(a.asText()));
        spec.path("arguments").forEach(a -> arguments.add(a.asText()));
        assertEquals(HealthPipelines.name(template.pipeline()), arguments.remove(0));
        assertArguments(template, arguments);
      }
    }
  }

  private static void assertArguments(Template template, List<String> arguments) {
    Set<String> open = new HashSet<>(template.fixedByName().keySet());
    template.parameters().stream()
        .filter(OptionDescription::required)
        .forEach(p -> open.add(p.name()));
    for (String argument : arguments) {
      String name = argument.substring(2, argument.indexOf('='));
      String value = argument.substring(argument.indexOf('=') + 1);
      template.parameters().stream()
          .filter(p -> p.name().equals(name))
          .forEach(p -> assertFalse(p.checked(value).isEmpty(), argument));
      assertEquals(template.fixedByName().getOrDefault(name, value), value);
      open.remove(name);
    }
    assertEquals(Set.of(), open, "required and not given");
    assertTrue(arguments.stream().anyMatch(a -> a.startsWith("--output=/healthbeam/")));
  }

  /** Images, jars and versions are the same in Dockerfiles, manifests and the build. */
  @Test
  void imagesHaveTheJarsThatManifestsStart() throws IOException {
    SourceTree tree = SourceTree.read(ROOT);
    Map<String, String> versions = Map.of("flink", tree.flink(), "spark", tree.spark());
    for (String engine : versions.keySet()) {
      String docker = made().get(Manifests.DOCKER + "/" + engine + ".Dockerfile");
      for (JsonNode manifest : manifests("/" + engine + "/").values()) {
        JsonNode spec = manifest.path("spec");
        String jar =
            spec.path("mainApplicationFile")
                .asText(spec.path("job").path("jarURI").asText())
                .replace("local://", "");
        assertTrue(docker.contains(" " + jar + "\n"), docker);
        assertTrue(docker.contains("-t " + spec.path("image").asText() + " "), docker);
      }
      assertTrue(docker.contains("FROM " + engine + ":" + versions.get(engine) + "-"), docker);
    }
  }

  @Test
  void noWordIsAnotherValueInTheOlderYamlThatKubernetesReads() throws IOException {
    for (Map.Entry<String, String> file : made().entrySet()) {
      for (String line : file.getValue().lines().toList()) {
        String scalar = line.replaceFirst("^[ -]*([A-Za-z./-]+: )?", "");
        assertFalse(TRUTH_OF_YAML_1_1.contains(scalar.toLowerCase(Locale.ROOT)), line);
      }
    }
  }

  private Map<String, String> made() throws IOException {
    return new Manifests().of(templates, ROOT);
  }

  private Map<String, JsonNode> manifests(String of) throws IOException {
    return made().entrySet().stream()
        .filter(f -> f.getKey().startsWith(Manifests.MANIFESTS + of))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, f -> yaml(f.getValue()), (a, b) -> a, TreeMap::new));
  }

  private static JsonNode yaml(String text) {
    LoadSettings settings =
        LoadSettings.builder().setMaxAliasesForCollections(0).setCodePointLimit(4_000_000).build();
    return JSON.valueToTree(new Load(settings).loadFromString(text));
  }

  private static Set<String> faults(JsonSchema schema, JsonNode manifest) {
    return schema.validate(manifest).stream().map(Object::toString).collect(Collectors.toSet());
  }

  private static JsonSchema flinkSchema() throws IOException {
    JsonNode definition = yaml(text("/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml"));
    JsonNode version = definition.path("spec").path("versions").path(0);
    assertEquals("v1beta1", version.path("name").asText());
    ObjectNode schema = (ObjectNode) version.path("schema").path("openAPIV3Schema");
    ObjectNode properties = (ObjectNode) schema.path("properties");
    // Those that every resource has and no definition names.
    properties.putObject("apiVersion").put("type", "string");
    properties.putObject("kind").put("type", "string");
    properties.putObject("metadata").put("type", "object");
    return strict(schema);
  }

  private static JsonSchema sparkSchema() throws IOException {
    return strict((ObjectNode) JSON.readTree(text("sparkapplication-v1beta2.json")));
  }

  private static JsonSchema strict(ObjectNode schema) {
    refuseUnknown(schema);
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema);
  }

  /** Kubernetes drops fields that nobody defines; here they are misspelled. */
  private static void refuseUnknown(JsonNode schema) {
    if (schema instanceof ObjectNode node
        && node.path("properties").isObject()
        && node.path("type").asText().equals("object")
        && !node.has("additionalProperties")
        && !node.has("x-kubernetes-preserve-unknown-fields")) {
      node.put("additionalProperties", false);
    }
    schema.forEach(ManifestsTest::refuseUnknown);
  }

  private static String text(String resource) throws IOException {
    try (InputStream in = ManifestsTest.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
