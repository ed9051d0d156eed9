package org.healthbeam.io.vcf;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.VcfHeader;

/**
 * Takes a stream apart into the header of a VCF and blocks of whole lines.
 *
 * <p>It holds one block at a time. If the stream fails, the whole lines before the failure can
 * still be had with {@link #rest}, and the line in which it failed is left out, since it may have
 * been cut where it still looks whole.
 */
final class BlockScanner {
  private final InputStream in;
  private final int blockBytes;
  private final int lineLimit;
  private byte[] buffer;
  private int from;
  private int to;
  private boolean ended;
  private long line = 1;

  BlockScanner(InputStream in, int blockBytes, int lineLimit) {
    this.in = in;
    this.blockBytes = blockBytes;
    this.lineLimit = lineLimit;
    this.buffer = new byte[Math.min(blockBytes, 1 << 16)];
  }

  /** Returns the number of the line that comes next, or in which the stream failed; from 1. */
  long line() {
    return line;
  }

  /** Reads the header, which comes before anything else. */
  VcfHeader header(OnInvalid policy) throws IOException, RejectedException {
    VcfHeader.Scan scan = new VcfHeader.Scan(policy);
    boolean last = false;
    while (!last) {
      int end = endOfLine(from);
      while (end < 0 && fill()) {
        end = endOfLine(from);
      }
      if (end < 0 && from == to) {
        return scan.header();
      }
      int stop = end < 0 ? to : end;
      int text = stop > from && buffer[stop - 1] == '\r' ? stop - 1 : stop;
      last = scan.line(buffer, from, text);
      from = end < 0 ? to : end + 1;
      line++;
    }
    return scan.header();
  }

  /** Returns the next block of whole lines, or null at the end. */
  byte[] next() throws IOException, RejectedException {
    int end = lastLineFeed();
    while ((end < 0 || to - from < blockBytes) && fill()) {
      end = lastLineFeed();
    }
    if (from == to) {
      return null;
    }
    return take(ended || end < 0 ? to : end + 1);
  }

  /** Returns the whole lines that were read before the stream failed, or null if there is none. */
  byte[] rest() {
    int end = lastLineFeed();
    return end < 0 ? null : take(end + 1);
  }

  /** Counts the lines of a block that was returned. */
  void passed(byte[] block) {
    for (byte b : block) {
      if (b == '\n') {
        line++;
      }
    }
  }

  private byte[] take(int end) {
    byte[] block = Arrays.copyOfRange(buffer, from, end);
    from = end;
    return block;
  }

  private int endOfLine(int start) {
    for (int i = start; i < to; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private int lastLineFeed() {
    for (int i = to - 1; i >= from; i--) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private boolean fill() throws IOException, RejectedException {
    if (ended) {
      return false;
    }
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    if (to == buffer.length) {
      if (to >= lineLimit) {
        throw new RejectedException(
            RejectReason.TOO_LARGE, "a line is longer than " + lineLimit + " bytes");
      }
      buffer = Arrays.copyOf(buffer, Math.min(lineLimit, buffer.length * 2));
    }
    int n = in.read(buffer, to, buffer.length - to);
    ended = n < 0;
    to += Math.max(0, n);
    return !ended;
  }
}
