package org.healthbeam.templates.kubernetes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.healthbeam.pipelines.option.OptionDescription;
import org.healthbeam.pipelines.run.HealthPipelines;
import org.healthbeam.templates.catalog.Template;

/** The arguments with which a template is run by the main class of a job jar. */
final class JobArguments {
  /** Where the volume is mounted that all pods see. */
  static final String SHARED = "/healthbeam";

  private JobArguments() {}

  /**
   * Returns the pipeline, what is given, what the template fixes, and an example of each parameter
   * that is required.
   */
  static List<String> of(Template template, String... given) {
    List<String> arguments = new ArrayList<>();
    arguments.add(HealthPipelines.name(template.pipeline()));
    arguments.addAll(Arrays.asList(given));
    template.fixedByName().forEach((name, value) -> arguments.add("--" + name + "=" + value));
    template.parameters().stream()
        .filter(OptionDescription::required)
        .forEach(p -> arguments.add("--" + p.name() + "=" + example(p)));
    return arguments;
  }

  /** Pods have no files of their own: what is a file lies on the shared volume. */
  private static String example(OptionDescription parameter) {
    if (!parameter.parameterType().name().startsWith("GCS_")) {
      return parameter.example();
    }
    return Arrays.stream(parameter.example().split(",", -1))
        .map(file -> SHARED + "/" + file)
        .collect(Collectors.joining(","));
  }
}
