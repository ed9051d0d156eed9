package org.healthbeam.pipelines.report;

import java.util.List;
import java.util.Map;

/** One part of a section of the page. Its texts may come from data: they are escaped on writing. */
sealed interface Block
    permits Block.Figures, Block.Note, Block.Table, Block.Folded, Block.Plot, Block.Pages {

  /** Key figures, side by side. */
  record Figures(List<Figure> figures) implements Block {}

  /**
   * One key figure.
   *
   * @param value as it is shown
   * @param name what it is
   * @param alarming whether the reader must look at it
   */
  record Figure(String value, String name, boolean alarming) {}

  /** A sentence; a warning stands out. */
  record Note(String text, boolean warning) implements Block {}

  /** A column's heading, and whether it holds numbers. */
  record Column(String name, boolean numeric) {
    static Column text(String name) {
      return new Column(name, false);
    }

    static Column number(String name) {
      return new Column(name, true);
    }
  }

  /**
   * A table, written by us and legible without JavaScript.
   *
   * @param title its caption
   * @param note what is not shown, or how to read it; may be empty
   * @param columns the headings
   * @param rows cells: text, {@code Long} or {@code Double}
   */
  record Table(String title, String note, List<Column> columns, List<List<Object>> rows)
      implements Block {}

  /** A table that opens when asked for. */
  record Folded(Table table) implements Block {}

  /**
   * A plot.
   *
   * @param id unique on the page; the plot's specification stands under it in the data block
   * @param title what is plotted
   * @param how a sentence that says how to read it
   * @param wide whether it takes the page's whole width
   * @param chart what the script draws
   * @param table the same numbers as a table
   */
  record Plot(String id, String title, String how, boolean wide, Chart chart, Table table)
      implements Block {}

  /**
   * Pages of which one is shown at a time, when somebody chooses it.
   *
   * @param id unique on the page; the pages stand under it in a data block
   * @param title what they are of
   * @param how a sentence or two that say what is there, and what is not
   * @param names what each page is chosen by
   * @param values what each page shows: numbers, text, and lists and maps of these
   */
  record Pages(
      String id, String title, String how, List<String> names, List<Map<String, Object>> values)
      implements Block {}
}
