package org.healthbeam.io.avro;

import com.google.auto.service.AutoService;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import javax.annotation.Nullable;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.healthbeam.io.table.Columns;
import org.healthbeam.io.table.TableFormat;
import org.healthbeam.transforms.files.NamedFiles;

/**
 * Avro object container files with deflate: whole numbers are {@code long}; other numbers {@code
 * double}, text {@code string}, flags {@code boolean} and instants {@code timestamp-micros}, all of
 * them null where they are missing. In the name of a column what Avro does not take in names is an
 * underscore.
 *
 * <p>The marks between blocks, which Avro makes at random, are made of the schema: the same rows
 * are the same bytes.
 */
@AutoService(TableFormat.class)
public final class AvroFormat implements TableFormat {
  private static final int LEVEL = 6;

  @Override
  public String ending() {
    return "avro";
  }

  @Override
  public Rows begin(OutputStream out, Columns columns) throws IOException {
    Schema schema = schema(columns);
    return new AvroRows(file(schema, out), schema, columns);
  }

  /** Copies the compressed blocks. */
  @Override
  public void join(List<String> parts, Columns columns, OutputStream out) throws IOException {
    try (DataFileWriter<GenericRecord> file = file(schema(columns), out)) {
      for (String part : parts) {
        try (InputStream in = NamedFiles.open(part);
            DataFileStream<GenericRecord> rows =
                new DataFileStream<>(in, new GenericDatumReader<>())) {
          file.appendAllFrom(rows, false);
        }
      }
    }
  }

  private static DataFileWriter<GenericRecord> file(Schema schema, OutputStream out)
      throws IOException {
    DataFileWriter<GenericRecord> file = new DataFileWriter<>(new GenericDatumWriter<>(schema));
    file.setCodec(CodecFactory.deflateCodec(LEVEL));
    file.create(schema, new StaysOpen(out), mark(schema));
    return file;
  }

  private static byte[] mark(Schema schema) {
    UUID of = UUID.nameUUIDFromBytes(schema.toString().getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.allocate(16)
        .putLong(of.getMostSignificantBits())
        .putLong(of.getLeastSignificantBits())
        .array();
  }

  private static Schema schema(Columns columns) {
    SchemaBuilder.FieldAssembler<Schema> fields = SchemaBuilder.record("table").fields();
    Schema time = LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
    for (Columns.Column column : columns.all()) {
      String name = column.name().replaceAll("[^A-Za-z0-9_]", "_").replaceFirst("^(?=[0-9])", "_");
      Schema type =
          switch (column.type()) {
            case WHOLE -> Schema.create(Schema.Type.LONG);
            case NUMBER -> orNull(Schema.create(Schema.Type.DOUBLE));
            case FLAG -> orNull(Schema.create(Schema.Type.BOOLEAN));
            case TIME -> orNull(time);
            case TEXT -> orNull(Schema.create(Schema.Type.STRING));
          };
      fields = fields.name(name).type(type).noDefault();
    }
    return fields.endRecord();
  }

  private static Schema orNull(Schema type) {
    return Schema.createUnion(Schema.create(Schema.Type.NULL), type);
  }

  /** Whoever has opened the stream closes it. */
  private static final class StaysOpen extends FilterOutputStream {
    StaysOpen(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  /** Writes rows, cell by cell; it holds a block of them. */
  private static final class AvroRows implements Rows {
    private final DataFileWriter<GenericRecord> file;
    private final Columns columns;
    private final GenericRecord row;
    private int next;

    AvroRows(DataFileWriter<GenericRecord> file, Schema schema, Columns columns) {
      this.file = file;
      this.columns = columns;
      this.row = new GenericData.Record(schema);
    }

    @Override
    public AvroRows add(@Nullable String text) {
      row.put(next, TableFormat.typed(columns.all().get(next).type(), text));
      next++;
      return this;
    }

    @Override
    public AvroRows add(long number) {
      row.put(next++, number);
      return this;
    }

    @Override
    public AvroRows add(double number) {
      row.put(next++, Double.isFinite(number) ? number : null);
      return this;
    }

    @Override
    public void end() throws IOException {
      if (next != columns.all().size()) {
        throw new IllegalStateException(
            "a row of %d cells in a table of %d columns".formatted(next, columns.all().size()));
      }
      file.append(row);
      next = 0;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
