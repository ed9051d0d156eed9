package org.healthbeam.pipelines.summarizevariants;

import java.io.IOException;
import javax.annotation.Nullable;
import org.healthbeam.io.part.PartFile;
import org.healthbeam.io.table.Columns;
import org.healthbeam.io.table.TableFormat;
import org.healthbeam.io.table.WriteTable;
import org.healthbeam.transforms.variant.RowSink;

/**
 * Writes the rows of a table to a file for each bundle, in the step that makes what they tell.
 *
 * @param ending of the format
 * @param folder in which the files are
 * @param columns of each
 * @param format makes rows
 */
record TypedParts<T>(String ending, String folder, Columns columns, WriteTable.Format<T> format)
    implements RowSink<T> {
  @Override
  public Rows<T> begin() {
    return new OfBundle<>(this);
  }

  private static final class OfBundle<T> implements Rows<T> {
    private final TypedParts<T> table;
    private final PartFile part;
    @Nullable private TableFormat.Rows rows;

    OfBundle(TypedParts<T> table) {
      this.table = table;
      this.part = PartFile.plain(table.folder);
    }

    @Override
    public void add(T row) throws IOException {
      if (rows == null) {
        rows = TableFormat.named(table.ending).begin(part.out(), table.columns);
      }
      table.format.add(rows, row);
    }

    @Override
    public String finish() throws IOException {
      if (rows != null) {
        rows.close();
      }
      return part.finish();
    }

    @Override
    public void close() throws IOException {
      part.close();
    }
  }
}
