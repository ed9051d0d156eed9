package org.healthbeam.io.table;

import javax.annotation.Nullable;

/** The cells of a row, added from the left, whatever the file's format. */
public interface Cells {
  /**
   * Adds text; null is missing.
   *
   * @param text any characters
   * @return this
   */
  Cells add(@Nullable String text);

  /**
   * Adds a whole number.
   *
   * @param number any
   * @return this
   */
  Cells add(long number);

  /**
   * Adds a number; not a number and the infinities are missing.
   *
   * @param number told as the shortest text that reads back the same
   * @return this
   */
  Cells add(double number);
}
