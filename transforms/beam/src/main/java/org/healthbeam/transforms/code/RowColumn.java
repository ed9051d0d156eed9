package org.healthbeam.transforms.code;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.LogicalType;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.apache.beam.sdk.schemas.logicaltypes.SqlTypes;
import org.apache.beam.sdk.values.Row;

/** A column that has been found in a schema: of text, of an array of text, or of whole numbers. */
record RowColumn(String name, int index, boolean isArray, FieldType type) implements Serializable {

  /** Finds a column of text, or of an array of text. */
  static RowColumn ofText(Schema schema, String name) {
    FieldType type = typeOf(schema, name);
    boolean isArray =
        type.getTypeName() == TypeName.ARRAY || type.getTypeName() == TypeName.ITERABLE;
    FieldType element = isArray ? type.getCollectionElementType() : type;
    if (!isText(element)) {
      throw new IllegalArgumentException(
          "Column '%s' is %s; Codes.mapRows needs STRING or an array of STRING"
              .formatted(name, said(type)));
    }
    return new RowColumn(name, schema.indexOf(name), isArray, element);
  }

  /** Finds a column of identifiers. */
  static RowColumn ofIdentifiers(Schema schema, String name) {
    FieldType type = typeOf(schema, name);
    switch (type.getTypeName()) {
      case STRING, INT16, INT32, INT64 -> {}
      default -> {
        if (!isText(type)) {
          throw new IllegalArgumentException(
              "Column '%s' is %s; identifiedBy needs STRING or whole numbers"
                  .formatted(name, said(type)));
        }
      }
    }
    return new RowColumn(name, schema.indexOf(name), false, type);
  }

  /** Finds a column of dates or instants, or of ISO 8601 text. */
  static RowColumn ofDates(Schema schema, String name) {
    FieldType type = typeOf(schema, name);
    LogicalType<Object, ?> logical = logical(type);
    if (!isText(type)
        && type.getTypeName() != TypeName.DATETIME
        && (logical == null
            || !(logical.getIdentifier().equals(SqlTypes.DATE.getIdentifier())
                || logical.getBaseType().getTypeName() == TypeName.DATETIME))) {
      throw new IllegalArgumentException(
          "Column '%s' is %s; datedBy needs a date, DATETIME or STRING"
              .formatted(name, said(type)));
    }
    return new RowColumn(name, schema.indexOf(name), false, type);
  }

  /** {@return a day as the row has it, anything else as what its type is made of} */
  @Nullable
  Object baseValue(Row row) {
    Object value = row.getValue(index);
    LogicalType<Object, ?> logical = logical(type);
    return value == null || value instanceof LocalDate || logical == null
        ? value
        : logical.toBaseType(value);
  }

  /** {@return the text of a column that is no array, empty if it is null} */
  String text(Row row) {
    return text(row.<Object>getValue(index));
  }

  /** {@return the texts of an array, empty where they are null, and none if the array is null} */
  List<String> texts(Row row) {
    Iterable<?> values = row.getValue(index);
    List<String> texts = new ArrayList<>();
    if (values != null) {
      values.forEach(value -> texts.add(text(value)));
    }
    return texts;
  }

  private String text(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    LogicalType<Object, ?> logical = logical(type);
    return String.valueOf(logical == null ? value : logical.toBaseType(value));
  }

  @Nullable
  @SuppressWarnings("unchecked") // A row holds what its schema says.
  private static LogicalType<Object, ?> logical(FieldType type) {
    return type.getTypeName() == TypeName.LOGICAL_TYPE
        ? (LogicalType<Object, ?>) type.getLogicalType()
        : null;
  }

  private static FieldType typeOf(Schema schema, String name) {
    if (!schema.hasField(name)) {
      throw new IllegalArgumentException(
          "The rows have no column '%s'; they have %s"
              .formatted(name, String.join(", ", schema.getFieldNames())));
    }
    return schema.getField(name).getType();
  }

  private static boolean isText(FieldType type) {
    LogicalType<Object, ?> logical = logical(type);
    return (logical == null ? type : logical.getBaseType()).getTypeName() == TypeName.STRING;
  }

  private static String said(FieldType type) {
    return type.getTypeName().isCollectionType()
        ? type.getTypeName() + " of " + said(type.getCollectionElementType())
        : type.getTypeName().toString();
  }
}
