package org.healthbeam.io.bgzf;

/**
 * The header of a block, in the bytes where it stands: a gzip member with one extra field at least,
 * {@code BC}, which says how long the block is.
 *
 * <p>Source of the rules: SAM specification (samtools/hts-specs), section 4.1.
 */
final class BlockHeader {
  /** The most bytes that a block has, compressed or not. */
  static final int MOST = 1 << 16;

  /** After the compressed data: CRC-32 and length of what they inflate to. */
  static final int TRAILER = 8;

  /** There is no header. */
  static final int NONE = -1;

  /** What is there may be a header, but the bytes end within it. */
  static final int CUT = -2;

  private static final int[] FIRST = {0x1f, 0x8b, 8, 4};
  private static final int FIXED = 12;
  private static final int SUBFIELD = 4;

  private BlockHeader() {}

  /** {@return the length of the block that begins here, {@link #NONE} or {@link #CUT}} */
  static int blockLength(byte[] b, int at, int to) {
    for (int i = 0; i < FIRST.length; i++) {
      if (at + i >= to) {
        return CUT;
      }
      if ((b[at + i] & 0xff) != FIRST[i]) {
        return NONE;
      }
    }
    if (at + FIXED > to) {
      return CUT;
    }
    int end = dataStart(b, at);
    int field = at + FIXED;
    while (field + SUBFIELD <= end) {
      if (field + SUBFIELD + 2 > to) {
        return CUT;
      }
      int length = uint16(b, field + 2);
      if (b[field] == 'B' && b[field + 1] == 'C' && length == 2 && field + SUBFIELD + 2 <= end) {
        int block = uint16(b, field + SUBFIELD) + 1;
        return at + block > end + TRAILER ? block : NONE;
      }
      field += SUBFIELD + length;
    }
    return NONE;
  }

  /** {@return where the compressed data of the block begin that begins here} */
  static int dataStart(byte[] b, int at) {
    return at + FIXED + uint16(b, at + FIXED - 2);
  }

  private static int uint16(byte[] b, int at) {
    return (b[at] & 0xff) | ((b[at + 1] & 0xff) << 8);
  }

  static int int32(byte[] b, int at) {
    return uint16(b, at) | (uint16(b, at + 2) << 16);
  }
}
