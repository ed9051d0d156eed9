package org.healthbeam.io.vcf;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Where lines end. */
final class LineFeeds {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EVERY_BYTE = 0x0101010101010101L;
  private static final long LOW_BITS = 0x7f * EVERY_BYTE;

  private LineFeeds() {}

  /** Returns how many there are. */
  static int count(byte[] b, int from, int to) {
    int n = 0;
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      long others = (long) LONGS.get(b, i) ^ ('\n' * EVERY_BYTE);
      // The highest bit of each byte that is not 0, and all others.
      long marks = ((others & LOW_BITS) + LOW_BITS) | others | LOW_BITS;
      n += Long.bitCount(~marks);
    }
    for (; i < to; i++) {
      n += b[i] == '\n' ? 1 : 0;
    }
    return n;
  }

  /** Returns where the first one is, or -1. */
  static int first(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** Returns where the last one is, or -1. */
  static int last(byte[] b, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (b[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
