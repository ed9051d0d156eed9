package org.healthbeam.transforms.row;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.values.Row;

/** The cells of a row by the names of their columns, as {@link RowForm} has written them. */
public record RowCells(Row row) {

  /**
   * {@return text}
   *
   * @param name of the column
   */
  public String text(String name) {
    return Objects.requireNonNull(row.getString(name), name);
  }

  /**
   * {@return a whole number}
   *
   * @param name of the column
   */
  public long whole(String name) {
    return Objects.requireNonNull(row.getInt64(name), name);
  }

  /**
   * {@return a whole number of 32 bits}
   *
   * @param name of the column
   */
  public int count(String name) {
    return Math.toIntExact(whole(name));
  }

  /**
   * {@return a number; NaN where there is none}
   *
   * @param name of the column
   */
  public double number(String name) {
    Double number = row.getDouble(name);
    return number == null ? Double.NaN : number;
  }

  /**
   * {@return a flag}
   *
   * @param name of the column
   */
  public boolean flag(String name) {
    return Objects.requireNonNull(row.getBoolean(name), name);
  }

  /**
   * {@return an instant}
   *
   * @param name of the column
   */
  public Instant time(String name) {
    return Instant.ofEpochMilli(Objects.requireNonNull(row.getDateTime(name), name).getMillis());
  }

  /**
   * {@return bytes}
   *
   * @param name of the column
   */
  public byte[] bytes(String name) {
    return Objects.requireNonNull(row.getBytes(name), name);
  }

  /**
   * {@return several texts}
   *
   * @param name of the column
   */
  public List<String> texts(String name) {
    return List.copyOf(Objects.requireNonNull(row.<String>getArray(name), name));
  }

  /**
   * {@return whether a cell is null}
   *
   * @param name of the column
   */
  public boolean isNull(String name) {
    return row.getValue(name) == null;
  }

  /**
   * {@return a value that is a row itself}
   *
   * @param <T> the type of the value
   * @param name of the column
   * @param form of the value
   */
  public <T> T row(String name, RowForm<T> form) {
    return form.fromRow().apply(Objects.requireNonNull(row.getRow(name), name));
  }

  /**
   * {@return values that are rows themselves}
   *
   * @param <T> the type of the values
   * @param name of the column
   * @param form of each value
   */
  public <T> List<T> rows(String name, RowForm<T> form) {
    return Objects.requireNonNull(row.<Row>getArray(name), name).stream()
        .map(form.fromRow())
        .toList();
  }
}
