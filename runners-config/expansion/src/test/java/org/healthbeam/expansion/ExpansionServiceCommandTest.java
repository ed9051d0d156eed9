package org.healthbeam.expansion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.model.expansion.v1.ExpansionApi;
import org.apache.beam.model.expansion.v1.ExpansionServiceGrpc;
import org.apache.beam.model.pipeline.v1.ExternalTransforms;
import org.apache.beam.model.pipeline.v1.RunnerApi;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.expansion.service.ExpansionServer;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.SchemaTranslation;
import org.apache.beam.sdk.schemas.transforms.SchemaTransformProvider;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.util.construction.PipelineTranslation;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.vendor.grpc.v1p69p0.com.google.protobuf.ByteString;
import org.apache.beam.vendor.grpc.v1p69p0.io.grpc.ManagedChannel;
import org.apache.beam.vendor.grpc.v1p69p0.io.grpc.ManagedChannelBuilder;
import org.healthbeam.pipelines.run.PipelineRun;
import org.healthbeam.pipelines.run.Terminal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The service as another language meets it: over gRPC, with what {@code docs/languages.md} says.
 */
class ExpansionServiceCommandTest {
  private static final Path ROOT = Path.of(System.getProperty("healthbeam.root"));
  private static final String URN = "beam:expansion:payload:schematransform:v1";

  private static final Schema READINGS =
      Schema.builder()
          .addStringField("subject")
          .addStringField("time")
          .addStringField("kind_or_code")
          .addDoubleField("value")
          .addStringField("unit")
          .build();
  private static final Schema CLAIMS =
      Schema.builder().addStringField("claim_id").addStringField("diagnosis").build();

  private static ExpansionServer server;
  private static ManagedChannel channel;
  private static ExpansionServiceGrpc.ExpansionServiceBlockingStub stub;

  @BeforeAll
  static void start() throws Exception {
    server = ExpansionServiceCommand.start("localhost", 0, PipelineOptionsFactory.create());
    channel =
        ManagedChannelBuilder.forAddress("localhost", server.getPort()).usePlaintext().build();
    stub = ExpansionServiceGrpc.newBlockingStub(channel);
  }

  @AfterAll
  static void stop() throws Exception {
    try {
      if (channel != null) {
        channel.shutdownNow();
      }
    } finally {
      if (server != null) {
        server.close();
      }
    }
  }

  private static Map<String, ExpansionApi.SchemaTransformConfig> discovered() {
    return stub.discoverSchemaTransform(
            ExpansionApi.DiscoverSchemaTransformRequest.getDefaultInstance())
        .getSchemaTransformConfigsMap();
  }

  @Test
  void theTransformsOfAllFamiliesAreDiscovered() throws Exception {
    Set<String> ours = new TreeSet<>(discovered().keySet());
    ours.removeIf(identifier -> !identifier.startsWith("healthbeam:"));
    assertEquals(
        Set.of(
            "healthbeam:schematransform:map_codes:v1",
            "healthbeam:schematransform:monitor_vitals:v1",
            "healthbeam:schematransform:summarize_variants:v1"),
        ours);
    for (String identifier : ours) {
      ExpansionApi.SchemaTransformConfig config = discovered().get(identifier);
      assertTrue(!config.getDescription().isEmpty(), identifier);
      Schema schema = SchemaTranslation.schemaFromProto(config.getConfigSchema());
      schema
          .getFields()
          .forEach(field -> assertTrue(!field.getDescription().isEmpty(), field.getName()));
    }
  }

  @Test
  @SuppressWarnings("unchecked")
  void thePipelineOfThePageIsExpanded() throws Exception {
    Matcher block = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(page());
    assertTrue(block.find(), "docs/languages.md has a pipeline in YAML");
    String text = block.group(1).replace("/data/", ROOT.resolve("samples/data") + "/");
    Map<String, Object> yaml =
        (Map<String, Object>) new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    Map<String, String> types =
        (Map<String, String>)
            ((List<Map<String, Object>>) yaml.get("providers")).get(0).get("transforms");
    Set<String> expanded = new TreeSet<>();
    Map<String, Object> pipeline = (Map<String, Object>) yaml.get("pipeline");
    for (Map<String, Object> transform : (List<Map<String, Object>>) pipeline.get("transforms")) {
      String identifier = types.get((String) transform.get("type"));
      if (identifier != null) {
        ExpansionApi.ExpansionResponse response =
            expand(identifier, (Map<String, Object>) transform.get("config"));
        assertEquals("", response.getError());
        expanded.add(identifier);
        assertEquals(
            outputs(identifier),
            new TreeSet<>(response.getTransform().getOutputsMap().keySet()),
            identifier);
      }
    }
    assertEquals(Set.copyOf(types.values()), expanded);
  }

  private static Set<String> outputs(String identifier) {
    Set<String> outputs = new TreeSet<>();
    ExpansionServiceCommand.providers().stream()
        .filter(provider -> provider.identifier().equals(identifier))
        .forEach(
            provider -> {
              outputs.addAll(provider.outputCollectionNames());
              if (provider.configurationSchema().hasField("error_handling")) {
                outputs.add("errors");
              }
            });
    return outputs;
  }

  @Test
  void whatAnOptionMayNotSayIsRefusedWithASentence() throws Exception {
    ExpansionApi.ExpansionResponse response =
        expand("healthbeam:schematransform:monitor_vitals:v1", Map.of("window", "soon"));
    assertTrue(response.getError().contains("window"), response.getError());
    assertTrue(response.getError().contains("soon"), response.getError());
  }

  private static ExpansionApi.ExpansionResponse expand(
      String identifier, Map<String, Object> config) throws Exception {
    Schema schema =
        SchemaTranslation.schemaFromProto(discovered().get(identifier).getConfigSchema());
    Row row = row(schema, config);
    Pipeline pipeline = Pipeline.create();
    ExpansionApi.ExpansionRequest.Builder request = ExpansionApi.ExpansionRequest.newBuilder();
    RunnerApi.PTransform.Builder transform =
        RunnerApi.PTransform.newBuilder()
            .setUniqueName("External")
            .setSpec(
                RunnerApi.FunctionSpec.newBuilder()
                    .setUrn(URN)
                    .setPayload(
                        ExternalTransforms.SchemaTransformPayload.newBuilder()
                            .setIdentifier(identifier)
                            .setConfigurationSchema(SchemaTranslation.schemaToProto(schema, true))
                            .setConfigurationRow(
                                ByteString.copyFrom(
                                    CoderUtils.encodeToByteArray(RowCoder.of(schema), row)))
                            .build()
                            .toByteString()));
    if (!identifier.contains("variants")) {
      Schema input = identifier.contains("vitals") ? READINGS : CLAIMS;
      pipeline.apply("Input", Create.empty(input));
      RunnerApi.Pipeline proto = PipelineTranslation.toProto(pipeline);
      request.setComponents(proto.getComponents());
      String root = proto.getRootTransformIds(0);
      transform.putInputs(
          "input",
          proto
              .getComponents()
              .getTransformsOrThrow(root)
              .getOutputsMap()
              .values()
              .iterator()
              .next());
    }
    return stub.expand(request.setTransform(transform).setNamespace("test").build());
  }

  @SuppressWarnings("unchecked")
  private static Row row(Schema schema, Map<String, Object> config) {
    assertTrue(schema.getFieldNames().containsAll(config.keySet()), () -> "" + config.keySet());
    Row.Builder row = Row.withSchema(schema);
    for (Schema.Field field : schema.getFields()) {
      Object value = config.get(field.getName());
      row.addValue(
          value != null && field.getType().getTypeName() == Schema.TypeName.ROW
              ? row(field.getType().getRowSchema(), (Map<String, Object>) value)
              : value);
    }
    return row.build();
  }

  @Test
  void thePageHasEveryFieldOfTheConfigurations() throws Exception {
    String page = page();
    StringBuilder missing = new StringBuilder();
    for (SchemaTransformProvider provider : ExpansionServiceCommand.providers()) {
      assertTrue(page.contains("`" + provider.identifier() + "`"), provider.identifier());
      String table = table(provider.configurationSchema());
      missing.append(page.contains(table) ? "" : table + "\n\n");
      for (String output : provider.outputCollectionNames()) {
        assertTrue(page.contains("`" + output + "`"), output);
      }
    }
    assertEquals("", missing.toString(), "docs/languages.md must have these tables");
  }

  private static String table(Schema schema) {
    List<String> lines = new ArrayList<>();
    lines.add("| field | type | says |");
    lines.add("|---|---|---|");
    for (Schema.Field field : schema.getFields()) {
      lines.add(
          "| `%s`%s | %s | %s |"
              .formatted(
                  field.getName(),
                  field.getType().getNullable() ? "" : " (required)",
                  type(field.getType()),
                  field.getDescription().replace("|", "\\|")));
    }
    return String.join("\n", lines);
  }

  private static String type(FieldType type) {
    return switch (type.getTypeName()) {
      case ARRAY, ITERABLE -> "list of text";
      case BOOLEAN -> "true or false";
      case ROW -> "`{output: NAME}`";
      default -> "text";
    };
  }

  private static String page() throws Exception {
    return Files.readString(ROOT.resolve("docs/languages.md"));
  }

  @Test
  void helpListsWhatIsServedAndBadPortsAreRefused() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            100);
    ExpansionServiceCommand command = new ExpansionServiceCommand();
    assertEquals(PipelineRun.DONE, command.run(terminal, "--help"));
    String help = out.toString(StandardCharsets.UTF_8);
    assertTrue(help.contains("healthbeam:schematransform:map_codes:v1"), help);
    assertEquals(PipelineRun.USAGE, command.run(terminal, "--port=65536"));
    assertTrue(
        err.toString(StandardCharsets.UTF_8).contains("from 0 to 65535"),
        err.toString(StandardCharsets.UTF_8));
    assertEquals(PipelineRun.USAGE, command.run(terminal, "--prot=1"));
  }
}
