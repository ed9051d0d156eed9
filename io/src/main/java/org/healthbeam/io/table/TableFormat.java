package org.healthbeam.io.table;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A kind of file for tables that needs more than this module has; the module that brings it
 * registers it as a service.
 */
public interface TableFormat {
  /** Returns the ending of the files' names. */
  String ending();

  /** Begins a file, which closing the rows ends; the stream stays open. */
  Rows begin(OutputStream out, Columns columns) throws IOException;

  /**
   * Makes one file of several.
   *
   * @param parts files of the same columns, in the order in which they are joined
   * @param out stays open
   */
  void join(List<String> parts, Columns columns, OutputStream out) throws IOException;

  /** The rows of a file. */
  interface Rows extends Cells, Closeable {
    /** Ends a row. */
    void end() throws IOException;
  }

  /** Returns the format of this ending; empty if no module on the class path has it. */
  static Optional<TableFormat> of(String ending) {
    return ServiceLoader.load(TableFormat.class, TableFormat.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .filter(format -> format.ending().equals(ending))
        .findFirst();
  }

  /** Returns Parquet, which {@code healthbeam-io-parquet} has. */
  static TableFormat parquet() {
    return of("parquet")
        .orElseThrow(
            () -> new IllegalStateException("healthbeam-io-parquet is not on the class path"));
  }
}
