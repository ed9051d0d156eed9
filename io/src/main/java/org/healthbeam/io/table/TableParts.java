package org.healthbeam.io.table;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import javax.annotation.Nullable;
import org.healthbeam.io.part.PartFile;

/**
 * The parts of a table in a {@link TableFormat} that one bundle writes; used by one thread. {@link
 * WriteTable#ofParts}, or {@link WritePartitions#ofParts}, makes the table of them.
 *
 * @param <T> what rows are made of
 */
public interface TableParts<T> extends Closeable {
  /**
   * Adds the rows of an element.
   *
   * @param element what they are made of
   * @throws IOException if they cannot be written
   */
  void add(T element) throws IOException;

  /**
   * Ends the parts.
   *
   * @return the names of their files; none without a row
   * @throws IOException if they cannot be written to the end
   */
  List<String> finish() throws IOException;

  /** Leaves parts that failed; does nothing after {@link #finish}. */
  @Override
  void close() throws IOException;

  /**
   * {@return what takes what a bundle writes}
   *
   * @param <T> what rows are made of
   * @param ending of the format
   * @param temporary where the parts are put
   * @param columns of the table
   * @param by what the table is parted by; null if it is one file
   * @param format makes the rows
   */
  static <T> TableParts<T> begin(
      String ending,
      String temporary,
      Columns columns,
      @Nullable PartitionBy by,
      WriteTable.Format<T> format) {
    return by == null
        ? new OnePart<>(ending, PartFile.plain(temporary), columns, format)
        : new PartitionParts<>(ending, temporary, by, format);
  }

  /** One file of all rows. */
  final class OnePart<T> implements TableParts<T> {
    private final String ending;
    private final PartFile part;
    private final Columns columns;
    private final WriteTable.Format<T> format;
    @Nullable private TableFormat.Rows rows;

    private OnePart(String ending, PartFile part, Columns columns, WriteTable.Format<T> format) {
      this.ending = ending;
      this.part = part;
      this.columns = columns;
      this.format = format;
    }

    @Override
    public void add(T element) throws IOException {
      if (rows == null) {
        rows = TableFormat.named(ending).begin(part.out(), columns);
      }
      format.add(rows, element);
    }

    @Override
    public List<String> finish() throws IOException {
      if (rows == null) {
        return List.of();
      }
      rows.close();
      return List.of(part.finish());
    }

    @Override
    public void close() throws IOException {
      part.close();
    }
  }
}
