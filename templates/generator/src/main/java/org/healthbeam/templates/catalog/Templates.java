package org.healthbeam.templates.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.healthbeam.pipelines.run.HealthPipeline;
import org.healthbeam.pipelines.run.HealthPipelines;

/** The templates of the pipelines on the class path. */
public final class Templates {
  private Templates() {}

  /** {@return all of them, by category and name} */
  public static List<Template> all() {
    List<Template> found = new ArrayList<>();
    for (HealthPipeline<?> pipeline : HealthPipelines.all()) {
      pipeline.templates().forEach(t -> found.add(Template.of(pipeline, t)));
    }
    found.sort(
        Comparator.comparing((Template t) -> t.said().category()).thenComparing(Template::name));
    return found;
  }

  /**
   * {@return the template of this name}
   *
   * @param name as typed
   */
  public static Optional<Template> byName(String name) {
    return all().stream().filter(t -> t.name().equals(name)).findFirst();
  }
}
