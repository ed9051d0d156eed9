package org.healthbeam.io.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.healthbeam.io.table.DamagedTableException;
import org.healthbeam.io.table.TableFormat;
import org.healthbeam.io.text.FileSystemException;

/**
 * Copies the rows of a row group, whatever their columns hold, with columns of text behind them.
 * The cells that are copied keep their types; metadata of the file other than its schema are left
 * out, since they speak of other columns.
 *
 * <p>Memory: the compressed pages of the row group that is read, and a row group of the file that
 * is written.
 */
final class WidenedRows implements TableFormat.Copied {
  private final ParquetFileReader file;
  private final MessageType schema;
  @Nullable private final PageReadStore pages;
  private long left;
  private List<String> added = List.of();
  @Nullable private ParquetWriter<Group> out;
  @Nullable private RecordReader<Group> rows;
  @Nullable private Group row;

  private WidenedRows(ParquetFileReader file, int group) throws IOException {
    this.file = file;
    this.schema = file.getFileMetaData().getSchema();
    this.pages = group < file.getRowGroups().size() ? read(file, group) : null;
    this.left = pages == null ? 0 : pages.getRowCount();
  }

  /** Opens a file of which only the footer has been read. */
  static ParquetFileReader open(String name) throws IOException {
    try {
      return ParquetFileReader.open(
          new BeamFile(name), HadoopReadOptions.builder(new Configuration(false)).build());
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new DamagedTableException(e);
    }
  }

  static WidenedRows open(String name, int group) throws IOException {
    ParquetFileReader file = open(name);
    try {
      return new WidenedRows(file, group);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public void writeTo(OutputStream to, List<String> columns) throws IOException {
    added = List.copyOf(columns);
    out =
        ExampleParquetWriter.builder(new StreamFile(to))
            .withType(widened(schema, added))
            .withConf(new Configuration(false))
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .withRowGroupSize((long) ParquetRows.ROW_GROUP)
            .build();
  }

  private static MessageType widened(MessageType schema, List<String> added) {
    List<Type> types = new ArrayList<>(schema.getFields());
    for (String name : added) {
      types.add(
          Types.optional(PrimitiveTypeName.BINARY)
              .as(LogicalTypeAnnotation.stringType())
              .named(name));
    }
    return new MessageType(schema.getName(), types);
  }

  private static PageReadStore read(ParquetFileReader file, int group) throws IOException {
    try {
      return file.readRowGroup(group);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new DamagedTableException(e);
    }
  }

  @Override
  public List<String> names() {
    return schema.getFields().stream().map(Type::getName).toList();
  }

  @Override
  public boolean isText(int column) {
    Type type = schema.getType(column);
    if (!type.isPrimitive() || type.isRepetition(Type.Repetition.REPEATED)) {
      return false;
    }
    LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
      case BINARY ->
          meaning == null
              || meaning instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation
              || meaning instanceof LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
      case INT32, INT64 ->
          meaning == null
              || meaning instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation
              || meaning instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation
              || meaning instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
      default -> false;
    };
  }

  @Override
  public boolean next() throws IOException {
    row = null;
    if (left == 0 || pages == null) {
      return false;
    }
    try {
      if (rows == null) {
        // What the file does not have stays missing in the rows.
        MessageType wide = widened(schema, added);
        rows =
            new ColumnIOFactory(file.getFileMetaData().getCreatedBy())
                .getColumnIO(wide, schema)
                .getRecordReader(pages, new GroupRecordConverter(wide));
      }
      row = rows.read();
    } catch (RuntimeException e) {
      if (fileSystemFailed(e)) {
        throw e;
      }
      throw new DamagedTableException(e);
    }
    left--;
    return true;
  }

  private static boolean fileSystemFailed(Throwable e) {
    return Stream.iterate(e, cause -> cause != null, Throwable::getCause)
        .anyMatch(FileSystemException.class::isInstance);
  }

  @Override
  @Nullable
  public String text(int column) {
    if (row.getFieldRepetitionCount(column) == 0) {
      return null;
    }
    PrimitiveType type = schema.getType(column).asPrimitiveType();
    LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    return switch (type.getPrimitiveTypeName()) {
      case INT32 ->
          meaning instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation
              ? LocalDate.ofEpochDay(row.getInteger(column, 0)).toString()
              : isUnsigned(meaning)
                  ? Integer.toUnsignedString(row.getInteger(column, 0))
                  : Integer.toString(row.getInteger(column, 0));
      case INT64 ->
          meaning instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation time
              ? Instant.EPOCH.plus(row.getLong(column, 0), unit(time)).toString()
              : isUnsigned(meaning)
                  ? Long.toUnsignedString(row.getLong(column, 0))
                  : Long.toString(row.getLong(column, 0));
      default -> row.getString(column, 0);
    };
  }

  private static boolean isUnsigned(@Nullable LogicalTypeAnnotation meaning) {
    return meaning instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation number
        && !number.isSigned();
  }

  private static ChronoUnit unit(LogicalTypeAnnotation.TimestampLogicalTypeAnnotation time) {
    return switch (time.getUnit()) {
      case MILLIS -> ChronoUnit.MILLIS;
      case MICROS -> ChronoUnit.MICROS;
      case NANOS -> ChronoUnit.NANOS;
    };
  }

  @Override
  public void write(List<String> texts) throws IOException {
    for (int i = 0; i < added.size(); i++) {
      if (texts.get(i) != null) {
        row.add(added.get(i), texts.get(i));
      }
    }
    out.write(row);
  }

  @Override
  public void close() throws IOException {
    try (file) {
      if (out != null) {
        out.close();
      }
    }
  }
}
