package org.healthbeam.io.parquet;

import java.io.IOException;
import java.io.OutputStream;
import javax.annotation.Nullable;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.healthbeam.io.table.Columns;
import org.healthbeam.io.table.TableFormat;

/**
 * Writes rows as Parquet, cell by cell; what is missing is null. It holds the rows of {@value
 * #ROW_GROUP} bytes before it writes them, column by column, as Snappy.
 */
final class ParquetRows implements TableFormat.Rows {
  static final int ROW_GROUP = 16 << 20;

  private final ParquetWriter<Object[]> rows;
  private final Columns columns;
  private final Object[] row;
  private int next;

  private ParquetRows(ParquetWriter<Object[]> rows, Columns columns) {
    this.rows = rows;
    this.columns = columns;
    this.row = new Object[columns.all().size()];
  }

  /** Begins a file, which {@link #close} ends; the stream stays open. */
  static ParquetRows begin(OutputStream out, Columns columns) throws IOException {
    return new ParquetRows(
        new Builder(new StreamFile(out), columns)
            .withConf(new Configuration(false))
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .withRowGroupSize((long) ROW_GROUP)
            .build(),
        columns);
  }

  @Override
  public ParquetRows add(@Nullable String text) {
    row[next] = TableFormat.typed(columns.all().get(next).type(), text);
    next++;
    return this;
  }

  @Override
  public ParquetRows add(long number) {
    row[next++] = number;
    return this;
  }

  @Override
  public ParquetRows add(double number) {
    row[next++] = Double.isFinite(number) ? number : null;
    return this;
  }

  @Override
  public void end() throws IOException {
    if (next != row.length) {
      throw new IllegalStateException(
          "a row of %d cells in a table of %d columns".formatted(next, row.length));
    }
    rows.write(row);
    next = 0;
  }

  /** Ends the file. */
  @Override
  public void close() throws IOException {
    rows.close();
  }

  private static final class Builder extends ParquetWriter.Builder<Object[], Builder> {
    private final Columns columns;

    Builder(OutputFile file, Columns columns) {
      super(file);
      this.columns = columns;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<Object[]> getWriteSupport(Configuration configuration) {
      return new RowSupport(columns);
    }
  }
}
