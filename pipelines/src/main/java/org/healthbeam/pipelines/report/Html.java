package org.healthbeam.pipelines.report;

import java.io.Writer;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes sections as HTML. Every text goes through an XML writer, which escapes it. */
final class Html {
  private final XMLStreamWriter xml;

  Html(Writer out) throws XMLStreamException {
    xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
  }

  void write(List<Section> sections) throws XMLStreamException {
    start("nav", "aria-label", "Sections");
    start("ul");
    for (Section section : sections) {
      start("li");
      element("a", section.title(), "href", "#" + section.id());
      end();
    }
    end();
    end();
    start("main", "id", "main");
    for (Section section : sections) {
      write(section);
    }
    end();
    xml.flush();
  }

  private void write(Section section) throws XMLStreamException {
    String heading = section.id() + "-title";
    start("section", "id", section.id(), "aria-labelledby", heading);
    element("h2", section.title(), "id", heading);
    if (!section.lead().isEmpty()) {
      element("p", section.lead(), "class", "lead");
    }
    start("div", "class", "blocks");
    for (Block block : section.blocks()) {
      if (block instanceof Block.Figures figures) {
        write(figures);
      } else if (block instanceof Block.Note note) {
        element(
            "p",
            note.text(),
            "class",
            note.warning() ? "note warning" : "note",
            "role",
            note.warning() ? "alert" : "note");
      } else if (block instanceof Block.Table table) {
        start("div", "class", "wide");
        write(table);
        end();
      } else if (block instanceof Block.Folded folded) {
        start("div", "class", "wide");
        start("details", "class", "folded");
        element("summary", folded.table().title());
        write(folded.table());
        end();
        end();
      } else if (block instanceof Block.Plot plot) {
        write(plot);
      } else if (block instanceof Block.Pages pages) {
        write(pages);
      }
    }
    end();
    end();
  }

  /** What the script needs to let one choose a page; it shows the page in the article. */
  private void write(Block.Pages pages) throws XMLStreamException {
    String how = pages.id() + "-how";
    start("div", "class", "pages wide", "id", pages.id());
    element("h3", pages.title());
    element("p", pages.how(), "class", "how", "id", how);
    start("div", "class", "choose", "role", "search", "aria-label", pages.title());
    start("p");
    element("label", "Show those whose name has", "for", pages.id() + "-find");
    start("input", "type", "search", "id", pages.id() + "-find", "autocomplete", "off");
    end();
    end();
    start("p");
    element("label", "Choose one", "for", pages.id() + "-list");
    start("select", "id", pages.id() + "-list", "size", "8", "aria-describedby", how);
    for (int i = 0; i < pages.names().size(); i++) {
      element("option", pages.names().get(i), "value", String.valueOf(i));
    }
    end();
    end();
    element("p", "", "role", "status", "class", "below");
    end();
    start("article", "tabindex", "-1", "aria-live", "off");
    end();
    element("noscript", "These pages need JavaScript, which is off.");
    end();
  }

  private void write(Block.Figures figures) throws XMLStreamException {
    start("dl", "class", "figures wide");
    for (Block.Figure figure : figures.figures()) {
      start("div", "class", figure.alarming() ? "alarming" : "calm");
      element("dt", figure.name());
      element("dd", (figure.alarming() ? "\u26a0 " : "") + figure.value());
      end();
    }
    end();
  }

  private void write(Block.Plot plot) throws XMLStreamException {
    String how = plot.id() + "-how";
    start("figure", "class", plot.wide() ? "wide" : "half");
    element("figcaption", plot.title());
    element("p", plot.how(), "class", "how", "id", how);
    start(
        "div",
        "class",
        "plot",
        "id",
        plot.id(),
        "role",
        "img",
        "aria-label",
        "Plot: " + plot.title() + ". The table below has the same numbers.",
        "aria-describedby",
        how);
    end();
    start("details");
    element("summary", "The numbers as a table");
    write(plot.table());
    end();
    end();
  }

  private void write(Block.Table table) throws XMLStreamException {
    start("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", table.title());
    start("table");
    element("caption", table.title());
    start("thead");
    start("tr");
    for (Block.Column column : table.columns()) {
      if (column.numeric()) {
        element("th", column.name(), "scope", "col", "class", "n");
      } else {
        element("th", column.name(), "scope", "col");
      }
    }
    end();
    end();
    start("tbody");
    for (List<Object> row : table.rows()) {
      start("tr");
      for (int i = 0; i < row.size(); i++) {
        if (table.columns().get(i).numeric()) {
          element("td", cell(row.get(i)), "class", "n");
        } else {
          element("td", cell(row.get(i)));
        }
      }
      end();
    }
    end();
    end();
    end();
    if (table.rows().isEmpty()) {
      element("p", "None.", "class", "below");
    }
    if (!table.note().isEmpty()) {
      element("p", table.note(), "class", "below");
    }
  }

  private static String cell(Object value) {
    if (value instanceof Long n) {
      return Numbers.count(n);
    }
    if (value instanceof Double x) {
      return Numbers.shortly(x);
    }
    return String.valueOf(value);
  }

  private void start(String name, String... attributes) throws XMLStreamException {
    xml.writeStartElement(name);
    for (int i = 0; i < attributes.length; i += 2) {
      xml.writeAttribute(attributes[i], legal(attributes[i + 1]));
    }
  }

  private void element(String name, String text, String... attributes) throws XMLStreamException {
    start(name, attributes);
    xml.writeCharacters(legal(text));
    end();
  }

  private void end() throws XMLStreamException {
    xml.writeEndElement();
  }

  /** Control characters are no HTML; they are shown as the sign for what cannot be shown. */
  private static String legal(String text) {
    int bad = 0;
    while (bad < text.length() && !isControl(text.charAt(bad))) {
      bad++;
    }
    if (bad == text.length()) {
      return text;
    }
    StringBuilder result = new StringBuilder(text);
    for (int i = bad; i < result.length(); i++) {
      if (isControl(result.charAt(i))) {
        result.setCharAt(i, '\ufffd');
      }
    }
    return result.toString();
  }

  private static boolean isControl(char c) {
    boolean control = c < 0x20 && c != '\n' && c != '\t';
    boolean upperControl = c >= 0x7f && c < 0xa0;
    // Directions could make a display read as something else.
    boolean direction = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    return control || upperControl || direction;
  }
}
