package org.healthbeam.templates.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.healthbeam.pipelines.option.OptionDescription;
import org.healthbeam.pipelines.run.HealthPipelines;
import org.healthbeam.templates.annotations.Delivery;
import org.healthbeam.templates.catalog.Template;

/** The documentation of templates, in Markdown. */
final class TemplatePages {
  private static final String MADE =
      "<!-- Made by ./healthbeam template generate of what the options say; change them, not this."
          + " -->\n";

  private TemplatePages() {}

  /** Returns the list of all templates. */
  static String index(List<Template> templates) {
    StringBuilder page = new StringBuilder(MADE);
    page.append("# Templates\n\n");
    page.append(
        "A template is a pipeline in one mode, with the options that matter there. How to\n");
    page.append("launch one: [running](../running.md#templates).\n");
    String category = "";
    for (Template template : templates) {
      if (!template.said().category().equals(category)) {
        category = template.said().category();
        page.append("\n## ").append(category).append("\n\n");
        page.append("| template | mode | does |\n|---|---|---|\n");
      }
      page.append(
          "| [%s](%s.md) | %s | %s |\n"
              .formatted(
                  template.name(),
                  template.name(),
                  mode(template),
                  cell(template.said().description())));
    }
    return page.toString();
  }

  /** Returns the page of one template. */
  static String page(Template template) {
    String pipeline = HealthPipelines.name(template.pipeline());
    StringBuilder page = new StringBuilder(MADE);
    page.append("# ").append(template.said().displayName()).append("\n\n");
    page.append(template.said().description()).append("\n\n");
    page.append("| | |\n|---|---|\n");
    page.append("| template | `%s` |\n".formatted(template.name()));
    page.append(
        "| pipeline | [%s](../%s.md): its steps, results and guarantees |\n"
            .formatted(pipeline, pipeline));
    page.append("| mode | %s |\n".formatted(mode(template)));
    if (template.isStreaming()) {
      page.append(
          "| an element counts | %s |\n"
              .formatted(
                  Stream.of(template.said().delivers())
                      .map(TemplatePages::words)
                      .collect(Collectors.joining(", "))));
    }
    if (!template.fixed().isEmpty()) {
      page.append(
          "| fixed | %s |\n"
              .formatted(
                  template.fixedByName().entrySet().stream()
                      .map(e -> "`--" + e.getKey() + "=" + e.getValue() + "`")
                      .collect(Collectors.joining(", "))));
    }
    page.append("\n```sh\n./healthbeam template launch ").append(template.name());
    template.parameters().stream()
        .filter(OptionDescription::required)
        .forEach(p -> page.append(" --%s=%s".formatted(p.name(), p.example())));
    page.append("\n```\n");
    Map<String, StringBuilder> groups = new LinkedHashMap<>();
    for (OptionDescription parameter : template.parameters()) {
      groups
          .computeIfAbsent(parameter.group(), g -> new StringBuilder())
          .append(row(template, parameter));
    }
    groups.forEach(
        (group, rows) ->
            page.append("\n## ")
                .append(group)
                .append("\n\n")
                .append("| parameter | is | value | example |\n|---|---|---|---|\n")
                .append(rows));
    return page.toString();
  }

  private static String row(Template template, OptionDescription parameter) {
    String description = cell(parameter.description());
    if (template.parentOf(parameter).isPresent()) {
      description +=
          " Only with `%s=%s`."
              .formatted(
                  parameter.field().parent(),
                  String.join("` or `", parameter.field().parentValues()));
    }
    return "| `%s`<br>%s | %s | %s | `%s` |\n"
        .formatted(
            parameter.name(),
            cell(parameter.field().label()),
            description,
            value(parameter),
            cell(parameter.example()));
  }

  private static String value(OptionDescription parameter) {
    StringBuilder value = new StringBuilder(parameter.parameterType().name());
    if (!parameter.choices().isEmpty()) {
      value.append(": `").append(String.join("`, `", parameter.choices())).append('`');
    }
    if (!parameter.unit().isEmpty()) {
      value.append(", in ").append(cell(parameter.unit()));
    }
    parameter.regexes().forEach(r -> value.append(", as `").append(cell(r)).append('`'));
    if (parameter.required()) {
      value.append("; **required**");
    } else if (!parameter.defaultValue().isEmpty()) {
      value.append("; default `").append(cell(parameter.defaultValue())).append('`');
    }
    return value.toString();
  }

  private static String mode(Template template) {
    return template.isStreaming() ? "streaming" : "batch";
  }

  private static String words(Delivery delivery) {
    return delivery.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }

  /** A bar ends a cell of a table, in code too. */
  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }
}
