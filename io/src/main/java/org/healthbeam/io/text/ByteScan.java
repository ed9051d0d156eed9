package org.healthbeam.io.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for a byte among many, eight at a time. */
public final class ByteScan {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EVERY_BYTE = 0x0101010101010101L;
  private static final long LOW_BITS = 0x7f * EVERY_BYTE;

  private ByteScan() {}

  /**
   * {@return how many there are}
   *
   * @param b the bytes that are looked at
   * @param wanted the byte that is counted
   * @param from the first index
   * @param to the index behind the last
   */
  public static int count(byte[] b, byte wanted, int from, int to) {
    int n = 0;
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      n += Long.bitCount(marks(b, i, wanted));
    }
    for (; i < to; i++) {
      n += b[i] == wanted ? 1 : 0;
    }
    return n;
  }

  /**
   * {@return where the first one is, or -1}
   *
   * @param b the bytes that are looked at
   * @param wanted the byte that is looked for
   * @param from the first index
   * @param to the index behind the last
   */
  public static int first(byte[] b, byte wanted, int from, int to) {
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      long marks = marks(b, i, wanted);
      if (marks != 0) {
        return i + Long.numberOfTrailingZeros(marks) / Byte.SIZE;
      }
    }
    for (; i < to; i++) {
      if (b[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** {@return the highest bit of each of eight bytes that is the wanted one} */
  private static long marks(byte[] b, int at, byte wanted) {
    long others = (long) LONGS.get(b, at) ^ ((wanted & 0xff) * EVERY_BYTE);
    return ~(((others & LOW_BITS) + LOW_BITS) | others | LOW_BITS);
  }
}
