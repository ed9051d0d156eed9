package org.healthbeam.io.table;

import javax.annotation.Nullable;

/** The cells of a row, added from the left, whatever the file's format. */
public interface Cells {
  /** Adds text; null is missing. */
  Cells add(@Nullable String text);

  /** Adds a whole number. */
  Cells add(long number);

  /** Adds a number; not a number and the infinities are missing. */
  Cells add(double number);
}
