package org.healthbeam.core.variant.bcf;

import java.math.BigDecimal;
import java.util.Arrays;

/** The bytes of one line while it is being written. */
final class TextLine {
  private byte[] bytes = new byte[1 << 12];
  private int length;

  void clear() {
    length = 0;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void add(char c) {
    reserve(1);
    bytes[length++] = (byte) c;
  }

  void add(byte[] from) {
    add(from, 0, from.length);
  }

  void add(byte[] from, int start, int n) {
    reserve(n);
    System.arraycopy(from, start, bytes, length, n);
    length += n;
  }

  void add(long number) {
    if (number >= 0 && number < 10) {
      add((char) ('0' + number));
    } else {
      addText(Long.toString(number));
    }
  }

  /** Adds the shortest decimal that is read back as the same number, without {@code .0}. */
  void add(float number) {
    if (number == Math.rint(number) && Math.abs(number) < 1e7f) {
      boolean negativeZero = number == 0 && 1 / number < 0;
      addText(negativeZero ? "-0" : Integer.toString((int) number));
    } else if (Float.isInfinite(number)) {
      addText(number > 0 ? "inf" : "-inf");
    } else {
      addText(Float.isNaN(number) ? "nan" : decimal(number));
    }
  }

  private static String decimal(float number) {
    double size = Math.abs((double) number);
    String shortest = Float.toString(number);
    return size >= 1e-4 && size < 1e7
        ? new BigDecimal(shortest).toPlainString()
        : shortest.replace("E", "e");
  }

  /** Adds two called alleles below 10. */
  void addDiploid(int first, char separator, int second) {
    reserve(3);
    bytes[length] = (byte) ('0' + first);
    bytes[length + 1] = (byte) separator;
    bytes[length + 2] = (byte) ('0' + second);
    length += 3;
  }

  void addText(String ascii) {
    reserve(ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      bytes[length++] = (byte) ascii.charAt(i);
    }
  }

  private void reserve(int n) {
    if (length + n > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes,
              Math.max(length + n, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * bytes.length)));
    }
  }
}
