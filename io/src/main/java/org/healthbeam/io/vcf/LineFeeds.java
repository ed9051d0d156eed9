package org.healthbeam.io.vcf;

import org.healthbeam.io.text.ByteScan;

/** Where lines end. */
final class LineFeeds {
  private LineFeeds() {}

  /** {@return how many there are} */
  static int count(byte[] b, int from, int to) {
    return ByteScan.count(b, (byte) '\n', from, to);
  }

  /** {@return where the first one is, or -1} */
  static int first(byte[] b, int from, int to) {
    return ByteScan.first(b, (byte) '\n', from, to);
  }

  /** {@return where the last one is, or -1} */
  static int last(byte[] b, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (b[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
