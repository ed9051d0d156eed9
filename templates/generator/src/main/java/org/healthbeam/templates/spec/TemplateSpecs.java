package org.healthbeam.templates.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.healthbeam.pipelines.option.OptionDescription;
import org.healthbeam.templates.annotations.Delivery;
import org.healthbeam.templates.catalog.Template;

/**
 * The specifications of a flex template, as the Dataflow service reads them: the container spec
 * ({@code ContainerSpec} of the API v1b3, with {@code TemplateMetadata} and {@code
 * ParameterMetadata}), and the command spec of its Java launcher.
 */
public final class TemplateSpecs {
  /** Who builds the image names it; {@code gcloud dataflow flex-template build} writes it here. */
  private static final String IMAGE = "healthbeam";

  /** Where the image has the job jar. */
  private static final String CLASS_PATH = "/template/*";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private TemplateSpecs() {}

  /**
   * {@return the container spec: the image, and what a form needs to ask for the parameters}
   *
   * @param template of which the spec is
   */
  public static ObjectNode containerSpec(Template template) {
    ObjectNode spec = MAPPER.createObjectNode();
    spec.put("image", IMAGE);
    spec.putObject("sdkInfo").put("language", "JAVA");
    spec.set("metadata", metadata(template));
    return spec;
  }

  /**
   * {@return what the launcher in the image starts, and with which values beside those given}
   *
   * @param template of which the spec is
   */
  public static ObjectNode commandSpec(Template template) {
    ObjectNode spec = MAPPER.createObjectNode();
    spec.put("mainClass", template.pipeline().getClass().getName());
    spec.put("classPath", CLASS_PATH);
    ObjectNode values = spec.putObject("defaultParameterValues");
    template.fixedByName().forEach(values::put);
    return spec;
  }

  /** Returns {@code TemplateMetadata}. */
  static ObjectNode metadata(Template template) {
    List<Delivery> delivers = List.of(template.said().delivers());
    ObjectNode metadata = MAPPER.createObjectNode();
    metadata.put("name", template.said().displayName());
    metadata.put("description", template.said().description());
    metadata.put("streaming", template.isStreaming());
    metadata.put("supportsAtLeastOnce", delivers.contains(Delivery.AT_LEAST_ONCE));
    metadata.put("supportsExactlyOnce", delivers.contains(Delivery.EXACTLY_ONCE));
    // Only where there is a choice may a default be named.
    metadata.put(
        "defaultStreamingMode", delivers.size() > 1 ? delivers.get(0).name() : "UNSPECIFIED");
    ArrayNode parameters = metadata.putArray("parameters");
    template.parameters().forEach(p -> parameters.add(parameter(template, p)));
    return metadata;
  }

  private static ObjectNode parameter(Template template, OptionDescription option) {
    ObjectNode parameter = MAPPER.createObjectNode();
    parameter.put("name", option.name());
    parameter.put("label", option.field().label());
    parameter.put("helpText", helpText(option));
    parameter.put("isOptional", !option.required());
    addAll(parameter, "regexes", option.regexes().stream().map(r -> whole(option, r)).toList());
    parameter.put("paramType", option.parameterType().name());
    if (!option.unit().isEmpty()) {
      parameter.putObject("customMetadata").put("unit", option.unit());
    }
    parameter.put("groupName", option.group());
    Optional<OptionDescription> parent = template.parentOf(option);
    if (parent.isPresent()) {
      parameter.put("parentName", parent.get().name());
      addAll(parameter, "parentTriggerValues", option.field().parentValues());
    }
    if (!option.choices().isEmpty() && !option.list()) {
      ArrayNode choices = parameter.putArray("enumOptions");
      for (String choice : option.choices()) {
        choices.addObject().put("value", choice).put("label", choice.replace('-', ' '));
      }
    }
    if (!option.defaultValue().isEmpty()) {
      parameter.put("defaultValue", option.defaultValue());
    }
    parameter.put("hiddenUi", false);
    return parameter;
  }

  static String helpText(OptionDescription option) {
    StringBuilder text = new StringBuilder(option.description());
    if (!option.unit().isEmpty()) {
      text.append(" Unit: ").append(option.unit()).append('.');
    }
    return text.append(" For example: ").append(option.example()).toString();
  }

  /** A regular expression of a list's value, for the list. */
  private static String whole(OptionDescription option, String regex) {
    String one = "(?:" + regex + ")";
    return option.list() ? "^" + one + "(?:," + one + ")*$" : "^" + one + "$";
  }

  private static void addAll(ObjectNode node, String name, List<String> values) {
    if (!values.isEmpty()) {
      ArrayNode array = node.putArray(name);
      values.forEach(array::add);
    }
  }

  /**
   * {@return the text of a specification}
   *
   * @param spec any of both
   */
  public static String text(JsonNode spec) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(indenter);
    printer.indentArraysWith(indenter);
    try {
      return MAPPER.writer(printer).writeValueAsString(spec) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }
}
