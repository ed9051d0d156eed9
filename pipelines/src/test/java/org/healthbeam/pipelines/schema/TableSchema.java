package org.healthbeam.pipelines.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.schemas.NoSuchSchemaException;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.SchemaRegistry;
import org.healthbeam.io.table.Columns;
import org.healthbeam.io.table.Columns.Column;

/** What a type's rows have in a pipeline, beside what its table has in files. */
public final class TableSchema {
  private TableSchema() {}

  /**
   * Asserts that the columns of a table in files are those of the rows: names, order and types.
   * What the rows have behind them is not looked at.
   *
   * @param others columns of the file that the rows have in another form, or not at all
   */
  public static void assertBegins(Class<?> type, Columns file, Set<String> others)
      throws NoSuchSchemaException {
    Schema schema = SchemaRegistry.createDefault().getSchema(type);
    List<String> expected = new ArrayList<>();
    for (Column column : file.all()) {
      if (!others.contains(column.name())) {
        expected.add(column.name() + " " + rowType(column.type()));
      }
    }
    List<String> rows = new ArrayList<>();
    for (Field field : schema.getFields()) {
      if (rows.size() < expected.size() && !others.contains(field.getName())) {
        rows.add(field.getName() + " " + field.getType().getTypeName());
      }
    }
    assertEquals(expected, rows, type.getSimpleName());
  }

  /**
   * Asserts that each column of a table in files is in the rows, or in rows in those, by its name
   * and with its type.
   *
   * @param others columns that are made of others, or have another name
   */
  public static void assertHolds(Class<?> type, Columns file, Set<String> others)
      throws NoSuchSchemaException {
    Set<String> held = new HashSet<>();
    addLeaves(SchemaRegistry.createDefault().getSchema(type), held);
    List<String> absent = new ArrayList<>();
    for (Column column : file.all()) {
      if (!others.contains(column.name())
          && !held.contains(column.name() + " " + rowType(column.type()))) {
        absent.add(column.name() + " " + rowType(column.type()));
      }
    }
    assertEquals(List.of(), absent, () -> type.getSimpleName() + " has " + held);
  }

  private static void addLeaves(Schema schema, Set<String> held) {
    for (Field field : schema.getFields()) {
      FieldType of = field.getType();
      if (of.getCollectionElementType() != null) {
        of = of.getCollectionElementType();
      }
      if (of.getRowSchema() != null) {
        addLeaves(of.getRowSchema(), held);
      } else {
        held.add(field.getName() + " " + field.getType().getTypeName());
      }
    }
  }

  private static Schema.TypeName rowType(Columns.Type type) {
    return switch (type) {
      case TEXT -> Schema.TypeName.STRING;
      case WHOLE -> Schema.TypeName.INT64;
      case NUMBER -> Schema.TypeName.DOUBLE;
      case FLAG -> Schema.TypeName.BOOLEAN;
      case TIME -> Schema.TypeName.DATETIME;
    };
  }
}
