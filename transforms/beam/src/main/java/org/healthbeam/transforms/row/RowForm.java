package org.healthbeam.transforms.row;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import javax.annotation.Nullable;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.Row;

/**
 * How values of a type become rows and come back: the columns of their table in files by the same
 * names, then what only the way back needs.
 *
 * @param type of the values
 * @param schema of the rows
 * @param toRow makes a row, whose values are those of the schema
 * @param fromRow makes the value that {@code toRow} made a row of
 */
public record RowForm<T>(
    Class<T> type, Schema schema, Function<T, Row> toRow, Function<Row, T> fromRow) {

  /**
   * Refuses what is null.
   *
   * @param type of the values
   * @param schema of the rows
   * @param toRow makes a row, whose values are those of the schema
   * @param fromRow makes the value that {@code toRow} made a row of
   */
  public RowForm {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(toRow, "toRow");
    Objects.requireNonNull(fromRow, "fromRow");
  }

  /**
   * {@return the columns of a form, of which there are none yet}
   *
   * @param <T> the type
   * @param type has no type parameters
   */
  public static <T> Columns<T> of(Class<T> type) {
    return new Columns<>(type);
  }

  /** The columns of a form that is being made, in order. */
  public static final class Columns<T> {
    private static final FieldType NUMBER = FieldType.DOUBLE.withNullable(true);

    private final Class<T> type;
    private final Schema.Builder schema = Schema.builder();
    private final List<BiConsumer<T, List<Object>>> cells = new ArrayList<>();

    private Columns(Class<T> type) {
      this.type = type;
    }

    private Columns<T> add(String name, FieldType of, Function<T, Object> cell) {
      schema.addField(name, of);
      cells.add((value, row) -> row.add(cell.apply(value)));
      return this;
    }

    /**
     * Adds text, which is empty where nothing is known.
     *
     * @param name of the column
     * @param cell of a value
     * @return these columns
     */
    public Columns<T> text(String name, Function<T, String> cell) {
      return add(name, FieldType.STRING, cell::apply);
    }

    /**
     * Adds a whole number.
     *
     * @param name of the column
     * @param cell of a value
     * @return these columns
     */
    public Columns<T> whole(String name, ToLongFunction<T> cell) {
      return add(name, FieldType.INT64, cell::applyAsLong);
    }

    /**
     * Adds a number; what is not a number is null.
     *
     * @param name of the column
     * @param cell of a value
     * @return these columns
     */
    public Columns<T> number(String name, ToDoubleFunction<T> cell) {
      return add(name, NUMBER, value -> orNull(cell.applyAsDouble(value)));
    }

    /**
     * Adds numbers that are told of together; those that are not a number are null.
     *
     * @param names of the columns
     * @param told as many numbers, in their order
     * @return these columns
     */
    public Columns<T> numbers(List<String> names, Function<T, double[]> told) {
      names.forEach(name -> schema.addField(name, NUMBER));
      cells.add(
          (value, row) -> {
            for (double number : told.apply(value)) {
              row.add(orNull(number));
            }
          });
      return this;
    }

    @Nullable
    private static Double orNull(double number) {
      return Double.isNaN(number) ? null : number;
    }

    /**
     * Adds a flag.
     *
     * @param name of the column
     * @param cell of a value
     * @return these columns
     */
    public Columns<T> flag(String name, Predicate<T> cell) {
      return add(name, FieldType.BOOLEAN, cell::test);
    }

    /**
     * Adds an instant, which is told in whole milliseconds.
     *
     * @param name of the column
     * @param cell of a value
     * @return these columns
     */
    public Columns<T> time(String name, Function<T, Instant> cell) {
      return add(
          name,
          FieldType.DATETIME,
          value -> org.joda.time.Instant.ofEpochMilli(cell.apply(value).toEpochMilli()));
    }

    /**
     * Adds bytes.
     *
     * @param name of the column
     * @param cell of a value
     * @return these columns
     */
    public Columns<T> bytes(String name, Function<T, byte[]> cell) {
      return add(name, FieldType.BYTES, cell::apply);
    }

    /**
     * Adds several texts.
     *
     * @param name of the column
     * @param cell of a value
     * @return these columns
     */
    public Columns<T> texts(String name, Function<T, List<String>> cell) {
      return add(name, FieldType.array(FieldType.STRING), cell::apply);
    }

    /**
     * Adds counts by name.
     *
     * @param name of the column
     * @param cell of a value
     * @return these columns
     */
    public Columns<T> counts(String name, Function<T, ? extends Map<String, Long>> cell) {
      return add(name, FieldType.map(FieldType.STRING, FieldType.INT64), cell::apply);
    }

    /**
     * Adds a value that is a row itself, or null.
     *
     * @param <U> the type of that value
     * @param name of the column
     * @param form of that value
     * @param cell may be null
     * @return these columns
     */
    public <U> Columns<T> row(String name, RowForm<U> form, Function<T, U> cell) {
      return add(
          name,
          FieldType.row(form.schema()).withNullable(true),
          value -> orNull(form, cell.apply(value)));
    }

    @Nullable
    private static <U> Row orNull(RowForm<U> form, @Nullable U value) {
      return value == null ? null : form.toRow().apply(value);
    }

    /**
     * Adds values that are rows themselves.
     *
     * @param <U> the type of those values
     * @param name of the column
     * @param form of each
     * @param cell of a value
     * @return these columns
     */
    public <U> Columns<T> rows(String name, RowForm<U> form, Function<T, List<U>> cell) {
      return add(
          name,
          FieldType.array(FieldType.row(form.schema())),
          value -> cell.apply(value).stream().map(form.toRow()).toList());
    }

    /**
     * {@return the form, ended with the way back}
     *
     * @param back makes the value of the cells of its row
     */
    public RowForm<T> from(Function<RowCells, T> back) {
      Schema all = schema.build();
      List<BiConsumer<T, List<Object>>> told = List.copyOf(cells);
      return new RowForm<>(
          type, all, value -> row(all, told, value), row -> back.apply(new RowCells(row)));
    }

    private static <T> Row row(Schema schema, List<BiConsumer<T, List<Object>>> cells, T value) {
      List<Object> values = new ArrayList<>(schema.getFieldCount());
      cells.forEach(cell -> cell.accept(value, values));
      return Row.withSchema(schema).attachValues(values);
    }
  }
}
