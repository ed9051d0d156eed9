package org.healthbeam.pipelines.mapcodes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.table.CsvDialect;
import org.healthbeam.io.part.PartFile;
import org.healthbeam.io.table.JoinTables;
import org.healthbeam.io.table.TablePart;
import org.healthbeam.io.text.FileRanges;
import org.healthbeam.io.text.LinesOfFile;
import org.healthbeam.io.text.RangeRecords;
import org.healthbeam.io.text.RecordCursor;
import org.healthbeam.transforms.code.CodeCount;
import org.healthbeam.transforms.outcome.Outcomes;

/**
 * Reads the rows of tables of text, maps them and writes them, as they were and with the added
 * columns behind, to a part for each range of a file.
 *
 * <p>Memory: one row, and the buffers of {@link MappedTables}.
 */
final class MapTextTables extends DoFn<FileRanges, CodeCount> {
  private static final long serialVersionUID = 1L;

  private static final String FIRST = "1";

  private final RangeRecords records;
  private final MappedTables tables;
  @Nullable private transient Table table;

  MapTextTables(RangeRecords records, MappedTables tables) {
    this.records = records;
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
  public void process(@Element FileRanges ranges, MultiOutputReceiver out) throws IOException {
    records.begin();
    tables.mapper().begin();
    try (RecordCursor cursor = records.open(ranges, out.get(Outcomes.REJECTED))) {
      for (InputRecord each = cursor.next(); each != null; each = cursor.next()) {
        if (table == null || !table.source.equals(each.source())) {
          finishTable(out);
          table = new Table(each, tables);
        }
        row(each, table, out);
      }
    }
    finishTable(out);
    records.tell(out.get(Outcomes.COUNTED));
    tables.mapper().tell(out.get(Outcomes.COUNTED));
  }

  private void row(InputRecord line, Table of, MultiOutputReceiver out) throws IOException {
    String text = line.text();
    if (text.equals(of.header)) {
      tables.mapper().header();
      return;
    }
    List<String> added;
    try {
      List<String> fields = of.fields(text, line);
      added =
          tables.map(
              of.places,
              fields::get,
              line.source(),
              line.position(),
              out.get(MapFiles.CODES)::output);
    } catch (RejectedException e) {
      tables.mapper().reject(e, line, out.get(Outcomes.REJECTED));
      return;
    }
    if (added != null) {
      of.write(text, added);
    }
  }

  private void finishTable(MultiOutputReceiver out) throws IOException {
    if (table != null && table.fault == null) {
      out.get(MappedTables.TABLES).output(KV.of(table.source, table.finish()));
    }
    table = null;
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) throws IOException {
    MappedTables.finish(tables, context);
  }

  /** After a bundle that failed, its files are still open. */
  @Teardown
  public void close() throws IOException {
    Table open = table;
    table = null;
    PartFile.closeAll(open == null ? null : open.part, tables::close);
  }

  /** A table of which rows are read. */
  private static final class Table {
    private final String source;
    private final long first;
    private final PartFile part;
    private final String header;
    private final CsvDialect dialect;
    private String widened = "";
    private int width;
    private int[] places = {};

    /** Why none of the rows can be used. */
    @Nullable private RejectedException fault;

    Table(InputRecord line, MappedTables tables) throws IOException {
      source = line.source();
      first = Long.parseLong(line.position().replaceFirst(":.*$", ""));
      part =
          JoinTables.isCompressed(source)
              ? PartFile.bgzf(tables.folder())
              : PartFile.plain(tables.folder());
      header = line.position().equals(FIRST) ? line.text() : LinesOfFile.first(source);
      dialect = CsvDialect.ofHeader(header);
      try {
        if (TableInputs.isSequence(header)) {
          throw new RejectedException(RejectReason.MALFORMED, TableInputs.NO_TABLE);
        }
        if (header.indexOf('\uFFFD') >= 0 || header.indexOf('\r') >= 0) {
          throw new RejectedException(
              RejectReason.MALFORMED, "the header is not one line of text in UTF-8");
        }
        List<String> names = dialect.fields(header);
        width = names.size();
        places = tables.places(names);
      } catch (RejectedException e) {
        fault = e;
      }
      StringBuilder columns = new StringBuilder(header);
      tables.added().forEach(name -> dialect.addField(columns, name));
      widened = columns.toString();
    }

    List<String> fields(String text, InputRecord line) throws RejectedException {
      if (fault != null) {
        throw new RejectedException(fault.reason(), fault.detail());
      }
      if (text.indexOf('\uFFFD') >= 0
          && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), line.bytes())) {
        throw new RejectedException(RejectReason.MALFORMED, "the row is not text in UTF-8");
      }
      if (text.indexOf('\r') >= 0) {
        throw new RejectedException(RejectReason.MALFORMED, "the row has a carriage return in it");
      }
      List<String> fields = dialect.fields(text);
      if (fields.size() != width) {
        throw new RejectedException(
            RejectReason.MALFORMED, "the row has not as many fields as the header");
      }
      return fields;
    }

    void write(String text, List<String> added) throws IOException {
      StringBuilder row = new StringBuilder(text);
      added.forEach(cell -> dialect.addField(row, cell == null ? "" : cell));
      part.out().write(row.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }

    TablePart finish() throws IOException {
      String name = part.finish();
      return new TablePart(first, name == null ? "" : name, widened);
    }
  }
}
