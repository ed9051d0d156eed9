package org.healthbeam.core.vital.block;

import java.nio.charset.StandardCharsets;

/** Reads what {@link Bytes} holds, from somewhere to somewhere. */
final class Cursor {
  private final byte[] bytes;
  private final int end;
  private int at;

  Cursor(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  boolean more() {
    return at < end;
  }

  int at() {
    return at;
  }

  void skip(int length) {
    at += length;
  }

  int take() {
    return bytes[at++] & 0xff;
  }

  long takeNumber() {
    long number = 0;
    int shift = 0;
    while (true) {
      byte b = bytes[at++];
      number |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return number;
      }
      shift += 7;
    }
  }

  int takeInt() {
    return (int) takeNumber();
  }

  long takeLong() {
    long number = 0;
    for (int i = 0; i < 8; i++) {
      number = (number << 8) | (bytes[at++] & 0xff);
    }
    return number;
  }

  String takeText() {
    return takeText(takeInt());
  }

  String takeText(int length) {
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }
}
