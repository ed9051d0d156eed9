package org.healthbeam.pipelines.summarizevariants;

import java.io.IOException;
import java.util.List;
import javax.annotation.Nullable;
import org.healthbeam.io.table.Columns;
import org.healthbeam.io.table.PartitionBy;
import org.healthbeam.io.table.TableParts;
import org.healthbeam.io.table.WriteTable;
import org.healthbeam.transforms.variant.RowSink;

/**
 * Writes the rows of a table to files of each bundle, in the step that makes what they tell.
 *
 * @param ending of the format
 * @param folder in which the files are
 * @param columns of the table
 * @param by what it is parted by; null if it is one file
 * @param format makes rows
 */
record TypedParts<T>(
    String ending,
    String folder,
    Columns columns,
    @Nullable PartitionBy by,
    WriteTable.Format<T> format)
    implements RowSink<T> {
  @Override
  public Rows<T> begin() {
    return new OfBundle<>(TableParts.begin(ending, folder, columns, by, format));
  }

  private record OfBundle<T>(TableParts<T> parts) implements Rows<T> {
    @Override
    public void add(T row) throws IOException {
      parts.add(row);
    }

    @Override
    public List<String> finish() throws IOException {
      return parts.finish();
    }

    @Override
    public void close() throws IOException {
      parts.close();
    }
  }
}
