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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** One of the run's tables, read row by row; plain or gzip, whatever its name says. */
final class TsvTable {
  private TsvTable() {}

  /** Hands every row to {@code rows}; an absent file has none. Returns how many there were. */
  static long forEach(Path file, Consumer<Row> rows) throws IOException {
    if (!Files.isRegularFile(file)) {
      return 0;
    }
    long n = 0;
    try (BufferedReader text = open(file)) {
      List<String> columns = header(text);
      Map<String, Integer> places = new HashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        places.put(columns.get(i), i);
      }
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        if (!line.isEmpty()) {
          rows.accept(new Row(places, columns.size(), line));
          n++;
        }
      }
    }
    return n;
  }

  /** Returns the names of the columns, none if the file is absent or empty. */
  static List<String> columns(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try (BufferedReader text = open(file)) {
      return header(text);
    }
  }

  private static List<String> header(BufferedReader text) throws IOException {
    String line = text.readLine();
    return line == null ? List.of() : List.of(line.split("\t", -1));
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
    private final Map<String, Integer> places;
    private final String line;
    private final int[] ends;

    private Row(Map<String, Integer> places, int columns, String line) {
      this.places = places;
      this.line = line;
      this.ends = new int[columns];
      Arrays.fill(ends, -1);
      int from = 0;
      for (int i = 0; i < ends.length && from <= line.length(); i++) {
        int tab = line.indexOf('\t', from);
        ends[i] = tab < 0 ? line.length() : tab;
        from = ends[i] + 1;
      }
    }

    /** Returns the cell, or the empty text. */
    String text(String column) {
      Integer place = places.get(column);
      if (place == null || ends[place] < 0) {
        return "";
      }
      int from = place == 0 ? 0 : ends[place - 1] + 1;
      String cell = line.substring(from, ends[place]);
      return cell.indexOf('\\') < 0 ? cell : unescaped(cell);
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
      long whole = wholeNumber(column);
      if (whole >= 0) {
        return whole;
      }
      double number = number(column);
      return Double.isNaN(number) ? 0 : Math.round(number);
    }

    /** Returns a cell of up to 15 digits, the usual case, without a text of its own; else -1. */
    private long wholeNumber(String column) {
      Integer place = places.get(column);
      if (place == null || ends[place] < 0) {
        return -1;
      }
      int from = place == 0 ? 0 : ends[place - 1] + 1;
      int to = ends[place];
      long value = from < to && to - from <= 15 ? 0 : -1;
      for (int i = from; i < to && value >= 0; i++) {
        int digit = line.charAt(i) - '0';
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
