package org.healthbeam.pipelines.graph;

/** A way to draw the steps of a pipeline. Found by {@code ServiceLoader}. */
public interface GraphDrawing {

  /** Returns what the names of files end in that take such drawings: {@code .svg}. */
  String ending();

  /** Returns the drawing, as a text; the same graph gives the same. */
  String of(StepGraph graph, String title);
}
