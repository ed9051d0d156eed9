package org.healthbeam.pipelines.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.Pipeline.PipelineVisitor;
import org.apache.beam.sdk.runners.TransformHierarchy.Node;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/**
 * The steps that a pipeline was built of, under the names that they were applied with, and what
 * flows between them. What is inside of a step is only counted.
 *
 * @param steps in the order in which they were applied
 * @param flows each pair of steps once
 */
public record StepGraph(List<Step> steps, Set<Flow> flows) {

  /**
   * One step.
   *
   * @param name as it was applied; unique in a pipeline
   * @param primitives of how many transforms it consists that a runner executes
   */
  public record Step(String name, int primitives) {}

  /**
   * That one step reads what another one makes.
   *
   * @param from the name of the one
   * @param to the name of the other
   * @param side whether it is read as a side input
   */
  public record Flow(String from, String to, boolean side) {}

  /**
   * Takes copies.
   *
   * @param steps in the order in which they were applied
   * @param flows each pair of steps once
   */
  public StepGraph {
    steps = List.copyOf(steps);
    flows = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(flows));
  }

  /**
   * {@return the steps of a pipeline that is built}
   *
   * @param pipeline that is built; is not changed
   */
  public static StepGraph of(Pipeline pipeline) {
    Visit visit = new Visit();
    pipeline.traverseTopologically(visit);
    return visit.graph();
  }

  private static final class Visit extends PipelineVisitor.Defaults {
    /** Steps by how they stand in the pipeline, with how many primitives each has. */
    private final Map<String, Integer> primitives = new LinkedHashMap<>();

    private final Map<PValue, String> makers = new HashMap<>();
    private final List<Node> readers = new ArrayList<>();

    @Override
    public CompositeBehavior enterCompositeTransform(Node node) {
      if (!node.isRootNode()) {
        primitives.putIfAbsent(step(node), 0);
      }
      return CompositeBehavior.ENTER_TRANSFORM;
    }

    @Override
    public void visitPrimitiveTransform(Node node) {
      primitives.merge(step(node), 1, Integer::sum);
      node.getOutputs().values().forEach(made -> makers.put(made, step(node)));
      readers.add(node);
    }

    StepGraph graph() {
      List<Step> steps = new ArrayList<>();
      primitives.forEach((name, n) -> steps.add(new Step(name, n)));
      Set<Flow> flows = new LinkedHashSet<>();
      for (Node reader : readers) {
        Collection<TupleTag<?>> side = reader.getTransform().getAdditionalInputs().keySet();
        reader
            .getInputs()
            .forEach((tag, read) -> add(flows, makers.get(read), step(reader), side.contains(tag)));
      }
      return new StepGraph(steps, flows);
    }

    private static void add(Set<Flow> flows, String from, String to, boolean side) {
      // What is read as a main input and at the side is drawn once.
      if (!from.equals(to) && !flows.contains(new Flow(from, to, !side))) {
        flows.add(new Flow(from, to, side));
      }
    }

    /** The name of the outermost transform that this one is part of. */
    private static String step(Node node) {
      Node outer = node;
      while (!outer.getEnclosingNode().isRootNode()) {
        outer = outer.getEnclosingNode();
      }
      return outer.getFullName();
    }
  }
}
