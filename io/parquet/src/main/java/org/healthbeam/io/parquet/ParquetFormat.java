package org.healthbeam.io.parquet;

import com.google.auto.service.AutoService;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.schema.MessageType;
import org.healthbeam.io.table.Columns;
import org.healthbeam.io.table.TableFormat;

/**
 * Parquet with Snappy: whole numbers are {@code INT64} and required, other numbers {@code DOUBLE},
 * text {@code STRING}, flags {@code BOOLEAN} and instants {@code TIMESTAMP(MICROS, UTC)}, null
 * where they are missing.
 */
@AutoService(TableFormat.class)
public final class ParquetFormat implements TableFormat {
  /** Row groups begin where they may; blocks of HDFS are not looked at. */
  private static final int NO_PADDING = 0;

  @Override
  public String ending() {
    return "parquet";
  }

  @Override
  public Rows begin(OutputStream out, Columns columns) throws IOException {
    return ParquetRows.begin(out, columns);
  }

  /** Copies the bytes of the row groups. */
  @Override
  public void join(List<String> parts, Columns columns, OutputStream out) throws IOException {
    ParquetFileWriter file =
        new ParquetFileWriter(
            new StreamFile(out),
            parts.isEmpty() ? RowSupport.schema(columns) : schema(parts.get(0)),
            ParquetFileWriter.Mode.CREATE,
            ParquetRows.ROW_GROUP,
            NO_PADDING,
            ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
            ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
            ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED);
    file.start();
    for (String part : parts) {
      file.appendFile(new BeamFile(part));
    }
    file.end(Map.of());
  }

  private static MessageType schema(String file) throws IOException {
    try (ParquetFileReader opened = WidenedRows.open(file)) {
      return opened.getFileMetaData().getSchema();
    }
  }

  @Override
  public List<Long> groups(String file) throws IOException {
    try (ParquetFileReader opened = WidenedRows.open(file)) {
      return opened.getRowGroups().stream().map(BlockMetaData::getRowCount).toList();
    }
  }

  @Override
  public Copied open(String file, int group) throws IOException {
    return WidenedRows.open(file, group);
  }
}
