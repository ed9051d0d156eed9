package org.healthbeam.templates.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptions;
import org.healthbeam.pipelines.option.OptionCatalog;
import org.healthbeam.pipelines.option.OptionDescription;
import org.healthbeam.pipelines.run.HealthPipeline;
import org.healthbeam.templates.annotations.Mode;
import org.healthbeam.templates.annotations.PipelineTemplate;

/**
 * A pipeline in one mode, with the options that matter there.
 *
 * @param pipeline what is launched
 * @param said what the template says about itself
 * @param parameters the options that it takes, in order
 * @param fixed the options whose value nobody can change, and their values
 */
public record Template(
    HealthPipeline<?> pipeline,
    PipelineTemplate said,
    List<OptionDescription> parameters,
    Map<OptionDescription, String> fixed) {

  /**
   * {@return a pipeline's template}
   *
   * @param pipeline what is launched
   * @param options the template's interface
   * @throws IllegalArgumentException if the interface is not annotated
   */
  public static Template of(HealthPipeline<?> pipeline, Class<? extends PipelineOptions> options) {
    PipelineTemplate said = options.getAnnotation(PipelineTemplate.class);
    if (said == null) {
      throw new IllegalArgumentException(options.getName() + " lacks @PipelineTemplate");
    }
    Map<String, String> values = fixedValues(said);
    Set<String> without = Set.of(said.without());
    Map<OptionDescription, String> fixed = new LinkedHashMap<>();
    List<OptionDescription> parameters = new ArrayList<>();
    for (OptionDescription option : OptionCatalog.of(options)) {
      if (values.containsKey(option.name())) {
        fixed.put(option, values.get(option.name()));
      } else if (!without.contains(option.name())) {
        parameters.add(option);
      }
    }
    return new Template(pipeline, said, List.copyOf(parameters), fixed);
  }

  static Map<String, String> fixedValues(PipelineTemplate said) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String fixed : said.fixed()) {
      int end = fixed.indexOf('=');
      values.put(end < 0 ? fixed : fixed.substring(0, end), fixed.substring(end + 1));
    }
    return values;
  }

  /** {@return the name as typed} */
  public String name() {
    return said.name();
  }

  /** {@return whether it reads what may go on for ever} */
  public boolean isStreaming() {
    return said.mode() == Mode.STREAMING;
  }

  /** {@return the fixed values by the options' names} */
  public Map<String, String> fixedByName() {
    Map<String, String> byName = new LinkedHashMap<>();
    fixed.forEach((option, value) -> byName.put(option.name(), value));
    return byName;
  }

  /**
   * {@return the parameter on whose value it depends whether another may be given; nothing if on
   * none, or on one that the template fixes}
   *
   * @param parameter one of {@link #parameters}
   */
  public Optional<OptionDescription> parentOf(OptionDescription parameter) {
    return parameters.stream().filter(p -> p.name().equals(parameter.field().parent())).findFirst();
  }
}
