package org.healthbeam.core.unit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A table that ships with this package: tab-separated, a header line, lines that begin with a hash
 * sign and a blank are remarks.
 */
final class TableResource {
  private TableResource() {}

  /** {@return the rows without the header, each with exactly as many cells as the header} */
  static List<List<String>> rows(String resource) {
    List<List<String>> rows = new ArrayList<>();
    try (InputStream in = TableResource.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The class path lacks " + resource);
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isEmpty() && !line.startsWith("# ")) {
          rows.add(List.of(line.split("\t", -1)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + resource, e);
    }
    int columns = rows.get(0).size();
    for (List<String> row : rows) {
      if (row.size() != columns) {
        throw new IllegalStateException(resource + " has a row without " + columns + " cells");
      }
    }
    return List.copyOf(rows.subList(1, rows.size()));
  }
}
