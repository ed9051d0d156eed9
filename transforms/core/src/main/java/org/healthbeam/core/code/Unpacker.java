package org.healthbeam.core.code;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads what a {@link Packer} wrote, from a place in a buffer that several threads share. */
final class Unpacker {
  private final ByteBuffer buffer;
  private int position;

  Unpacker(ByteBuffer buffer, int position) {
    this.buffer = buffer;
    this.position = position;
  }

  int position() {
    return position;
  }

  int u8() {
    return buffer.get(position++) & 0xFF;
  }

  long number() {
    long result = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = buffer.get(position++);
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
   * Returns how many things follow, of which each takes at least so many bytes: never more than
   * there is room for, so that room can be made for them.
   */
  int countOf(int least) {
    int n = count();
    if (n > (buffer.limit() - position) / least) {
      throw new IllegalArgumentException("A count is larger than what follows");
    }
    return n;
  }

  byte[] bytes() {
    byte[] result = new byte[countOf(1)];
    buffer.get(position, result);
    position += result.length;
    return result;
  }

  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /** Passes over bytes with their length, and returns whether they are these. */
  boolean isNext(byte[] expected) {
    int length = count();
    int start = position;
    position += length;
    if (length != expected.length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (buffer.get(start + i) != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
