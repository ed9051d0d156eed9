package org.healthbeam.pipelines.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.healthbeam.pipelines.graph.StepGraph.Flow;
import org.healthbeam.pipelines.graph.StepGraph.Step;
import org.junit.jupiter.api.Test;

class StepGraphTest {

  private static final class Same extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element String element, OutputReceiver<String> out) {
      out.output(element);
    }
  }

  /** Words and more words, of which one reads what is known at the side; counted together. */
  static Pipeline words() {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    PCollection<String> words = pipeline.apply("Words <1>", Create.of("a", "b"));
    PCollectionView<List<String>> known = words.apply("Known/view", View.asList());
    PCollection<String> more =
        pipeline
            .apply("More words", Create.of("b", "c"))
            .apply("Look up", ParDo.of(new Same()).withSideInputs(known));
    PCollectionList.of(words)
        .and(more)
        .apply("Together", Flatten.pCollections())
        .apply("Count", Count.perElement());
    return pipeline;
  }

  @Test
  void stepsAreThoseThatWereAppliedAndFlowsWhatTheyRead() {
    StepGraph graph = StepGraph.of(words());
    assertEquals(
        List.of("Words <1>", "Known/view", "More words", "Look up", "Together", "Count"),
        graph.steps().stream().map(Step::name).toList());
    assertEquals(
        Set.of(
            new Flow("Words <1>", "Known/view", false),
            new Flow("More words", "Look up", false),
            new Flow("Known/view", "Look up", true),
            new Flow("Words <1>", "Together", false),
            new Flow("Look up", "Together", false),
            new Flow("Together", "Count", false)),
        graph.flows());
    assertEquals(
        1,
        graph.steps().stream()
            .filter(s -> s.name().equals("Look up"))
            .findFirst()
            .orElseThrow()
            .primitives());
    assertEquals(
        1,
        graph.steps().stream()
            .filter(s -> s.name().equals("Together"))
            .findFirst()
            .orElseThrow()
            .primitives());
  }
}
