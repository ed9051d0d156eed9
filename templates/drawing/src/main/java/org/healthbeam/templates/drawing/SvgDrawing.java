package org.healthbeam.templates.drawing;

import com.google.auto.service.AutoService;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.NullElkProgressMonitor;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;
import org.healthbeam.pipelines.graph.GraphDrawing;
import org.healthbeam.pipelines.graph.StepGraph;
import org.healthbeam.pipelines.graph.StepGraph.Flow;
import org.healthbeam.pipelines.graph.StepGraph.Step;

/**
 * Draws the steps of a pipeline as SVG, from top to bottom: a box for each step, a line for what
 * flows, dashed where it is a side input. The same graph gives the same bytes.
 */
@AutoService(GraphDrawing.class)
public final class SvgDrawing implements GraphDrawing {
  private static final String NAMESPACE = "http://www.w3.org/2000/svg";

  /** No font is asked: a letter of this size is at most so wide on average. */
  private static final double LETTER = 7.6;

  private static final double PADDING = 14;
  private static final double HEIGHT = 44;
  private static final double NAME_BASELINE = 19;
  private static final double COUNT_BASELINE = 35;
  private static final double BETWEEN_STEPS = 24;
  private static final double BETWEEN_LAYERS = 36;

  private static final String STYLE =
      """
      text{font-family:system-ui,sans-serif;text-anchor:middle}
      .name{font-size:13px;fill:#17212b}
      .count{font-size:11px;fill:#5b6770}
      .step rect{fill:#eef4fa;stroke:#3b6ea5}
      .source rect{fill:#e9f5ec;stroke:#2f7d4f}
      .sink rect{fill:#fbf1e3;stroke:#a66a1f}
      path{fill:none;stroke:#5b6770}
      .side{stroke-dasharray:5 4}
      """;

  @Override
  public String ending() {
    return ".svg";
  }

  @Override
  public String of(StepGraph graph, String title) {
    StringWriter text = new StringWriter();
    try {
      new Sheet(XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text))
          .draw(graph, title);
    } catch (XMLStreamException e) {
      throw new IllegalStateException("text can always be written", e);
    }
    return text.append('\n').toString();
  }

  /** What is drawn on. */
  private static final class Sheet {
    private final XMLStreamWriter xml;

    Sheet(XMLStreamWriter xml) {
      this.xml = xml;
    }

    void draw(StepGraph graph, String title) throws XMLStreamException {
      ElkNode plan = ElkGraphUtil.createGraph();
      Map<String, ElkNode> boxes = new HashMap<>();
      for (Step step : graph.steps()) {
        ElkNode box = ElkGraphUtil.createNode(plan);
        int letters = Math.max(step.name().length(), count(step).length());
        box.setDimensions(letters * LETTER + 2 * PADDING, HEIGHT);
        boxes.put(step.name(), box);
      }
      Map<Flow, ElkEdge> lines = new LinkedHashMap<>();
      for (Flow flow : graph.flows()) {
        lines.put(
            flow, ElkGraphUtil.createSimpleEdge(boxes.get(flow.from()), boxes.get(flow.to())));
      }
      layOut(plan);
      start("svg", "xmlns", NAMESPACE);
      attributes(
          "viewBox", "0 0 %s %s".formatted(number(plan.getWidth()), number(plan.getHeight())));
      attributes(
          "width", number(plan.getWidth()), "height", number(plan.getHeight()), "role", "img");
      element("title", title);
      element("style", STYLE);
      marker();
      for (Map.Entry<Flow, ElkEdge> line : lines.entrySet()) {
        line(line.getKey(), line.getValue());
      }
      for (Step step : graph.steps()) {
        box(step, kind(graph, step), boxes.get(step.name()));
      }
      xml.writeEndElement();
      xml.flush();
    }

    private static void layOut(ElkNode plan) {
      plan.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
      plan.setProperty(LayeredOptions.DIRECTION, Direction.DOWN);
      plan.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
      plan.setProperty(LayeredOptions.SPACING_NODE_NODE, BETWEEN_STEPS);
      plan.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, BETWEEN_LAYERS);
      plan.setProperty(LayeredOptions.RANDOM_SEED, 1);
      new RecursiveGraphLayoutEngine().layout(plan, new NullElkProgressMonitor());
    }

    private static String kind(StepGraph graph, Step step) {
      if (graph.flows().stream().noneMatch(f -> f.to().equals(step.name()))) {
        return "step source";
      }
      return graph.flows().stream().noneMatch(f -> f.from().equals(step.name()))
          ? "step sink"
          : "step";
    }

    private static String count(Step step) {
      return step.primitives() == 1 ? "1 transform" : step.primitives() + " transforms";
    }

    private void box(Step step, String kind, ElkNode box) throws XMLStreamException {
      double middle = box.getX() + box.getWidth() / 2;
      start("g", "class", kind, "data-step", step.name());
      start("rect", "x", number(box.getX()), "y", number(box.getY()));
      attributes("width", number(box.getWidth()), "height", number(box.getHeight()), "rx", "5");
      xml.writeEndElement();
      text("name", step.name(), middle, box.getY() + NAME_BASELINE);
      text("count", count(step), middle, box.getY() + COUNT_BASELINE);
      xml.writeEndElement();
    }

    private void text(String kind, String text, double x, double y) throws XMLStreamException {
      start("text", "class", kind, "x", number(x), "y", number(y));
      xml.writeCharacters(text);
      xml.writeEndElement();
    }

    private void line(Flow flow, ElkEdge edge) throws XMLStreamException {
      StringBuilder path = new StringBuilder();
      for (ElkEdgeSection part : edge.getSections()) {
        path.append(point('M', part.getStartX(), part.getStartY()));
        for (ElkBendPoint bend : part.getBendPoints()) {
          path.append(point('L', bend.getX(), bend.getY()));
        }
        path.append(point('L', part.getEndX(), part.getEndY()));
      }
      start("path", "class", flow.side() ? "flow side" : "flow", "d", path.toString());
      attributes("data-from", flow.from(), "data-to", flow.to(), "marker-end", "url(#end)");
      xml.writeEndElement();
    }

    private static String point(char command, double x, double y) {
      return command + number(x) + " " + number(y);
    }

    private void marker() throws XMLStreamException {
      start("marker", "id", "end", "viewBox", "0 0 8 8", "refX", "8", "refY", "4");
      attributes("markerWidth", "8", "markerHeight", "8", "orient", "auto");
      start("path", "d", "M0 0L8 4L0 8Z", "style", "fill:#5b6770;stroke:none");
      xml.writeEndElement();
      xml.writeEndElement();
    }

    private void element(String name, String text) throws XMLStreamException {
      xml.writeStartElement(name);
      xml.writeCharacters(text);
      xml.writeEndElement();
    }

    private void start(String name, String... attributes) throws XMLStreamException {
      xml.writeStartElement(name);
      attributes(attributes);
    }

    private void attributes(String... attributes) throws XMLStreamException {
      for (int i = 0; i < attributes.length; i += 2) {
        xml.writeAttribute(attributes[i], attributes[i + 1]);
      }
    }

    private static String number(double value) {
      String text = String.format(Locale.ROOT, "%.1f", value);
      return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
  }
}
