package org.healthbeam.pipelines.summarizevariants;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.healthbeam.io.part.PartFile;
import org.healthbeam.io.table.TsvLine;
import org.healthbeam.transforms.variant.RowSink;

/**
 * Writes the rows of a table to a part file for each bundle, in the step that makes what they tell.
 *
 * @param folder in which the parts are
 * @param bgzf whether they are BGZF
 * @param format makes a row
 */
record RowParts<T>(String folder, boolean bgzf, Format<T> format) implements RowSink<T> {
  /** Bytes of rows that are held. */
  private static final int AT_ONCE = 1 << 16;

  /** Makes a row of what it tells. */
  @FunctionalInterface
  interface Format<T> extends Serializable {
    void add(TsvLine line, T row);
  }

  @Override
  public Rows<T> begin() {
    return new OfBundle<>(bgzf ? PartFile.bgzf(folder) : PartFile.plain(folder), format);
  }

  private static final class OfBundle<T> implements Rows<T> {
    private final PartFile part;
    private final Format<T> format;
    private final TsvLine lines = new TsvLine();

    OfBundle(PartFile part, Format<T> format) {
      this.part = part;
      this.format = format;
    }

    @Override
    public void add(T row) throws IOException {
      format.add(lines, row);
      lines.next();
      if (lines.length() >= AT_ONCE) {
        write();
      }
    }

    private void write() throws IOException {
      lines.writeTo(part.out());
      lines.clear();
    }

    @Override
    public List<String> finish() throws IOException {
      if (lines.length() > 0) {
        write();
      }
      String name = part.finish();
      return name == null ? List.of() : List.of(name);
    }

    @Override
    public void close() throws IOException {
      part.close();
    }
  }
}
