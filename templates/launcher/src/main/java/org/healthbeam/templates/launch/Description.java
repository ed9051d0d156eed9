package org.healthbeam.templates.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.healthbeam.pipelines.option.OptionDescription;
import org.healthbeam.pipelines.run.HealthPipelines;
import org.healthbeam.templates.catalog.Template;

/** What a template does and takes, for a terminal. */
final class Description {
  private static final String INDENT = "      ";

  private Description() {}

  static String of(Template template, int width) {
    StringBuilder text = new StringBuilder();
    text.append(template.said().displayName()).append("\n\n");
    wrap(text, template.said().description(), "", width);
    text.append("\nPipeline: ").append(HealthPipelines.name(template.pipeline()));
    text.append(template.isStreaming() ? ", streaming" : ", batch");
    if (!template.fixed().isEmpty()) {
      text.append("; fixed: ")
          .append(
              template.fixedByName().entrySet().stream()
                  .map(e -> "--" + e.getKey() + "=" + e.getValue())
                  .collect(Collectors.joining(", ")));
    }
    text.append('\n');
    String group = "";
    for (OptionDescription parameter : template.parameters()) {
      if (!parameter.group().equals(group)) {
        group = parameter.group();
        text.append('\n').append(group).append('\n');
      }
      text.append("  --%s  %s\n".formatted(parameter.name(), parameter.field().label()));
      wrap(text, parameter.description(), INDENT, width);
      wrap(text, String.join(" ", facts(template, parameter)), INDENT, width);
    }
    return text.toString();
  }

  private static List<String> facts(Template template, OptionDescription parameter) {
    List<String> facts = new ArrayList<>();
    String type = parameter.parameterType().name();
    facts.add(
        parameter.choices().isEmpty()
            ? type + "."
            : type + ": " + String.join(", ", parameter.choices()) + ".");
    if (parameter.required()) {
      facts.add("Required.");
    }
    if (!parameter.unit().isEmpty()) {
      facts.add("Unit: " + parameter.unit() + ".");
    }
    if (!parameter.defaultValue().isEmpty()) {
      facts.add("Default: " + parameter.defaultValue() + ".");
    }
    parameter.regexes().forEach(r -> facts.add("Of the form " + r + "."));
    if (template.parentOf(parameter).isPresent()) {
      facts.add(
          "Only with --%s=%s."
              .formatted(
                  parameter.field().parent(), String.join("|", parameter.field().parentValues())));
    }
    facts.add("Example: --" + parameter.name() + "=" + parameter.example());
    return facts;
  }

  private static void wrap(StringBuilder text, String words, String indent, int width) {
    int used = 0;
    for (String word : words.split(" ", -1)) {
      if (used > 0 && indent.length() + used + 1 + word.length() > width) {
        text.append('\n');
        used = 0;
      }
      text.append(used == 0 ? indent : " ").append(word);
      used += (used == 0 ? 0 : 1) + word.length();
    }
    text.append('\n');
  }
}
