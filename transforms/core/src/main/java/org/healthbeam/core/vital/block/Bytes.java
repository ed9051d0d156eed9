package org.healthbeam.core.vital.block;

import java.util.Arrays;

/** Bytes that grow; whole numbers of one's choice take as few as they need, 7 bits each. */
final class Bytes {
  private byte[] bytes;
  private int size;

  Bytes(int capacity) {
    bytes = new byte[capacity];
  }

  int size() {
    return size;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
  }

  void put(int oneByte) {
    room(1);
    bytes[size++] = (byte) oneByte;
  }

  void putNumber(long number) {
    room(10);
    long left = number;
    while ((left & ~0x7fL) != 0) {
      bytes[size++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    bytes[size++] = (byte) left;
  }

  void putLong(long number) {
    room(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (number >>> shift);
    }
  }

  void putArray(byte[] array, int from, int length) {
    room(length);
    System.arraycopy(array, from, bytes, size, length);
    size += length;
  }

  void putAll(Bytes other) {
    putArray(other.bytes, 0, other.size);
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }
}
