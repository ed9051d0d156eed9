package org.healthbeam.pipelines.mapcodes;

import java.io.IOException;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.io.part.PartFile;
import org.healthbeam.io.table.DamagedTableException;
import org.healthbeam.io.table.TableFormat;
import org.healthbeam.io.table.TablePart;
import org.healthbeam.transforms.code.CodeCount;
import org.healthbeam.transforms.outcome.Outcomes;

/**
 * Reads the row groups of Parquet files, maps their rows and writes each group, with the added
 * columns, to a part. Columns that are not read keep their types and cells.
 *
 * <p>Memory: a row group that is read, one that is written, and the buffers of {@link
 * MappedTables}.
 */
final class MapRowGroups extends DoFn<KV<String, KV<Integer, Long>>, CodeCount> {
  private static final long serialVersionUID = 1L;

  private static final byte[] NOTHING = {};

  private final Outcomes groups;
  private final MappedTables tables;
  @Nullable private transient PartFile part;

  MapRowGroups(Outcomes groups, MappedTables tables) {
    this.groups = groups;
    this.tables = tables;
  }

  @Setup
  public void setUp() throws InvalidMapException, IOException {
    tables.setUp();
  }

  @StartBundle
  public void startBundle() throws IOException {
    close();
    tables.startBundle();
  }

  @ProcessElement
  public void process(@Element KV<String, KV<Integer, Long>> group, MultiOutputReceiver out)
      throws IOException {
    groups.begin();
    tables.mapper().begin();
    groups.in();
    String file = group.getKey();
    int index = group.getValue().getKey();
    part = PartFile.plain(tables.folder());
    try (TableFormat.Copied rows = TableFormat.parquet().open(file, index)) {
      rows(rows, file, group.getValue().getValue() + 1, out);
    } catch (DamagedTableException e) {
      reject(file, group.getValue().getValue() + 1, out);
    }
    String name = part.finish();
    if (name != null) {
      out.get(MappedTables.TABLES).output(KV.of(file, new TablePart(index, name, "")));
    }
    groups.tell(out.get(Outcomes.COUNTED));
    tables.mapper().tell(out.get(Outcomes.COUNTED));
  }

  private void rows(TableFormat.Copied rows, String file, long first, MultiOutputReceiver out)
      throws IOException {
    int[] places = {};
    RejectedException fault = null;
    try {
      places = places(rows);
      rows.writeTo(part.out(), tables.added());
    } catch (RejectedException e) {
      fault = e;
    }
    long row = first;
    try {
      for (; rows.next(); row++) {
        if (fault == null) {
          map(rows, places, file, row, out);
        } else {
          tables.mapper().reject(fault, place(file, row), out.get(Outcomes.REJECTED));
        }
      }
    } catch (DamagedTableException e) {
      reject(file, row, out);
      return;
    }
    groups.out();
  }

  private int[] places(TableFormat.Copied rows) throws RejectedException {
    int[] places = tables.places(rows.names());
    for (int place : places) {
      if (!rows.isText(place)) {
        throw new RejectedException(
            RejectReason.INVALID_FIELD,
            "a column that is named is neither text nor whole numbers, dates or times");
      }
    }
    return places;
  }

  private void map(
      TableFormat.Copied rows, int[] places, String file, long row, MultiOutputReceiver out)
      throws IOException {
    List<String> added =
        tables.map(places, rows::text, file, Long.toString(row), out.get(MapFiles.CODES)::output);
    if (added != null) {
      rows.write(added);
    }
  }

  private void reject(String file, long row, MultiOutputReceiver out) {
    InputRecord place = place(file, row);
    groups.reject(
        out.get(Outcomes.REJECTED),
        RejectReason.MALFORMED,
        "the rows of the group cannot be read from here on",
        place.source(),
        place.position(),
        place.bytes());
  }

  private static InputRecord place(String file, long row) {
    return new InputRecord(file, Long.toString(row), NOTHING);
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) throws IOException {
    MappedTables.finish(tables, context);
  }

  /** After a bundle that failed, its files are still open. */
  @Teardown
  public void close() throws IOException {
    PartFile.closeAll(part, tables::close);
  }
}
