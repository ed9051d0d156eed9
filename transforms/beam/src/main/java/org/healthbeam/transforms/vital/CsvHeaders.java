package org.healthbeam.transforms.vital;

import java.io.IOException;
import java.io.Serializable;

/** Knows the header line of a table, so that each of its lines can be read by itself. */
@FunctionalInterface
public interface CsvHeaders extends Serializable {
  /**
   * {@return the first line of a table that is not blank}
   *
   * @param source the source of the table's lines
   * @throws java.io.FileNotFoundException if there is no such file
   * @throws IllegalArgumentException if the source cannot be a file
   */
  String headerOf(String source) throws IOException;
}
