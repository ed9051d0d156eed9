package org.healthbeam.core.code;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the small values of a stored map into a growing array. */
final class Packer {
  private byte[] bytes = new byte[256];
  private int size;

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  void writeTo(java.io.OutputStream out) throws java.io.IOException {
    out.write(bytes, 0, size);
  }

  void u8(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  /** Seven bits a byte, lowest first. */
  void number(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void bytes(byte[] value) {
    number(value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  void raw(byte[] value) {
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  void text(String value) {
    bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
