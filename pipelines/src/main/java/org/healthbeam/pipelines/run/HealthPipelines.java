package org.healthbeam.pipelines.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.healthbeam.templates.annotations.PipelineTemplate;

/** The pipelines on the class path. */
public final class HealthPipelines {
  private HealthPipelines() {}

  /** Returns all of them, by name. */
  public static List<HealthPipeline<?>> all() {
    List<HealthPipeline<?>> found = new ArrayList<>();
    for (HealthPipeline<?> pipeline : ServiceLoader.load(HealthPipeline.class)) {
      found.add(pipeline);
    }
    found.sort(Comparator.comparing(HealthPipelines::name));
    return found;
  }

  /** Returns the pipeline of this name. */
  public static Optional<HealthPipeline<?>> byName(String name) {
    return all().stream().filter(p -> name(p).equals(name)).findFirst();
  }

  /** Returns the name as typed. */
  public static String name(HealthPipeline<?> pipeline) {
    return template(pipeline).name();
  }

  /** Returns what a pipeline says about itself. */
  public static PipelineTemplate template(HealthPipeline<?> pipeline) {
    PipelineTemplate template = pipeline.optionsClass().getAnnotation(PipelineTemplate.class);
    if (template == null) {
      throw new IllegalStateException(
          pipeline.optionsClass().getName() + " lacks @PipelineTemplate");
    }
    return template;
  }
}
