package org.healthbeam.io.parquet;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.healthbeam.io.table.Columns;

/** Tells Parquet the cells of a row, and the schema. */
final class RowSupport extends WriteSupport<Object[]> {
  private final Columns columns;
  private RecordConsumer consumer;

  RowSupport(Columns columns) {
    this.columns = columns;
  }

  /** Whole numbers are required; text is UTF-8. */
  static MessageType schema(Columns columns) {
    Types.MessageTypeBuilder schema = Types.buildMessage();
    for (Columns.Column column : columns.all()) {
      switch (column.type()) {
        case WHOLE -> schema.required(PrimitiveTypeName.INT64).named(column.name());
        case NUMBER -> schema.optional(PrimitiveTypeName.DOUBLE).named(column.name());
        case FLAG -> schema.optional(PrimitiveTypeName.BOOLEAN).named(column.name());
        case TIME ->
            schema
                .optional(PrimitiveTypeName.INT64)
                .as(
                    LogicalTypeAnnotation.timestampType(
                        true, LogicalTypeAnnotation.TimeUnit.MICROS))
                .named(column.name());
        case TEXT ->
            schema
                .optional(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named(column.name());
      }
    }
    return schema.named("table");
  }

  @Override
  public WriteContext init(Configuration configuration) {
    return new WriteContext(schema(columns), Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    this.consumer = consumer;
  }

  @Override
  public void write(Object[] row) {
    consumer.startMessage();
    for (int i = 0; i < row.length; i++) {
      if (row[i] != null) {
        Columns.Column column = columns.all().get(i);
        consumer.startField(column.name(), i);
        switch (column.type()) {
          case WHOLE, TIME -> consumer.addLong((Long) row[i]);
          case FLAG -> consumer.addBoolean((Boolean) row[i]);
          case NUMBER -> consumer.addDouble((Double) row[i]);
          case TEXT -> consumer.addBinary(Binary.fromString((String) row[i]));
        }
        consumer.endField(column.name(), i);
      }
    }
    consumer.endMessage();
  }
}
