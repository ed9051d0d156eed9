package org.healthbeam.core.vital.read;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.table.CsvDialect;
import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalReading;

/**
 * Reads the rows of one table of vital signs (RFC 4180; tabs if the header has any, else the more
 * frequent of commas and semicolons).
 *
 * <p>Each row is one measurement. A row is one line: a quoted field with a line break in it is
 * refused as malformed, since lines are read in parallel.
 */
public final class CsvVitals {
  private final CsvDialect dialect;
  private final String header;
  private final int subject;
  private final int time;
  private final int kind;
  private final int value;
  private final int unit;
  private final int status;
  private final int id;
  private final int issued;
  private final int received;
  private final int width;
  private final ZoneId zone;
  private final KindCodes kinds;

  private CsvVitals(
      String header,
      CsvDialect dialect,
      List<String> names,
      CsvColumns columns,
      ZoneId zone,
      KindCodes kinds) {
    this.header = header;
    this.dialect = dialect;
    this.zone = zone;
    this.kinds = kinds;
    this.width = names.size();
    this.subject = indexOf(CsvColumns.SUBJECT, names, columns);
    this.time = indexOf(CsvColumns.TIME, names, columns);
    this.kind = indexOf(CsvColumns.KIND, names, columns);
    this.value = indexOf(CsvColumns.VALUE, names, columns);
    this.unit = indexOf(CsvColumns.UNIT, names, columns);
    this.status = indexOf(CsvColumns.STATUS, names, columns);
    this.id = indexOf(CsvColumns.ID, names, columns);
    this.issued = indexOf(CsvColumns.ISSUED, names, columns);
    this.received = indexOf(CsvColumns.RECEIVED, names, columns);
  }

  private static int indexOf(String column, List<String> names, CsvColumns columns) {
    String inFile = columns.inFile(column).toLowerCase(Locale.ROOT);
    return inFile.isEmpty() ? -1 : names.indexOf(inFile);
  }

  /**
   * {@return what reads the rows of a table with this header line}
   *
   * @param headerLine the table's first line
   * @param columns what they are called in this table
   * @param zone the zone of times that name none
   */
  public static CsvVitals withHeader(String headerLine, CsvColumns columns, ZoneId zone) {
    return withHeader(headerLine, columns, zone, KindCodes.LOINC);
  }

  /**
   * As {@link #withHeader(String, CsvColumns, ZoneId)}, with local codes.
   *
   * @param headerLine the table's first line
   * @param columns what they are called in this table
   * @param zone the zone of times that name none
   * @param kinds which codes are vital signs
   * @return what reads the rows; every one is refused if the header lacks a column
   */
  public static CsvVitals withHeader(
      String headerLine, CsvColumns columns, ZoneId zone, KindCodes kinds) {
    String header = CsvDialect.withoutMark(headerLine);
    CsvDialect dialect = CsvDialect.ofHeader(header);
    List<String> names = new ArrayList<>();
    try {
      for (String name : dialect.fields(header)) {
        names.add(name.strip().toLowerCase(Locale.ROOT));
      }
    } catch (RejectedException e) {
      names.clear();
    }
    return new CsvVitals(header, dialect, names, columns, zone, kinds);
  }

  /**
   * Adds what a line of the table holds.
   *
   * @param line a row, or the header again, which is counted as such
   * @param into takes the reading, or why there is none
   */
  public void parse(InputRecord line, ParsedVitals into) {
    String text = line.text();
    if (CsvDialect.withoutMark(text).equals(header)) {
      into.resource(ParsedVitals.HEADER);
      return;
    }
    into.resource(ParsedVitals.SELECTED);
    try {
      List<String> fields = dialect.fields(text);
      into.reading(reading(fields, line), receipt(fields));
    } catch (RejectedException e) {
      into.refuse(e, line.bytes());
    }
  }

  /** A time that cannot be read only means that the delay is not known. */
  private ParsedVitals.Receipt receipt(List<String> fields) {
    long time = 0;
    int column = received < 0 ? issued : received;
    if (column >= 0 && !fields.get(column).isBlank()) {
      try {
        time = EventTime.parse(fields.get(column).strip(), zone).toEpochMilli();
      } catch (RejectedException e) {
        time = 0;
      }
    }
    return new ParsedVitals.Receipt(time, unit < 0 ? "" : fields.get(unit).strip());
  }

  private VitalReading reading(List<String> fields, InputRecord line) throws RejectedException {
    require(subject, CsvColumns.SUBJECT);
    require(time, CsvColumns.TIME);
    require(kind, CsvColumns.KIND);
    require(value, CsvColumns.VALUE);
    if (fields.size() != width) {
      throw new RejectedException(
          RejectReason.MALFORMED, "the row has not as many fields as the header");
    }
    String who = ObservationVitals.subjectId(fields.get(subject).strip());
    if (who.isEmpty()) {
      throw new RejectedException(RejectReason.MISSING_FIELD, "the subject is absent");
    }
    String name = fields.get(kind).strip();
    KindCodes.Found found = kinds.findInTable(name);
    if (found == null) {
      throw new RejectedException(
          RejectReason.UNKNOWN_CODE, "kind_or_code names no kind of vital sign");
    }
    VitalKind what = found.kind();
    Instant when = EventTime.parse(fields.get(time), zone);
    ReadingVersion version = version(fields);
    if (version.isWithdrawn()) {
      return new VitalReading(
          who, what, Double.NaN, "", false, when, line.source(), line.position(), version);
    }
    String number = fields.get(value).strip();
    if (number.isEmpty()) {
      throw new RejectedException(RejectReason.MISSING_FIELD, "the value is absent");
    }
    if (what.isCoded()) {
      Double code = CodedValues.find(what, number);
      if (code != null) {
        return new VitalReading(
            who, what, code, "", true, when, line.source(), line.position(), version);
      }
      if (what == VitalKind.CONSCIOUSNESS) {
        throw new RejectedException(
            RejectReason.INVALID_VALUE, "consciousness is none of A, C, V, P, U");
      }
    }
    double measured = NumberText.parse(number);
    String in = unit < 0 ? "" : fields.get(unit).strip();
    return new VitalReading(
        who,
        what,
        measured,
        in.isEmpty() ? what.unitImpliedBy(found.name(), measured) : in,
        false,
        when,
        line.source(),
        line.position(),
        version);
  }

  private ReadingVersion version(List<String> fields) throws RejectedException {
    if (status < 0 && id < 0) {
      return ReadingVersion.ORIGINAL;
    }
    ObservationVersion version = new ObservationVersion();
    version.id(id < 0 ? "" : fields.get(id).strip());
    version.issued(issued < 0 ? "" : fields.get(issued).strip(), zone);
    String word = status < 0 ? "" : fields.get(status).strip().toLowerCase(Locale.ROOT);
    return version.of(word.replace('_', '-').replace(' ', '-'), false, 0);
  }

  private static void require(int column, String name) throws RejectedException {
    if (column < 0) {
      throw new RejectedException(
          RejectReason.MISSING_FIELD, "the table has no column for " + name);
    }
  }
}
