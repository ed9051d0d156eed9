package org.healthbeam.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of a page that a test makes, between two comments.
 *
 * @param test the simple name of the test's class, by which the first comment calls it
 * @param page the file
 */
public record PageTable(String test, Path page) {
  private static final String END = "<!-- End of the table. -->";

  /** A table of {@code docs/runners.md}. */
  public PageTable(String test) {
    this(test, HealthBeamProcess.root().resolve("docs/runners.md"));
  }

  /**
   * Holds the page to what was found, or writes it.
   *
   * @param lines the table
   * @param writing the name of a system property: where it is {@code true}, the page is written
   */
  public void hold(List<String> lines, String writing) throws IOException {
    List<String> all = new ArrayList<>(Files.readAllLines(page));
    List<String> table = table(all);
    if (Boolean.getBoolean(writing)) {
      table.clear();
      table.addAll(lines);
      Files.write(page, all);
      return;
    }
    assertEquals(String.join("\n", lines), String.join("\n", table));
  }

  /** As {@link #hold}, of cells: the header, then the other lines. */
  void holdCells(List<List<String>> cells, String writing) throws IOException {
    List<String> lines = new ArrayList<>();
    for (List<String> line : cells) {
      lines.add(line.stream().collect(Collectors.joining(" | ", "| ", " |")));
    }
    lines.add(1, "|" + "---|".repeat(cells.get(0).size()));
    hold(lines, writing);
  }

  /** Returns the cells that the page has, as {@link #holdCells} takes them. */
  List<List<String>> cells() throws IOException {
    List<List<String>> cells = new ArrayList<>();
    for (String line : table(Files.readAllLines(page))) {
      cells.add(List.of(line.substring(2, line.length() - 2).split(" \\| ", -1)));
    }
    cells.remove(1);
    return cells;
  }

  private List<String> table(List<String> page) {
    int begin = page.indexOf("<!-- The table is made by " + test + ". -->") + 2;
    return page.subList(begin, begin + page.subList(begin, page.size()).indexOf(END) - 1);
  }
}
