package org.healthbeam.pipelines.graph;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.BiFunction;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.util.construction.renderer.PipelineDotRenderer;

/** A file that takes the graph of a pipeline, in the form that its name ends in. */
public final class GraphFile {
  private static final String DOT = ".dot";

  private final Path path;
  private final BiFunction<Pipeline, String, String> form;

  private GraphFile(Path path, BiFunction<Pipeline, String, String> form) {
    this.path = path;
    this.form = form;
  }

  /**
   * {@return the file of this name}
   *
   * @param name on this machine's disk
   * @throws IllegalArgumentException if its ending says no form that is on the class path
   */
  public static GraphFile named(String name) {
    Map<String, BiFunction<Pipeline, String, String>> forms = new LinkedHashMap<>();
    forms.put(DOT, (pipeline, title) -> dot(pipeline));
    for (GraphDrawing drawing : ServiceLoader.load(GraphDrawing.class)) {
      forms.put(drawing.ending(), (pipeline, title) -> drawing.of(StepGraph.of(pipeline), title));
    }
    String lower = name.toLowerCase(Locale.ROOT);
    for (Map.Entry<String, BiFunction<Pipeline, String, String>> form : forms.entrySet()) {
      if (lower.endsWith(form.getKey())) {
        return new GraphFile(path(name), form.getValue());
      }
    }
    throw new IllegalArgumentException(
        name + " does not end in " + String.join(" or ", forms.keySet()));
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(name + " is no name of a file", e);
    }
  }

  /**
   * {@return every transform, nested as it was applied, for Graphviz; as Beam draws it}
   *
   * @param pipeline that is built
   */
  public static String dot(Pipeline pipeline) {
    return PipelineDotRenderer.toDotString(pipeline);
  }

  /** {@return where the file is on this machine} */
  public Path path() {
    return path;
  }

  /**
   * Writes the graph; what was in the file is replaced.
   *
   * @param pipeline that is built
   * @param title stands above the drawing, where its form has one
   * @throws IOException if the file cannot be written
   */
  public void write(Pipeline pipeline, String title) throws IOException {
    Files.writeString(path, form.apply(pipeline, title));
  }
}
