package org.healthbeam.pipelines.monitorvitals;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.vital.read.CsvColumns;
import org.healthbeam.transforms.outcome.InputRecordCoder;
import org.joda.time.ReadableInstant;

/**
 * Makes records of rows with the columns of a table of vital signs, so that they are read by the
 * same rules: {@code subject, time, kind_or_code, value, unit}, of which the unit may be left out;
 * others are passed over. Cells are text, numbers or instants.
 */
public final class VitalRows extends PTransform<PCollection<Row>, PCollection<InputRecord>> {
  private static final long serialVersionUID = 1L;

  private static final String OPTIONAL = "unit";

  private VitalRows() {}

  /** {@return the transform} */
  public static VitalRows asRecords() {
    return new VitalRows();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the rows lack a column
   */
  @Override
  public PCollection<InputRecord> expand(PCollection<Row> rows) {
    Schema schema = rows.getSchema();
    List<Integer> places = new ArrayList<>();
    for (String name : CsvColumns.NAMES) {
      if (!schema.hasField(name) && !name.equals(OPTIONAL)) {
        throw new IllegalArgumentException(
            "The rows have no column '%s'; needed are %s, of which %s may be left out"
                .formatted(name, String.join(", ", CsvColumns.NAMES), OPTIONAL));
      }
      places.add(schema.hasField(name) ? schema.indexOf(name) : -1);
    }
    return rows.apply("To records", ParDo.of(new ToRecords(places)))
        .setCoder(InputRecordCoder.of());
  }

  private static final class ToRecords extends DoFn<Row, InputRecord> {
    private static final long serialVersionUID = 1L;

    private final ArrayList<Integer> places;

    ToRecords(List<Integer> places) {
      this.places = new ArrayList<>(places);
    }

    @ProcessElement
    public void process(@Element Row row, OutputReceiver<InputRecord> receiver) {
      StringBuilder line = new StringBuilder();
      for (int place : places) {
        line.append(line.isEmpty() ? "" : ",")
            .append(quoted(place < 0 ? null : row.getValue(place)));
      }
      receiver.output(InputRecord.ofText(FileHeaders.ROWS, "", line.toString()));
    }

    private static String quoted(Object cell) {
      String text = cell == null ? "" : text(cell);
      return '"' + text.replace("\"", "\"\"") + '"';
    }

    private static String text(Object cell) {
      return cell instanceof ReadableInstant instant
          ? java.time.Instant.ofEpochMilli(instant.getMillis()).toString()
          : cell.toString();
    }
  }
}
