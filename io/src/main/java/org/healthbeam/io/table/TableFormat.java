package org.healthbeam.io.table;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import javax.annotation.Nullable;

/**
 * A kind of file for tables that needs more than this module has; the module that brings it
 * registers it as a service.
 */
public interface TableFormat {
  /** {@return the ending of the files' names} */
  String ending();

  /**
   * Begins a file, which closing the rows ends; the stream stays open.
   *
   * @param out the file
   * @param columns in order
   * @return what takes the rows
   * @throws IOException if the file cannot be written
   */
  Rows begin(OutputStream out, Columns columns) throws IOException;

  /**
   * Makes one file of several.
   *
   * @param parts files of the same columns, in the order in which they are joined
   * @param columns of the file if there is no part
   * @param out stays open
   * @throws IOException if a part cannot be read, or the file not be written
   */
  void join(List<String> parts, Columns columns, OutputStream out) throws IOException;

  /**
   * {@return how many rows each group of rows of a file has, which can be read apart}
   *
   * @param file on any file system
   * @throws DamagedTableException if the file is no such table
   * @throws org.healthbeam.io.text.FileSystemException if the file system fails
   */
  default List<Long> groups(String file) throws IOException {
    throw new UnsupportedOperationException("Tables are not read as " + ending());
  }

  /**
   * Opens one group of rows; of a file without rows, group 0 has none.
   *
   * @param file on any file system
   * @param group from 0
   * @return its rows, before the first one
   * @throws DamagedTableException if the file is no such table
   * @throws org.healthbeam.io.text.FileSystemException if the file system fails
   */
  default Copied open(String file, int group) throws IOException {
    throw new UnsupportedOperationException("Tables are not read as " + ending());
  }

  /** The rows of a table that is copied with more columns. */
  interface Copied extends Closeable {
    /** {@return the names of the columns that the table has} */
    List<String> names();

    /**
     * {@return whether the cells of a column can be told as text: text, whole numbers, dates,
     * times}
     *
     * @param column from 0
     */
    boolean isText(int column);

    /**
     * Says where to write, before the first row; without it rows can only be looked at.
     *
     * @param out stays open
     * @param added columns of text, which stand behind the table's own
     * @throws IOException if nothing can be written there
     */
    void writeTo(OutputStream out, List<String> added) throws IOException;

    /**
     * Goes on to the next row.
     *
     * @return false if there is none
     * @throws DamagedTableException if the rest of the rows cannot be read
     */
    boolean next() throws IOException;

    /**
     * {@return a cell of the row; null if it is missing}
     *
     * @param column from 0; {@link #isText} says that it can be told
     */
    @Nullable
    String text(int column);

    /**
     * Writes the row. One that is passed over by {@link #next} is not written.
     *
     * @param added a text for each column that is added; null is missing
     * @throws IOException if the file cannot be written
     */
    void write(List<String> added) throws IOException;
  }

  /** The rows of a file. */
  interface Rows extends Cells, Closeable {
    /**
     * Ends a row.
     *
     * @throws IOException if the file cannot be written
     */
    void end() throws IOException;
  }

  /**
   * {@return the format of this ending; empty if no module on the class path has it}
   *
   * @param ending with its dot
   */
  static Optional<TableFormat> of(String ending) {
    return ServiceLoader.load(TableFormat.class, TableFormat.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .filter(format -> format.ending().equals(ending))
        .findFirst();
  }

  /**
   * {@return the format of this ending, which {@code healthbeam-io-parquet} has}
   *
   * @param ending with its dot
   */
  static TableFormat named(String ending) {
    return of(ending)
        .orElseThrow(
            () -> new IllegalStateException("healthbeam-io-parquet is not on the class path"));
  }

  /** {@return Parquet} */
  static TableFormat parquet() {
    return named("parquet");
  }

  /**
   * {@return a cell of text as its column's type: a text, a boolean, or the microseconds since 1970
   * of an instant}
   *
   * @param type of the column
   * @param text as it stands in TSV; null is missing
   */
  @Nullable
  static Object typed(Columns.Type type, @Nullable String text) {
    if (text == null) {
      return null;
    }
    return switch (type) {
      case FLAG -> Boolean.valueOf(text);
      case TIME -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text));
      default -> text;
    };
  }
}
