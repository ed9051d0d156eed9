package org.healthbeam.pipelines.graph;

/** A way to draw the steps of a pipeline. Found by {@code ServiceLoader}. */
public interface GraphDrawing {

  /** {@return what the names of files end in that take such drawings: {@code .svg}} */
  String ending();

  /**
   * {@return the drawing, as a text; the same graph gives the same}
   *
   * @param graph the steps, and what flows between them
   * @param title stands above the drawing
   */
  String of(StepGraph graph, String title);
}
