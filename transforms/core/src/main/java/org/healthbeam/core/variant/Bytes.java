package org.healthbeam.core.variant;

/** Reading numbers and places in the bytes of a line. */
final class Bytes {
  private static final double[] POWERS = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private Bytes() {}

  /** Returns the whole number, or -1 if it is none, is negative, or exceeds 2147483647. */
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
   * Returns a number in plain decimal digits, of at most 15, exactly as {@link Double#parseDouble}
   * would; NaN for everything else.
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

  static int indexOf(byte[] b, byte what, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] == what) {
        return i;
      }
    }
    return -1;
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
