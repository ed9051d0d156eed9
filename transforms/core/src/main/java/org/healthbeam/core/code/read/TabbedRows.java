package org.healthbeam.core.code.read;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.healthbeam.core.code.InvalidMapException;

/**
 * The rows of a large table as OMOP gives it out: cells between tabs, no quotes, a header line with
 * the names of the columns in any order and case, UTF-8. Cells are looked at where they lie; a row
 * that is not wanted makes no object.
 */
final class TabbedRows implements Closeable {
  /** The day of {@link #day} that has no beginning: OMOP's default 1970-01-01. */
  static final int ALWAYS_BEFORE = Integer.MIN_VALUE;

  /** The day of {@link #day} that has no end: OMOP's default 2099-12-31. */
  static final int NEVER_AFTER = Integer.MAX_VALUE;

  private static final int DEFAULT_START = 1970_01_01;
  private static final int DEFAULT_END = 2099_12_31;
  private static final int MAX_LINE = 1 << 20;

  private final InputStream in;
  private final String file;
  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
  private final Map<String, Integer> columns = new LinkedHashMap<>();
  private byte[] bytes = new byte[1 << 16];
  private int next;
  private int filled;
  private boolean ended;
  private int[] ends = new int[16];
  private int cells;
  private int rowStart;
  private long line;

  /** Reads the header; the stream is closed with the rows. */
  TabbedRows(InputStream in, String file) throws InvalidMapException, IOException {
    this.in = in;
    this.file = file;
    if (!split()) {
      throw new InvalidMapException(file, "", "is empty; a header line is expected");
    }
    if (cells == 1) {
      throw refuse("has no tab; OMOP's vocabulary files are tab-separated");
    }
    for (int i = 0; i < cells; i++) {
      String name = text(i).strip().toLowerCase(Locale.ROOT);
      if (i == 0 && name.startsWith("\uFEFF")) {
        name = name.substring(1);
      }
      if (columns.put(name, i) != null) {
        throw refuse("has the column " + name + " twice");
      }
    }
  }

  /** {@return the place of a column that must be there} */
  int column(String name) throws InvalidMapException {
    Integer place = columns.get(name);
    if (place == null) {
      throw new InvalidMapException(file, "line 1", "has no column " + name);
    }
    return place;
  }

  /** Goes to the next row; empty lines are passed over. */
  boolean next() throws InvalidMapException, IOException {
    while (split()) {
      if (cells == columns.size()) {
        return true;
      }
      if (cells > 1 || ends[0] > rowStart) {
        throw refuse("has " + cells + " cells; the header has " + columns.size());
      }
    }
    return false;
  }

  long line() {
    return line;
  }

  private boolean split() throws InvalidMapException, IOException {
    rowStart = next;
    cells = 0;
    int at = next;
    while (true) {
      while (at < filled) {
        byte b = bytes[at];
        if (b == '\t') {
          endCell(at);
        } else if (b == '\n') {
          endRow(at);
          next = at + 1;
          return true;
        }
        at++;
      }
      if (ended) {
        next = at;
        if (at == rowStart) {
          return false;
        }
        endRow(at);
        return true;
      }
      at -= fill();
    }
  }

  private void endCell(int at) {
    if (cells == ends.length) {
      ends = Arrays.copyOf(ends, cells * 2);
    }
    ends[cells++] = at;
  }

  private void endRow(int at) {
    line++;
    endCell(at > rowStart && bytes[at - 1] == '\r' ? at - 1 : at);
  }

  /** Makes room, reads on, and returns by how much what is there has moved to the left. */
  private int fill() throws InvalidMapException, IOException {
    int moved = rowStart;
    if (moved > 0) {
      System.arraycopy(bytes, moved, bytes, 0, filled - moved);
      for (int i = 0; i < cells; i++) {
        ends[i] -= moved;
      }
      filled -= moved;
      rowStart = 0;
    }
    if (filled == bytes.length) {
      if (filled >= MAX_LINE) {
        line++;
        throw refuse("is longer than 1 MB");
      }
      bytes = Arrays.copyOf(bytes, filled * 2);
    }
    int n = in.read(bytes, filled, bytes.length - filled);
    if (n < 0) {
      ended = true;
    } else {
      filled += n;
    }
    return moved;
  }

  private int start(int column) {
    return column == 0 ? rowStart : ends[column - 1] + 1;
  }

  int length(int column) {
    return Math.max(0, ends[column] - start(column));
  }

  boolean is(int column, byte[] value) {
    int start = start(column);
    return Arrays.equals(bytes, start, start + length(column), value, 0, value.length);
  }

  /** {@return the text of a cell} */
  String text(int column) throws InvalidMapException {
    int start = start(column);
    int end = start + length(column);
    for (int i = start; i < end; i++) {
      if (bytes[i] < 0) {
        return decoded(start, end);
      }
    }
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }

  private String decoded(int start, int end) throws InvalidMapException {
    try {
      return utf8.decode(ByteBuffer.wrap(bytes, start, end - start)).toString();
    } catch (CharacterCodingException e) {
      throw refuse("is not text in UTF-8");
    }
  }

  /** {@return a concept's number} */
  int id(int column, String name) throws InvalidMapException {
    int start = start(column);
    int end = start + length(column);
    long value = 0;
    for (int i = start; i < end && value <= Integer.MAX_VALUE; i++) {
      value = bytes[i] >= '0' && bytes[i] <= '9' ? value * 10 + bytes[i] - '0' : Long.MAX_VALUE;
    }
    if (start == end || value > Integer.MAX_VALUE) {
      throw refuse("has a " + name + " that is not a number from 0 to 2147483647");
    }
    return (int) value;
  }

  /** {@return a day as its number since 1970-01-01; OMOP's defaults have no limit} */
  int day(int column, String name) throws InvalidMapException {
    int start = start(column);
    int length = length(column);
    int date = -1;
    if (length == 8) {
      date = digits(start, 8);
    } else if (length == 10 && bytes[start + 4] == '-' && bytes[start + 7] == '-') {
      int year = digits(start, 4);
      int month = digits(start + 5, 2);
      int day = digits(start + 8, 2);
      date = year < 0 || month < 0 || day < 0 ? -1 : year * 10000 + month * 100 + day;
    }
    try {
      return dayOf(date);
    } catch (DateTimeException e) {
      throw refuse("has a " + name + " that is not a date like 20021231 or 2002-12-31");
    }
  }

  /** {@return the day of a date like 20021231} */
  static int dayOf(int date) {
    return switch (date) {
      case DEFAULT_START -> ALWAYS_BEFORE;
      case DEFAULT_END -> NEVER_AFTER;
      default -> (int) LocalDate.of(date / 10000, date / 100 % 100, date % 100).toEpochDay();
    };
  }

  private int digits(int start, int n) {
    int value = 0;
    for (int i = start; i < start + n; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return -1;
      }
      value = value * 10 + bytes[i] - '0';
    }
    return value;
  }

  InvalidMapException refuse(String what) {
    return new InvalidMapException(file, "line " + line, what);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
