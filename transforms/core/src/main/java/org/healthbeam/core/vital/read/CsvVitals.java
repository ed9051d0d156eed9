package org.healthbeam.core.vital.read;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;
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
  private final CSVFormat format;
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
      CSVFormat format,
      List<String> names,
      CsvColumns columns,
      ZoneId zone,
      KindCodes kinds) {
    this.header = header;
    this.format = format;
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
   * Returns what reads the rows of a table with this header line.
   *
   * @param zone the zone of times that name none
   */
  public static CsvVitals withHeader(String headerLine, CsvColumns columns, ZoneId zone) {
    return withHeader(headerLine, columns, zone, KindCodes.LOINC);
  }

  /** As {@link #withHeader(String, CsvColumns, ZoneId)}, with local codes. */
  public static CsvVitals withHeader(
      String headerLine, CsvColumns columns, ZoneId zone, KindCodes kinds) {
    String header = withoutMark(headerLine);
    CSVFormat format =
        CSVFormat.Builder.create(CSVFormat.RFC4180).setDelimiter(delimiter(header)).get();
    List<String> names = new ArrayList<>();
    try {
      for (String name : fields(header, format)) {
        names.add(name.strip().toLowerCase(Locale.ROOT));
      }
    } catch (RejectedException e) {
      names.clear();
    }
    return new CsvVitals(header, format, names, columns, zone, kinds);
  }

  private static char delimiter(String header) {
    int commas = 0;
    int semicolons = 0;
    boolean quoted = false;
    for (int i = 0; i < header.length(); i++) {
      char c = header.charAt(i);
      quoted ^= c == '"';
      if (!quoted && c == '\t') {
        return '\t';
      }
      commas += !quoted && c == ',' ? 1 : 0;
      semicolons += !quoted && c == ';' ? 1 : 0;
    }
    return semicolons > commas ? ';' : ',';
  }

  /** Adds what a line of the table holds. */
  public void parse(InputRecord line, ParsedVitals into) {
    String text = line.text();
    if (withoutMark(text).equals(header)) {
      into.resource(ParsedVitals.HEADER);
      return;
    }
    into.resource(ParsedVitals.SELECTED);
    try {
      List<String> fields = fields(text, format);
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

  /** Fields of a line; without a quote by looking for delimiters, else by commons-csv. */
  private static List<String> fields(String line, CSVFormat format) throws RejectedException {
    if (line.indexOf('"') < 0) {
      List<String> fields = new ArrayList<>(8);
      char delimiter = format.getDelimiterString().charAt(0);
      int from = 0;
      for (int at = line.indexOf(delimiter); at >= 0; at = line.indexOf(delimiter, from)) {
        fields.add(line.substring(from, at));
        from = at + 1;
      }
      fields.add(line.substring(from));
      return fields;
    }
    try (CSVParser parser = format.parse(new StringReader(line))) {
      List<CSVRecord> records = parser.getRecords();
      if (records.size() == 1) {
        return records.get(0).toList();
      }
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      // Told below, without the parser's message: it quotes the line.
    }
    throw new RejectedException(RejectReason.MALFORMED, "the quotes of the row do not match");
  }

  private static String withoutMark(String text) {
    return !text.isEmpty() && text.charAt(0) == '\uFEFF' ? text.substring(1) : text;
  }
}
