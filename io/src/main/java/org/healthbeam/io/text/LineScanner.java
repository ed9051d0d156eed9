package org.healthbeam.io.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Takes a stream apart into lines of bytes, with their numbers.
 *
 * <p>A line ends at LF, CR LF or the end of the stream; the end is not part of it. A line longer
 * than the limit is passed over, and {@link #isTooLong} says so. If the stream fails, the lines
 * before the failure have been returned, and {@link #lineNumber} is that of the line in which it
 * failed.
 */
final class LineScanner implements RecordScanner {
  private static final int INITIAL = 1 << 16;

  private final InputStream in;
  private final int limit;
  private byte[] buffer = new byte[INITIAL];
  private int from;
  private int to;
  private long lineNumber;
  private long offset;
  private boolean tooLong;

  /**
   * @param in stands at the beginning of a line
   * @param linesBefore how many lines stand before it
   * @param offsetBefore how many bytes stand before it
   * @param limit the longest line, in bytes
   */
  LineScanner(InputStream in, long linesBefore, long offsetBefore, int limit) {
    this.in = in;
    this.offset = offsetBefore;
    this.lineNumber = linesBefore;
    this.limit = limit;
  }

  @Override
  public byte[] next() throws IOException {
    lineNumber++;
    tooLong = false;
    int searched = from;
    while (true) {
      int end = indexOfNewline(searched);
      if (end >= 0) {
        byte[] line = take(end);
        offset += end + 1 - from;
        from = end + 1;
        return line;
      }
      if (to - from > limit) {
        tooLong = true;
        offset += to - from;
        from = to;
      }
      searched = to - from;
      if (!fill()) {
        if (from == to && !tooLong) {
          return null;
        }
        byte[] line = take(to);
        offset += to - from;
        from = to;
        return line;
      }
      searched += from;
    }
  }

  @Override
  public long lineNumber() {
    return lineNumber;
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public byte[] partial() {
    return Arrays.copyOfRange(buffer, from, to);
  }

  @Override
  public boolean isTooLong() {
    return tooLong;
  }

  private byte[] take(int end) {
    if (tooLong || end - from > limit) {
      tooLong = true;
      return new byte[0];
    }
    int stop = end > from && buffer[end - 1] == '\r' ? end - 1 : end;
    return Arrays.copyOfRange(buffer, from, stop);
  }

  private int indexOfNewline(int start) {
    return ByteScan.first(buffer, (byte) '\n', start, to);
  }

  private boolean fill() throws IOException {
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    if (to == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int n = in.read(buffer, to, buffer.length - to);
    if (n <= 0) {
      return false;
    }
    to += n;
    return true;
  }
}
