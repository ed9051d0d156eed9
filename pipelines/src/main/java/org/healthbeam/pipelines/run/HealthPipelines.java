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

  /** {@return all of them, by name} */
  public static List<HealthPipeline<?>> all() {
    List<HealthPipeline<?>> found = new ArrayList<>();
    for (HealthPipeline<?> pipeline : ServiceLoader.load(HealthPipeline.class)) {
      found.add(pipeline);
    }
    found.sort(Comparator.comparing(HealthPipelines::name));
    return found;
  }

  /**
   * {@return the pipeline of this name}
   *
   * @param name as typed
   */
  public static Optional<HealthPipeline<?>> byName(String name) {
    return all().stream().filter(p -> name(p).equals(name)).findFirst();
  }

  /**
   * {@return the name of a pipeline, as typed}
   *
   * @param pipeline whose options are annotated
   */
  public static String name(HealthPipeline<?> pipeline) {
    return template(pipeline).name();
  }

  /**
   * {@return what a pipeline says about itself}
   *
   * @param pipeline whose options are annotated
   * @throws IllegalStateException if they are not
   */
  public static PipelineTemplate template(HealthPipeline<?> pipeline) {
    PipelineTemplate template = pipeline.optionsClass().getAnnotation(PipelineTemplate.class);
    if (template == null) {
      throw new IllegalStateException(
          pipeline.optionsClass().getName() + " lacks @PipelineTemplate");
    }
    return template;
  }
}
