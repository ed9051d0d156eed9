package org.healthbeam.core.variant;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reading numbers and places in the bytes of a line. */
final class Bytes {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** {@code 0|0}, a tab, and the same again. */
  private static final long PHASED_PAIR = 0x09307C3009307C30L;

  /** {@code 0/0}, a tab, and the same again. */
  private static final long UNPHASED_PAIR = 0x09302F3009302F30L;

  private static final int NEAR = 4;
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final double[] POWERS = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private Bytes() {}

  /** {@return the whole number, or -1 if it is none, is negative, or exceeds 2147483647} */
  static int wholeNumber(byte[] b, int from, int to) {
    if (from >= to || to - from > 10) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = b[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value > Integer.MAX_VALUE ? -1 : (int) value;
  }

  /**
   * Reads a field that is a whole number of at most nine digits, which nearly all are, and finds
   * its end at once: a colon, a tab or the line's end. Returns the number in the upper half and the
   * end in the lower; -1 for everything else.
   */
  static long wholeField(byte[] b, int from, int end) {
    if (from + 3 < end) {
      int first = b[from] - '0';
      int second = b[from + 1] - '0';
      boolean isTwo = first >= 0 && first <= 9 && second >= 0 && second <= 9;
      if (isTwo && (b[from + 2] == ':' || b[from + 2] == '\t')) {
        return (long) (10 * first + second) << 32 | (from + 2);
      }
    }
    int most = Math.min(end, from + 9);
    int at = from;
    int value = 0;
    while (at < most) {
      int digit = b[at] - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      value = value * 10 + digit;
      at++;
    }
    boolean ends = at > from && (at == end || b[at] == ':' || b[at] == '\t');
    return ends ? (long) value << 32 | at : -1;
  }

  /**
   * {@return a number in plain decimal digits, of at most 15, exactly as {@link Double#parseDouble}
   * would; NaN for everything else}
   */
  static double plainDecimal(byte[] b, int from, int to) {
    long value = 0;
    int digits = 0;
    int decimals = -1;
    for (int i = from; i < to; i++) {
      int digit = b[i] - '0';
      if (b[i] == '.' && decimals < 0) {
        decimals = 0;
      } else if (digit >= 0 && digit <= 9 && digits < 15) {
        value = value * 10 + digit;
        digits++;
        decimals += decimals >= 0 ? 1 : 0;
      } else {
        return Double.NaN;
      }
    }
    // Both are exact as doubles, so their quotient is the nearest double, as in parseDouble.
    return digits == 0 ? Double.NaN : value / POWERS[Math.max(0, decimals)];
  }

  /** {@return eight bytes, the first one lowest} */
  static long eight(byte[] b, int at) {
    return (long) EIGHT.get(b, at);
  }

  /** {@return a number of which the lowest bit set is in the first byte that is {@code what}} */
  private static long matches(long eight, int what) {
    long zeroWhereEqual = eight ^ (ONES * (what & 0xff));
    return (zeroWhereEqual - ONES) & ~zeroWhereEqual & HIGHS;
  }

  /**
   * {@return where the byte is first, or -1; looks at eight bytes at a time, but for the first ones
   * since most columns are short}
   */
  static int indexOf(byte[] b, byte what, int from, int to) {
    int at = from;
    for (int near = Math.min(to, from + NEAR); at < near; at++) {
      if (b[at] == what) {
        return at;
      }
    }
    for (; at + 8 <= to; at += 8) {
      long found = matches(eight(b, at), what);
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    for (; at < to; at++) {
      if (b[at] == what) {
        return at;
      }
    }
    return -1;
  }

  /** {@return where either of two bytes is first, or {@code to}} */
  static int endBefore(byte[] b, int one, int other, int from, int to) {
    int at = from;
    for (; at + 8 <= to; at += 8) {
      long here = eight(b, at);
      long found = matches(here, one) | matches(here, other);
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (at < to && b[at] != one && b[at] != other) {
      at++;
    }
    return at;
  }

  /** {@return two diploid homozygotes of the reference, each with a tab behind it} */
  static long homRefPair(byte separator) {
    return separator == '|' ? PHASED_PAIR : UNPHASED_PAIR;
  }

  /**
   * {@return how many diploid homozygotes of the reference, each with a tab behind it, are found
   * one after the other; at most {@code most}, and perhaps one less than there are}
   */
  static int homRefRun(byte[] b, int from, int to, int most) {
    if (from + 8 > to) {
      return 0;
    }
    long pair = homRefPair(b[from + 1]);
    int n = 0;
    int at = from;
    while (n + 8 <= most
        && at + 32 <= to
        && ((eight(b, at) ^ pair)
                | (eight(b, at + 8) ^ pair)
                | (eight(b, at + 16) ^ pair)
                | (eight(b, at + 24) ^ pair))
            == 0) {
      n += 8;
      at += 32;
    }
    while (n + 2 <= most && at + 8 <= to && eight(b, at) == pair) {
      n += 2;
      at += 8;
    }
    return n;
  }

  static boolean equals(byte[] b, int from, int to, String ascii) {
    if (to - from != ascii.length()) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (b[i] != ascii.charAt(i - from)) {
        return false;
      }
    }
    return true;
  }
}
