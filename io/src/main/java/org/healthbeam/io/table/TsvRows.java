package org.healthbeam.io.table;

import java.io.IOException;
import java.util.List;

/**
 * Makes typed rows of lines that {@link TsvLine} has made, so that a table is told once, whatever
 * it is written as.
 *
 * @param columns of the lines
 */
public record TsvRows(Columns columns) implements WriteTable.Format<String> {

  /** Adds the rows of lines with line feeds between them, or behind each. */
  @Override
  public void add(TableFormat.Rows rows, String lines) throws IOException {
    int from = 0;
    for (int end = lines.indexOf('\n'); end >= 0; end = lines.indexOf('\n', from)) {
      addLine(rows, lines.substring(from, end));
      from = end + 1;
    }
    if (from < lines.length()) {
      addLine(rows, lines.substring(from));
    }
  }

  private void addLine(TableFormat.Rows rows, String line) throws IOException {
    List<String> cells = TsvCells.of(line);
    if (cells.size() != columns.all().size()) {
      throw new IllegalStateException(
          "a line of %d cells in a table of %d columns"
              .formatted(cells.size(), columns.all().size()));
    }
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      switch (columns.all().get(i).type()) {
        case WHOLE -> rows.add(Long.parseLong(cell));
        case NUMBER -> rows.add(cell.isEmpty() ? Double.NaN : Double.parseDouble(cell));
        default -> rows.add(cell.isEmpty() ? null : cell);
      }
    }
    rows.end();
  }
}
