package org.healthbeam.io.table;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import javax.annotation.Nullable;

/**
 * A line of tab-separated values, built cell by cell; or several, one after the other.
 *
 * <p>What is missing is an empty cell. Floating numbers are the shortest that read back the same,
 * whole ones without a fraction. Times are ISO-8601 in UTC with {@code Z}. Tab, line feed, carriage
 * return and backslash within text are written as {@code \t}, {@code \n}, {@code \r} and {@code
 * \\}, as in the text/tab-separated-values of PostgreSQL's COPY.
 */
public final class TsvLine implements Cells {
  private static final int INITIAL = 256;

  /** Below it one digit may do where two are given, since doubles have few bits there. */
  private static final double FEW_BITS = 1e-320;

  private static final double LEAST_WITH_EXPONENT = 1e15;
  private static final double LEAST_PLAIN = 1e-4;
  private static final int PARTS = 1_000_000;
  private static final double MOST_WITH_DECIMALS = 1e9;

  /** Of a long, with its sign. */
  private static final int MOST_DIGITS = 20;

  private static final int KNOWN_BITS = 8;

  /** 2<sup>64</sup> by the golden ratio, which spreads the bits of what it multiplies. */
  private static final long SCATTER = 0x9E3779B97F4A7C15L;

  /** From the second line on. */
  @Nullable private byte[][] known;

  @Nullable private long[] knownBits;
  private byte[] bytes = new byte[INITIAL];
  private int length;
  private boolean empty = true;

  @Override
  public TsvLine add(@Nullable String text) {
    separate(1);
    if (text != null) {
      if (text.length() == 1 && isPlain(text.charAt(0))) {
        bytes[length++] = (byte) text.charAt(0);
      } else {
        escape(text);
      }
    }
    return this;
  }

  @Override
  public TsvLine add(long number) {
    separate(MOST_DIGITS);
    whole(number);
    return this;
  }

  @Override
  public TsvLine add(double number) {
    separate(MOST_DIGITS);
    long whole = (long) number;
    if (whole == number && Math.abs(number) < LEAST_WITH_EXPONENT) {
      whole(whole);
    } else if (Double.isFinite(number)) {
      fraction(number);
    }
    return this;
  }

  /**
   * Adds {@code true} or {@code false}.
   *
   * @param flag any
   * @return this
   */
  public TsvLine add(boolean flag) {
    separate();
    ascii(Boolean.toString(flag));
    return this;
  }

  /**
   * Adds an instant; null is missing.
   *
   * @param time told in ISO 8601 in UTC
   * @return this
   */
  public TsvLine add(@Nullable Instant time) {
    separate();
    if (time != null) {
      ascii(DateTimeFormatter.ISO_INSTANT.format(time));
    }
    return this;
  }

  /**
   * Adds an empty cell.
   *
   * @return this
   */
  public TsvLine addMissing() {
    separate();
    return this;
  }

  /**
   * Ends the line and begins another.
   *
   * @return this
   */
  public TsvLine next() {
    room(1);
    bytes[length++] = '\n';
    empty = true;
    if (known == null) {
      known = new byte[1 << KNOWN_BITS][];
      knownBits = new long[1 << KNOWN_BITS];
    }
    return this;
  }

  /** Forgets what was added, so that the object can be used again. */
  public void clear() {
    length = 0;
    empty = true;
  }

  /** {@return how many bytes there are} */
  public int length() {
    return length;
  }

  /**
   * Writes what {@link #toString} returns, in UTF-8.
   *
   * @param out stays open
   * @throws IOException if it cannot be written
   */
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
  }

  /** {@return the line without an end; of several, the last one without} */
  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /**
   * {@return the shortest decimal text that reads back as this finite number: in plain notation
   * from 0.0001 to below 10<sup>15</sup>, with an exponent beyond}
   *
   * @param number no infinity, and a number
   */
  public static String shortest(double number) {
    StringBuilder text = new StringBuilder(24);
    append(text, number);
    return text.toString();
  }

  private static void append(StringBuilder to, double number) {
    double magnitude = Math.abs(number);
    if (isWhole(number)) {
      to.append((long) number);
      return;
    }
    // Double.toString may have a digit too many before JDK 19 (JDK-4511638).
    String digits = NumberOutput.toString(number, true);
    int e = digits.indexOf('E');
    if (e < 0) {
      to.append(digits);
      return;
    }
    if (magnitude < FEW_BITS) {
      BigDecimal one = new BigDecimal(digits).round(new MathContext(1, RoundingMode.HALF_EVEN));
      if (one.doubleValue() == number) {
        to.append(one.unscaledValue()).append('e').append(-one.scale());
        return;
      }
    }
    int exponent = Integer.parseInt(digits, e + 1, digits.length(), 10);
    int point = digits.indexOf('.');
    if (exponent == -4) {
      // One digit and a point stand before the decimals.
      to.append(number < 0 ? "-0.000" : "0.000").append(digits.charAt(point - 1));
      to.append(digits, point + 1, hasDecimals(digits, point + 1, e) ? e : point + 1);
    } else if (exponent > 0 && magnitude < LEAST_WITH_EXPONENT) {
      to.append(digits, 0, point).append(digits, point + 1, point + 1 + exponent).append('.');
      to.append(digits, point + 1 + exponent, e);
    } else {
      to.append(digits, 0, hasDecimals(digits, point + 1, e) ? e : point);
      to.append('e').append(exponent);
    }
  }

  /** A number of one digit is written with a zero behind the point. */
  private static boolean hasDecimals(String digits, int from, int to) {
    return to - from > 1 || digits.charAt(from) != '0';
  }

  private static boolean isWhole(double number) {
    return number == Math.rint(number) && Math.abs(number) < LEAST_WITH_EXPONENT;
  }

  /** There is room for it. */
  private void whole(long number) {
    if (number >= 0 && number < 10) {
      bytes[length++] = (byte) ('0' + number);
    } else {
      length = NumberOutput.outputLong(number, bytes, length);
    }
  }

  /** Fractions of few samples come again and again; finding their digits costs most of a row. */
  private void fraction(double number) {
    if (known == null || knownBits == null) {
      ascii(shortest(number));
      return;
    }
    long bits = Double.doubleToRawLongBits(number);
    int place = (int) ((bits * SCATTER) >>> -KNOWN_BITS);
    byte[] text = known[place];
    if (text == null || knownBits[place] != bits) {
      if (fewDecimals(number)) {
        return;
      }
      text = shortest(number).getBytes(StandardCharsets.US_ASCII);
      known[place] = text;
      knownBits[place] = bits;
    }
    room(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
  }

  /**
   * Adds a fraction that has at most six decimals, and 15 digits with those before the point: no
   * shorter text reads back as the same number, since each number has one text of 15 digits or
   * less. Says whether it is one.
   */
  private boolean fewDecimals(double number) {
    double magnitude = Math.abs(number);
    if (magnitude < LEAST_PLAIN || magnitude >= MOST_WITH_DECIMALS) {
      return false;
    }
    long parts = (long) (magnitude * PARTS + 0.5);
    if (parts / (double) PARTS != magnitude) {
      return false;
    }
    room(MOST_DIGITS);
    if (number < 0) {
      bytes[length++] = '-';
    }
    whole(parts / PARTS);
    bytes[length++] = '.';
    int rest = (int) (parts % PARTS);
    for (int place = PARTS / 10; rest > 0; place /= 10) {
      bytes[length++] = (byte) ('0' + rest / place);
      rest %= place;
    }
    return true;
  }

  private void separate() {
    separate(0);
  }

  /** Separates it from the cell before, and makes room for so many bytes more. */
  private void separate(int more) {
    room(more + 1);
    if (!empty) {
      bytes[length++] = '\t';
    }
    empty = false;
  }

  @SuppressWarnings("deprecation") // Takes the low bytes, which are all that these characters have.
  private void ascii(String text) {
    room(text.length());
    text.getBytes(0, text.length(), bytes, length);
    length += text.length();
  }

  /** Most names of sequences, and nearly all alleles, are one of these. */
  private static boolean isPlain(char c) {
    return c > '\r' && c < 0x80 && c != '\\';
  }

  private void escape(String text) {
    int n = text.length();
    room(2 * n);
    byte[] to = bytes;
    int at = length;
    for (int i = 0; i < n; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        byte[] rest = text.substring(i).getBytes(StandardCharsets.UTF_8);
        length = at;
        escape(rest);
        return;
      }
      if (c > '\r' && c != '\\') {
        to[at++] = (byte) c;
      } else {
        at = escape((byte) c, to, at);
      }
    }
    length = at;
  }

  /** Bytes of UTF-8 beyond ASCII are never taken for one that is escaped. */
  private void escape(byte[] utf8) {
    room(2 * utf8.length);
    for (byte b : utf8) {
      length = escape(b, bytes, length);
    }
  }

  private static int escape(byte b, byte[] to, int at) {
    int next = at;
    switch (b) {
      case '\t', '\n', '\r', '\\' -> to[next++] = '\\';
      default -> {}
    }
    to[next++] = b == '\t' ? (byte) 't' : b == '\n' ? (byte) 'n' : b == '\r' ? (byte) 'r' : b;
    return next;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, more)));
    }
  }
}
