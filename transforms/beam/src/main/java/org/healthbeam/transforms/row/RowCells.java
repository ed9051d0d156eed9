package org.healthbeam.transforms.row;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.values.Row;

/** The cells of a row by the names of their columns, as {@link RowForm} has written them. */
public record RowCells(Row row) {

  /** Returns text. */
  public String text(String name) {
    return Objects.requireNonNull(row.getString(name), name);
  }

  /** Returns a whole number. */
  public long whole(String name) {
    return Objects.requireNonNull(row.getInt64(name), name);
  }

  /** Returns a whole number of 32 bits. */
  public int count(String name) {
    return Math.toIntExact(whole(name));
  }

  /** Returns a number; NaN where there is none. */
  public double number(String name) {
    Double number = row.getDouble(name);
    return number == null ? Double.NaN : number;
  }

  /** Returns a flag. */
  public boolean flag(String name) {
    return Objects.requireNonNull(row.getBoolean(name), name);
  }

  /** Returns an instant. */
  public Instant time(String name) {
    return Instant.ofEpochMilli(Objects.requireNonNull(row.getDateTime(name), name).getMillis());
  }

  /** Returns bytes. */
  public byte[] bytes(String name) {
    return Objects.requireNonNull(row.getBytes(name), name);
  }

  /** Returns several texts. */
  public List<String> texts(String name) {
    return List.copyOf(Objects.requireNonNull(row.<String>getArray(name), name));
  }

  /** Says whether a cell is null. */
  public boolean isNull(String name) {
    return row.getValue(name) == null;
  }

  /** Returns a value that is a row itself. */
  public <T> T row(String name, RowForm<T> form) {
    return form.fromRow().apply(Objects.requireNonNull(row.getRow(name), name));
  }

  /** Returns values that are rows themselves. */
  public <T> List<T> rows(String name, RowForm<T> form) {
    return Objects.requireNonNull(row.<Row>getArray(name), name).stream()
        .map(form.fromRow())
        .toList();
  }
}
