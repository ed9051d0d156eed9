package org.healthbeam.templates.drawing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.geom.Rectangle2D;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
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
import org.healthbeam.pipelines.graph.GraphFile;
import org.healthbeam.pipelines.graph.StepGraph;
import org.healthbeam.pipelines.graph.StepGraph.Flow;
import org.healthbeam.pipelines.graph.StepGraph.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class SvgDrawingTest {
  private static final double NEAR = 1;

  private static final class Same extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(ProcessContext context) {
      context.output(context.element());
    }
  }

  /** Words and more words, of which one reads what is known at the side; counted together. */
  private static Pipeline words() {
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

  private final StepGraph graph = StepGraph.of(words());

  @Test
  void everyStepIsABoxOfItsOwnWithItsName() throws Exception {
    Map<String, Rectangle2D> boxes = boxes(drawn());
    assertEquals(graph.steps().stream().map(Step::name).toList(), List.copyOf(boxes.keySet()));
    List<Rectangle2D> all = new ArrayList<>(boxes.values());
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertFalse(all.get(i).intersects(all.get(j)), boxes::toString);
      }
    }
  }

  @Test
  void everyFlowIsALineFromStepToStepDownwards() throws Exception {
    Document drawing = drawn();
    Map<String, Rectangle2D> boxes = boxes(drawing);
    Set<Flow> drawn = new HashSet<>();
    for (Element line : elements(drawing, "path")) {
      if (!line.hasAttribute("data-from")) {
        continue;
      }
      String from = line.getAttribute("data-from");
      String to = line.getAttribute("data-to");
      drawn.add(new Flow(from, to, line.getAttribute("class").endsWith(" side")));
      String[] points = line.getAttribute("d").substring(1).split("L");
      assertEquals(boxes.get(from).getMaxY(), y(points[0]), NEAR, from);
      assertEquals(boxes.get(to).getMinY(), y(points[points.length - 1]), NEAR, to);
      assertTrue(boxes.get(from).getMaxY() < boxes.get(to).getMinY(), from + " above " + to);
    }
    assertEquals(graph.flows(), drawn);
  }

  @Test
  void theSameGraphGivesTheSameBytes() {
    assertEquals(
        new SvgDrawing().of(graph, "words"), new SvgDrawing().of(StepGraph.of(words()), "words"));
  }

  @Test
  void theNameOfAFileSaysItsForm(@TempDir Path folder) throws Exception {
    Path dot = folder.resolve("a.dot");
    GraphFile.named(dot.toString()).write(words(), "words");
    assertTrue(Files.readString(dot).startsWith("digraph {"));
    Path svg = folder.resolve("a.SVG");
    GraphFile.named(svg.toString()).write(words(), "words");
    assertEquals(new SvgDrawing().of(graph, "words"), Files.readString(svg));
    assertEquals(
        "a.png does not end in .dot or .svg",
        assertThrows(IllegalArgumentException.class, () -> GraphFile.named("a.png")).getMessage());
  }

  private Document drawn() throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory
        .newDocumentBuilder()
        .parse(
            new ByteArrayInputStream(
                new SvgDrawing().of(graph, "a & b").getBytes(StandardCharsets.UTF_8)));
  }

  private static Map<String, Rectangle2D> boxes(Document drawing) {
    Map<String, Rectangle2D> boxes = new LinkedHashMap<>();
    for (Element step : elements(drawing, "g")) {
      Element box = (Element) step.getElementsByTagName("rect").item(0);
      Element name = (Element) step.getElementsByTagName("text").item(0);
      assertEquals(step.getAttribute("data-step"), name.getTextContent());
      boxes.put(
          name.getTextContent(),
          new Rectangle2D.Double(
              number(box, "x"), number(box, "y"), number(box, "width"), number(box, "height")));
    }
    return boxes;
  }

  private static List<Element> elements(Document drawing, String name) {
    NodeList found = drawing.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  private static double y(String point) {
    return Double.parseDouble(point.split(" ")[1]);
  }
}
