package org.healthbeam.io.table;

import java.io.IOException;

/** A file is not the table that it was taken for, or damaged: it stays so, however often read. */
public final class DamagedTableException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * The message has nothing of the cause, which may quote the file.
   *
   * @param cause what was thrown where the file was read
   */
  public DamagedTableException(Throwable cause) {
    super("The table is damaged", cause);
  }
}
