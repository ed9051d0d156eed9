package org.healthbeam.core.code;

import java.nio.charset.StandardCharsets;

/** Reads what a {@link Packer} wrote, from a part of an array. */
final class Unpacker {
  private final byte[] bytes;
  private final int end;
  private int position;

  Unpacker(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  Unpacker(byte[] bytes, int position, int end) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
  }

  int position() {
    return position;
  }

  boolean isAtEnd() {
    return position >= end;
  }

  int u8() {
    return next() & 0xFF;
  }

  private byte next() {
    if (position >= end) {
      throw new IndexOutOfBoundsException("Something ends too early");
    }
    return bytes[position++];
  }

  long number() {
    byte first = next();
    if (first >= 0) {
      return first;
    }
    long result = first & 0x7F;
    for (int shift = 7; ; shift += 7) {
      byte b = next();
      result |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return result;
      }
    }
  }

  int count() {
    long value = number();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("A count is out of range");
    }
    return (int) value;
  }

  /**
   * {@return how many things follow, of which each takes at least so many bytes: never more than
   * there is room for, so that room can be made for them}
   */
  int countOf(int least) {
    int n = count();
    if (n > (end - position) / least) {
      throw new IllegalArgumentException("A count is larger than what follows");
    }
    return n;
  }

  byte[] bytes() {
    int start = skip();
    byte[] result = new byte[position - start];
    System.arraycopy(bytes, start, result, 0, result.length);
    return result;
  }

  String text() {
    int start = skip();
    return new String(bytes, start, position - start, StandardCharsets.UTF_8);
  }

  /** Passes over bytes with their length, and returns where they begin. */
  private int skip() {
    int length = countOf(1);
    int start = position;
    position += length;
    return start;
  }

  /** Passes over bytes with their length, and returns whether they are these. */
  boolean isNext(byte[] expected) {
    int start = skip();
    if (position - start != expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (bytes[start + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
