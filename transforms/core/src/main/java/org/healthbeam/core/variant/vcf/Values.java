package org.healthbeam.core.variant.vcf;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Judges lists of values in the bytes of a line.
 *
 * <p>Source: VCF 4.3, section 1.3 (Integer of 32 bits, Float); a dot is a missing value anywhere.
 */
final class Values {
  /** What {@link #count} returns for values that are not of the type. */
  static final int WRONG = -1;

  private static final int SAFE_DIGITS = 9;
  private static final int LONGEST = 11;

  /** Of an Integer, since the eight lowest are not to be used. */
  private static final long LEAST = Integer.MIN_VALUE + 8L;

  private Values() {}

  /** {@return how many values there are, 0 for a single dot, or {@link #WRONG}} */
  static int count(FieldType type, byte[] b, int from, int to) {
    if (to == from + 1 && b[from] == '.') {
      return 0;
    }
    return switch (type) {
      case INTEGER -> integers(b, from, to);
      case FLOAT -> floats(b, from, to);
      case CHARACTER -> characters(b, from, to);
      case STRING -> strings(b, from, to);
      case FLAG -> to == from + 1 && (b[from] == '0' || b[from] == '1') ? 0 : WRONG;
    };
  }

  /** A comma between quotes parts nothing; the specification's own valid files have that. */
  private static int strings(byte[] b, int from, int to) {
    int n = 1;
    boolean quoted = false;
    for (int i = from; i < to; i++) {
      quoted ^= b[i] == '"';
      n += b[i] == ',' && !quoted ? 1 : 0;
    }
    return n;
  }

  private static int integers(byte[] b, int from, int to) {
    int n = 0;
    int begin = from;
    for (int i = from; i <= to; i++) {
      if (i == to || b[i] == ',') {
        if (!isInteger(b, begin, i)) {
          return WRONG;
        }
        n++;
        begin = i + 1;
      }
    }
    return n;
  }

  private static boolean isInteger(byte[] b, int from, int to) {
    if (to == from + 1 && b[from] == '.') {
      return true;
    }
    int at = from < to && (b[from] == '-' || b[from] == '+') ? from + 1 : from;
    int digits = to - at;
    if (digits <= 0 || to - from > LONGEST) {
      return false;
    }
    long value = 0;
    for (int i = at; i < to; i++) {
      int digit = b[i] - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      value = value * 10 + digit;
    }
    value = b[from] == '-' ? -value : value;
    return digits <= SAFE_DIGITS || (value <= Integer.MAX_VALUE && value >= LEAST);
  }

  private static int floats(byte[] b, int from, int to) {
    int n = 0;
    int at = from;
    while (at <= to) {
      int stop = floatEnd(b, at, to);
      if (stop < 0 || (stop < to && b[stop] != ',')) {
        stop = at;
        while (stop < to && b[stop] != ',') {
          stop++;
        }
        if (!isNamed(b, at, stop)) {
          return WRONG;
        }
      }
      n++;
      at = stop + 1;
    }
    return n;
  }

  /** {@return where a number in digits ends, or -1 if there is none} */
  private static int floatEnd(byte[] b, int from, int to) {
    int at = from < to && (b[from] == '-' || b[from] == '+') ? from + 1 : from;
    int digits = 0;
    while (at < to && isDigit(b[at])) {
      at++;
      digits++;
    }
    if (at < to && b[at] == '.') {
      at++;
      while (at < to && isDigit(b[at])) {
        at++;
        digits++;
      }
    }
    if (digits == 0) {
      return -1;
    }
    if (at < to && (b[at] == 'e' || b[at] == 'E')) {
      at++;
      if (at < to && (b[at] == '-' || b[at] == '+')) {
        at++;
      }
      int begin = at;
      while (at < to && isDigit(b[at])) {
        at++;
      }
      return at > begin ? at : -1;
    }
    return at;
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNamed(byte[] b, int from, int to) {
    int at = from < to && (b[from] == '-' || b[from] == '+') ? from + 1 : from;
    return (to == from + 1 && b[from] == '.')
        || isWord(b, at, to, "nan")
        || isWord(b, at, to, "inf")
        || isWord(b, at, to, "infinity");
  }

  private static boolean isWord(byte[] b, int from, int to, String lower) {
    if (to - from != lower.length()) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if ((b[i] | 0x20) != lower.charAt(i - from)) {
        return false;
      }
    }
    return true;
  }

  /** One character each: of UTF-8, or a percent sign with two digits. */
  private static int characters(byte[] b, int from, int to) {
    int n = 0;
    int at = from;
    while (at <= to) {
      int stop = at;
      int characters = 0;
      while (stop < to && b[stop] != ',') {
        characters += (b[stop] & 0xC0) != 0x80 ? 1 : 0;
        stop++;
      }
      boolean encoded = stop == at + 3 && b[at] == '%';
      if (characters != 1 && !encoded) {
        return WRONG;
      }
      n++;
      at = stop + 1;
    }
    return n;
  }

  /**
   * {@return whether each value of a list is a CIGAR string, as SAM defines it (1.4), or missing}
   */
  static boolean areCigars(byte[] b, int from, int to) {
    int digits = 0;
    boolean some = false;
    for (int i = from; i < to; i++) {
      byte c = b[i];
      if (isDigit(c)) {
        digits++;
      } else if (c == ',') {
        if (digits > 0 || !some) {
          return false;
        }
        some = false;
      } else if (c == '.') {
        some = digits == 0;
      } else {
        if (digits == 0 || "MIDNSHP=X".indexOf(c) < 0) {
          return false;
        }
        digits = 0;
        some = true;
      }
    }
    return digits == 0 && some;
  }

  /** {@return whether one of these numbers is below 0} */
  static boolean isAnyNegative(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] == '-' && (i == from || b[i - 1] == ',') && !isZero(b, i + 1, to)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isZero(byte[] b, int from, int to) {
    for (int i = from; i < to && b[i] != ',' && (b[i] | 0x20) != 'e'; i++) {
      if (b[i] != '0' && b[i] != '.') {
        return false;
      }
    }
    return true;
  }

  /** {@return whether these numbers are from 0 to 1, those that are missing or no numbers aside} */
  static boolean areFrequencies(byte[] b, int from, int to) {
    int begin = from;
    for (int i = from; i <= to; i++) {
      if (i == to || b[i] == ',') {
        if (!isFrequency(b, begin, i)) {
          return false;
        }
        begin = i + 1;
      }
    }
    return true;
  }

  private static boolean isFrequency(byte[] b, int from, int to) {
    int at = from;
    boolean plain = true;
    for (; at < to && plain; at++) {
      plain = isDigit(b[at]) || b[at] == '.';
    }
    if (plain && (b[from] == '0' || b[from] == '.')) {
      boolean small = from + 1 == to || b[from] == '.' || b[from + 1] == '.';
      if (small) {
        return true;
      }
    }
    if (plain && b[from] == '1') {
      return isZero(b, from + 1, to);
    }
    byte last = b[to - 1];
    if (!isDigit(last) && last != '.') {
      // Infinite, or not a number.
      return (last | 0x20) == 'n';
    }
    double value = Double.parseDouble(new String(b, from, to - from, StandardCharsets.US_ASCII));
    return value >= 0 && value <= 1;
  }

  /** {@return whether these are names with semicolons between, none empty or with white space} */
  static boolean areFilters(byte[] b, int from, int to) {
    byte before = ';';
    for (int i = from; i < to; i++) {
      if (b[i] == ' ' || (b[i] == ';' && before == ';')) {
        return false;
      }
      before = b[i];
    }
    return before != ';';
  }

  /** {@return whether each percent sign has two hexadecimal digits after it} */
  static boolean arePercentsEncodings(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] == '%' && (i + 2 >= to || !isHexadecimal(b[i + 1]) || !isHexadecimal(b[i + 2]))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHexadecimal(byte c) {
    return isDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
  }

  /** {@return whether the bytes are UTF-8 without a control character (VCF 4.3, 1.2)} */
  static boolean areText(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (isControl(b[i])) {
        return false;
      }
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(b, from, to - from));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  static boolean isControl(byte c) {
    return c >= 0 && c < ' ' && c != '\t' && c != '\n' && c != '\r';
  }
}
