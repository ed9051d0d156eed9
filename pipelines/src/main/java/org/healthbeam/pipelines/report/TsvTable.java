package org.healthbeam.pipelines.report;

import com.fasterxml.jackson.core.io.NumberInput;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.Closeable;
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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.annotation.Nullable;

/**
 * One of the run's tables, read row by row; plain or gzip, whatever its name says, or a folder of
 * parts.
 */
final class TsvTable {
  private static final int BUFFER = 1 << 16;
  private static final Pattern PART_NAME = Pattern.compile("part-\\d{8,}\\.tsv");

  private TsvTable() {}

  /** Returns the files of a table in their order; none if it is absent. */
  static List<Path> files(Path table) throws IOException {
    if (!Files.isDirectory(table)) {
      return Files.isRegularFile(table) ? List.of(table) : List.of();
    }
    try (Stream<Path> inside = Files.list(table)) {
      return inside
          .filter(f -> PART_NAME.matcher(f.getFileName().toString()).matches())
          .sorted()
          .toList();
    }
  }

  /**
   * Hands every row to {@code rows}, which must not keep it; an absent table has none. Returns how
   * many there were.
   */
  static long forEach(Path table, Consumer<Row> rows) throws IOException {
    long n = 0;
    for (Path file : files(table)) {
      n += forEachOf(file, rows);
    }
    return n;
  }

  private static long forEachOf(Path file, Consumer<Row> rows) throws IOException {
    long n = 0;
    try (Lines lines = new Lines(bytes(file))) {
      if (!lines.next()) {
        return 0;
      }
      Row row = new Row(List.of(lines.text().split("\t", -1)));
      while (lines.next()) {
        if (lines.from < lines.to) {
          row.set(lines);
          rows.accept(row);
          n++;
        }
      }
    }
    return n;
  }

  /** Returns the names of the columns, none if the file is absent or empty. */
  static List<String> columns(Path table) throws IOException {
    List<Path> files = files(table);
    if (files.isEmpty()) {
      return List.of();
    }
    try (BufferedReader text = open(files.get(0))) {
      return header(text);
    }
  }

  private static List<String> header(BufferedReader text) throws IOException {
    String line = text.readLine();
    return line == null ? List.of() : List.of(line.split("\t", -1));
  }

  static BufferedReader open(Path file) throws IOException {
    return new BufferedReader(new InputStreamReader(bytes(file), StandardCharsets.UTF_8), BUFFER);
  }

  private static InputStream bytes(Path file) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      bytes.mark(2);
      boolean gzip = bytes.read() == 0x1f && bytes.read() == 0x8b;
      bytes.reset();
      return gzip ? new GZIPInputStream(bytes, BUFFER) : bytes;
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  /** The lines of a file, each in place: a table may have millions. */
  private static final class Lines implements Closeable {
    private final InputStream in;
    private byte[] buffer = new byte[BUFFER];
    private int read;
    private int next;
    private int from;
    private int to;

    Lines(InputStream in) {
      this.in = in;
    }

    /** Goes to the next line, which ends before a line feed, or that and a carriage return. */
    boolean next() throws IOException {
      from = next;
      int at = from;
      while (true) {
        while (at < read && buffer[at] != '\n') {
          at++;
        }
        if (at < read) {
          next = at + 1;
          break;
        }
        int seen = at - from;
        boolean more = fill();
        at = from + seen;
        if (!more) {
          next = at;
          if (seen == 0) {
            return false;
          }
          break;
        }
      }
      to = at > from && buffer[at - 1] == '\r' ? at - 1 : at;
      return true;
    }

    /** Moves the line that was begun to the front, and reads more behind it. */
    private boolean fill() throws IOException {
      int begun = read - from;
      if (begun == buffer.length) {
        buffer = Arrays.copyOf(buffer, 2 * buffer.length);
      } else {
        System.arraycopy(buffer, from, buffer, 0, begun);
      }
      from = 0;
      read = begun;
      int more = in.readNBytes(buffer, read, buffer.length - read);
      read += more;
      return more > 0;
    }

    String text() {
      return new String(buffer, from, to - from, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  /** One row. A column that the table lacks reads as empty. */
  static final class Row {
    private final Map<String, Integer> places = new HashMap<>();
    private final int[] ends;

    // Of each column, since the same cell often comes again.
    private final String[] lastText;
    private final String[] lastNumeral;
    private final double[] lastNumber;

    private byte[] bytes = {};
    private int begin;
    private int end;

    /** How many of the ends are known of this row. */
    private int found;

    private Row(List<String> columns) {
      for (int i = 0; i < columns.size(); i++) {
        places.put(columns.get(i), i);
      }
      ends = new int[columns.size()];
      lastText = new String[columns.size()];
      lastNumeral = new String[columns.size()];
      lastNumber = new double[columns.size()];
    }

    private void set(Lines lines) {
      bytes = lines.buffer;
      begin = lines.from;
      end = lines.to;
      found = 0;
    }

    /** Returns which cell it is, -1 if the row has none. */
    private int place(String column) {
      Integer place = places.get(column);
      if (place == null) {
        return -1;
      }
      int at = found == 0 ? begin : ends[found - 1] + 1;
      for (; found <= place && at <= end; at++) {
        while (at < end && bytes[at] != '\t') {
          at++;
        }
        ends[found++] = at;
      }
      return place < found ? place : -1;
    }

    private int from(int place) {
      return place == 0 ? begin : ends[place - 1] + 1;
    }

    /** Returns the cell, or the empty text. */
    String text(String column) {
      int place = place(column);
      if (place < 0) {
        return "";
      }
      int from = from(place);
      if (isCell(lastText[place], from, ends[place])) {
        return lastText[place];
      }
      String cell = new String(bytes, from, ends[place] - from, StandardCharsets.UTF_8);
      if (cell.indexOf('\\') >= 0) {
        return unescaped(cell);
      }
      lastText[place] = cell;
      return cell;
    }

    /** Says whether the bytes are those of this ASCII text. */
    private boolean isCell(@Nullable String text, int from, int to) {
      if (text == null || text.length() != to - from) {
        return false;
      }
      for (int i = 0; i < to - from; i++) {
        if (text.charAt(i) != bytes[from + i]) {
          return false;
        }
      }
      return true;
    }

    /** Undoes what {@link org.healthbeam.io.table.TsvLine} does to text. */
    private static String unescaped(String cell) {
      StringBuilder text = new StringBuilder(cell.length());
      for (int i = 0; i < cell.length(); i++) {
        char c = cell.charAt(i);
        if (c != '\\' || i + 1 == cell.length()) {
          text.append(c);
          continue;
        }
        char next = cell.charAt(++i);
        switch (next) {
          case 't' -> text.append('\t');
          case 'n' -> text.append('\n');
          case 'r' -> text.append('\r');
          case '\\' -> text.append('\\');
          default -> text.append(c).append(next);
        }
      }
      return text.toString();
    }

    /**
     * Says whether the row is the last word on what it is of: a stream may tell earlier ones too,
     * and take back what it has told.
     */
    boolean isLastWord() {
      return !text("final").equalsIgnoreCase("false")
          && !text("withdrawn").equalsIgnoreCase("true");
    }

    /** Returns the cell as a number, NaN if it is empty or none. */
    double number(String column) {
      int place = place(column);
      if (place < 0) {
        return Double.NaN;
      }
      if (!isCell(lastNumeral[place], from(place), ends[place])) {
        String text = text(column);
        lastNumeral[place] = text;
        lastNumber[place] = parsed(text);
      }
      return lastNumber[place];
    }

    private static double parsed(String text) {
      if (text.isEmpty()) {
        return Double.NaN;
      }
      try {
        return NumberInput.parseDouble(text, true);
      } catch (NumberFormatException e) {
        return Double.NaN;
      }
    }

    /** Returns the cell as a count, 0 if it is empty or none. */
    long count(String column) {
      long whole = wholeNumber(column);
      if (whole >= 0) {
        return whole;
      }
      double number = number(column);
      return Double.isNaN(number) ? 0 : Math.round(number);
    }

    /** Returns a cell of up to 15 digits, the usual case, without a text of its own; else -1. */
    private long wholeNumber(String column) {
      int place = place(column);
      if (place < 0) {
        return -1;
      }
      int from = from(place);
      int to = ends[place];
      long value = from < to && to - from <= 15 ? 0 : -1;
      for (int i = from; i < to && value >= 0; i++) {
        int digit = bytes[i] - '0';
        value = digit >= 0 && digit <= 9 ? 10 * value + digit : -1;
      }
      return value;
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
