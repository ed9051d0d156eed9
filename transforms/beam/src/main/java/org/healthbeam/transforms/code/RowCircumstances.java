package org.healthbeam.transforms.code;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.annotation.Nullable;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.healthbeam.core.code.Circumstances;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.EventDate;
import org.joda.time.DateTimeZone;
import org.joda.time.ReadableInstant;

/** What columns of a row tell about its codings: the date of the event, and properties by name. */
record RowCircumstances(@Nullable RowColumn date, Map<String, RowColumn> properties)
    implements Serializable {
  /** A whole day in ISO 8601's extended or basic form, and a time behind it that is left out. */
  private static final Pattern DAY =
      Pattern.compile("([0-9]{4})(-?)([0-9]{2})\\2([0-9]{2})(?:[T ].*)?", Pattern.DOTALL);

  /**
   * Finds the columns.
   *
   * @param dateColumn empty if there is none
   * @param propertyColumns columns by the names of the properties
   * @throws IllegalArgumentException with a sentence that names the column
   */
  static RowCircumstances in(
      Schema schema, String dateColumn, Map<String, String> propertyColumns) {
    TreeMap<String, RowColumn> properties = new TreeMap<>();
    propertyColumns.forEach(
        (name, column) -> properties.put(name, RowColumn.ofText(schema, column)));
    return new RowCircumstances(
        dateColumn.isEmpty() ? null : RowColumn.ofDates(schema, dateColumn), properties);
  }

  Circumstances of(Row row) {
    Map<String, List<Coding>> known = new HashMap<>();
    properties.forEach(
        (name, column) -> {
          List<String> texts = column.isArray() ? column.texts(row) : List.of(column.text(row));
          boolean isNull = row.getValue(column.index()) == null;
          if (!isNull && (column.isArray() || !texts.get(0).isEmpty())) {
            known.put(name, texts.stream().map(text -> Coding.of("", text)).toList());
          }
        });
    return new Circumstances(date == null ? null : date(date.baseValue(row)), known);
  }

  /**
   * {@return the day, in UTC where there is an instant, or the days that a text stands for; null
   * where there is none}
   */
  @Nullable
  private static EventDate date(@Nullable Object value) {
    if (value instanceof LocalDate day) {
      return EventDate.of(day);
    }
    if (value instanceof ReadableInstant instant) {
      org.joda.time.LocalDate day = instant.toInstant().toDateTime(DateTimeZone.UTC).toLocalDate();
      return EventDate.of(LocalDate.of(day.getYear(), day.getMonthOfYear(), day.getDayOfMonth()));
    }
    if (value instanceof String text) {
      Matcher day = DAY.matcher(text);
      return EventDate.parse(
          day.matches() ? day.group(1) + "-" + day.group(3) + "-" + day.group(4) : text);
    }
    return null;
  }
}
