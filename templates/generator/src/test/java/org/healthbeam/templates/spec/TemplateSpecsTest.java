package org.healthbeam.templates.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.healthbeam.pipelines.option.OptionDescription;
import org.healthbeam.templates.annotations.ParameterType;
import org.healthbeam.templates.catalog.Template;
import org.healthbeam.templates.catalog.Templates;
import org.junit.jupiter.api.Test;

class TemplateSpecsTest {
  /** The fields of {@code TemplateMetadata} in the Dataflow API v1b3; one is for future use. */
  private static final Set<String> OF_TEMPLATE =
      Set.of(
          "name",
          "description",
          "parameters",
          "streaming",
          "supportsAtLeastOnce",
          "supportsExactlyOnce",
          "defaultStreamingMode");

  /** The fields of {@code ParameterMetadata} in the Dataflow API v1b3, and their JSON types. */
  private static final Map<String, String> OF_PARAMETER =
      Map.ofEntries(
          Map.entry("name", "STRING"),
          Map.entry("label", "STRING"),
          Map.entry("helpText", "STRING"),
          Map.entry("isOptional", "BOOLEAN"),
          Map.entry("regexes", "ARRAY"),
          Map.entry("paramType", "STRING"),
          Map.entry("customMetadata", "OBJECT"),
          Map.entry("groupName", "STRING"),
          Map.entry("parentName", "STRING"),
          Map.entry("parentTriggerValues", "ARRAY"),
          Map.entry("enumOptions", "ARRAY"),
          Map.entry("defaultValue", "STRING"),
          Map.entry("hiddenUi", "BOOLEAN"));

  @Test
  void metadataHasTheFieldsOfTheApiAndNoOthers() {
    Map<String, Integer> used = new HashMap<>();
    for (Template template : Templates.all()) {
      JsonNode metadata = TemplateSpecs.containerSpec(template).path("metadata");
      assertEquals(OF_TEMPLATE, namesOf(metadata), template.name());
      for (JsonNode parameter : metadata.path("parameters")) {
        for (String field : namesOf(parameter)) {
          assertEquals(OF_PARAMETER.get(field), parameter.path(field).getNodeType().name(), field);
          used.merge(field, 1, Integer::sum);
        }
      }
    }
    assertEquals(OF_PARAMETER.keySet(), used.keySet(), "each field is of use somewhere");
  }

  /** What a service that knows the specification only would say of every example. */
  @Test
  void examplesAndDefaultsSatisfyTheSpecification() {
    for (Template template : Templates.all()) {
      JsonNode parameters = TemplateSpecs.metadata(template).path("parameters");
      Iterator<OptionDescription> options = template.parameters().iterator();
      for (JsonNode parameter : parameters) {
        String name = parameter.path("name").asText();
        OptionDescription option = options.next();
        assertEquals(option.name(), name);
        assertAccepts(parameter, option.example());
        if (parameter.has("defaultValue")) {
          assertTrue(parameter.path("isOptional").asBoolean(), name);
          assertAccepts(parameter, parameter.path("defaultValue").asText());
        }
        ParameterType.valueOf(parameter.path("paramType").asText());
      }
    }
  }

  private static void assertAccepts(JsonNode parameter, String value) {
    String name = parameter.path("name").asText();
    for (JsonNode regex : parameter.path("regexes")) {
      assertTrue(value.matches(regex.asText()), name + "=" + value + " is not " + regex);
    }
    switch (parameter.path("paramType").asText()) {
      case "ENUM" -> assertTrue(values(parameter).contains(value), name + "=" + value);
      case "BOOLEAN" -> assertTrue(Set.of("true", "false").contains(value), name + "=" + value);
      case "NUMBER" -> Double.parseDouble(value);
      default -> assertFalse(value.isBlank(), name);
    }
  }

  private static List<String> values(JsonNode parameter) {
    return parameter.path("enumOptions").findValuesAsText("value");
  }

  @Test
  void whatATemplateSaysStandsInItsSpecification() {
    JsonNode topics =
        TemplateSpecs.containerSpec(Templates.byName("vitals-kafka-to-files").orElseThrow());
    JsonNode metadata = topics.path("metadata");
    assertEquals("Vital signs from Kafka to files", metadata.path("name").asText());
    assertTrue(metadata.path("streaming").asBoolean());
    assertTrue(metadata.path("supportsExactlyOnce").asBoolean());
    assertFalse(metadata.path("supportsAtLeastOnce").asBoolean());
    JsonNode input = metadata.path("parameters").path(0);
    assertEquals("input", input.path("name").asText());
    String topicsOnly = input.path("regexes").path(0).asText();
    assertTrue("kafka://a,kafka://b".matches(topicsOnly));
    assertFalse("kafka://a,file.csv".matches(topicsOnly));
    JsonNode brokers = parameter(metadata, "bootstrapServers");
    assertFalse(brokers.path("isOptional").asBoolean(), "required here, and not for files");
    assertEquals("alerts", parameter(metadata, "alertRules").path("parentName").asText());
    assertTrue(parameter(metadata, "streaming").isMissingNode(), "fixed");
    assertTrue(parameter(metadata, "replaySpeed").isMissingNode(), "without");
  }

  @Test
  void theCommandStartsThePipelineWithWhatIsFixed() throws Exception {
    for (Template template : Templates.all()) {
      JsonNode command =
          new ObjectMapper().readTree(TemplateSpecs.text(TemplateSpecs.commandSpec(template)));
      Class<?> main = Class.forName(command.path("mainClass").asText());
      assertEquals(void.class, main.getMethod("main", String[].class).getReturnType());
      Map<String, String> values = new HashMap<>();
      command
          .path("defaultParameterValues")
          .fields()
          .forEachRemaining(e -> values.put(e.getKey(), e.getValue().textValue()));
      assertEquals(template.fixedByName(), values);
    }
  }

  private static JsonNode parameter(JsonNode metadata, String name) {
    for (JsonNode parameter : metadata.path("parameters")) {
      if (parameter.path("name").asText().equals(name)) {
        return parameter;
      }
    }
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }

  private static Set<String> namesOf(JsonNode node) {
    Set<String> names = new java.util.TreeSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
