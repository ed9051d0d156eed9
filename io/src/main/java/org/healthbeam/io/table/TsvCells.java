package org.healthbeam.io.table;

import java.util.ArrayList;
import java.util.List;

/** The cells of a line that {@link TsvLine} has made. */
public final class TsvCells {
  private TsvCells() {}

  /**
   * {@return the texts of a line's cells; what is missing is empty}
   *
   * @param line without its end
   */
  public static List<String> of(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\t') {
        cells.add(cell.toString());
        cell.setLength(0);
      } else if (c == '\\' && i + 1 < line.length()) {
        i++;
        cell.append(plain(line.charAt(i)));
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }

  private static char plain(char escaped) {
    return switch (escaped) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      default -> escaped;
    };
  }
}
