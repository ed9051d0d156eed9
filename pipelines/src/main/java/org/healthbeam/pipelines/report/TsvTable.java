package org.healthbeam.pipelines.report;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** One of the run's tables, read row by row; plain or gzip, whatever its name says. */
final class TsvTable {
  private static final CSVFormat FORMAT =
      CSVFormat.Builder.create()
          .setDelimiter('\t')
          .setRecordSeparator('\n')
          .setQuote(null)
          .setEscape('\\')
          .setHeader()
          .setSkipHeaderRecord(true)
          .setAllowMissingColumnNames(true)
          .get();

  private TsvTable() {}

  /** Hands every row to {@code rows}; an absent file has none. Returns how many there were. */
  static long forEach(Path file, Consumer<Row> rows) throws IOException {
    if (!Files.isRegularFile(file)) {
      return 0;
    }
    long n = 0;
    try (BufferedReader text = open(file);
        CSVParser parser = CSVParser.parse(text, FORMAT)) {
      for (CSVRecord record : parser) {
        rows.accept(new Row(record));
        n++;
      }
    }
    return n;
  }

  /** Returns the names of the columns, none if the file is absent or empty. */
  static List<String> columns(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try (BufferedReader text = open(file);
        CSVParser parser = CSVParser.parse(text, FORMAT)) {
      return parser.getHeaderNames();
    }
  }

  static BufferedReader open(Path file) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      bytes.mark(2);
      boolean gzip = bytes.read() == 0x1f && bytes.read() == 0x8b;
      bytes.reset();
      InputStream plain = gzip ? new GZIPInputStream(bytes, 1 << 16) : bytes;
      return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8), 1 << 16);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  /** One row. A column that the table lacks reads as empty. */
  static final class Row {
    private final CSVRecord record;

    private Row(CSVRecord record) {
      this.record = record;
    }

    /** Returns the cell, or the empty text. */
    String text(String column) {
      return record.isSet(column) ? record.get(column) : "";
    }

    /** Returns the cell as a number, NaN if it is empty or none. */
    double number(String column) {
      String text = text(column);
      if (text.isEmpty()) {
        return Double.NaN;
      }
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        return Double.NaN;
      }
    }

    /** Returns the cell as a count, 0 if it is empty or none. */
    long count(String column) {
      double number = number(column);
      return Double.isNaN(number) ? 0 : Math.round(number);
    }

    /**
     * Returns the cell as milliseconds of the epoch, or {@link Long#MIN_VALUE} if it is no time.
     */
    long time(String column) {
      String text = text(column);
      try {
        return text.isEmpty() ? Long.MIN_VALUE : epochMilli(text);
      } catch (DateTimeException e) {
        return Long.MIN_VALUE;
      }
    }

    /** Whole seconds, the usual case, are read without the general parser: it is much slower. */
    private static long epochMilli(String text) {
      if (text.length() != 20 || text.charAt(10) != 'T' || text.charAt(19) != 'Z') {
        return Instant.parse(text).toEpochMilli();
      }
      try {
        LocalDate day =
            LocalDate.of(
                Integer.parseInt(text, 0, 4, 10),
                Integer.parseInt(text, 5, 7, 10),
                Integer.parseInt(text, 8, 10, 10));
        LocalTime time =
            LocalTime.of(
                Integer.parseInt(text, 11, 13, 10),
                Integer.parseInt(text, 14, 16, 10),
                Integer.parseInt(text, 17, 19, 10));
        return (day.toEpochDay() * 86_400 + time.toSecondOfDay()) * 1_000;
      } catch (NumberFormatException e) {
        return Long.MIN_VALUE;
      }
    }
  }
}
