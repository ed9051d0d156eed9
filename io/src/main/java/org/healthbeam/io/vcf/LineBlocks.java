package org.healthbeam.io.vcf;

import java.util.Arrays;

/**
 * Puts pieces of text together to blocks of whole lines, and counts the lines.
 *
 * <p>It holds one block, or one line if that is longer. A line that is lost in parts, or longer
 * than the limit, is left out as a whole and counted.
 */
final class LineBlocks {
  /** Takes what is put together. */
  interface Target {
    /**
     * Takes whole lines, of which the first has this number: so many of the bytes, which change as
     * soon as this returns.
     *
     * @return how many lines there are, the last one counted also where no line feed ends it
     */
    long block(byte[] lines, int length, long firstLine);

    /** Is told of a line that is longer than the limit. */
    void tooLong(long line);
  }

  private final int blockBytes;
  private final int lineLimit;
  private final Target target;
  private byte[] buffer;
  private int to;
  private int wholeTo;
  private long firstLine;
  private boolean dropping;

  /**
   * Begins at the beginning of a line.
   *
   * @param firstLine the line's number
   */
  LineBlocks(int blockBytes, int lineLimit, long firstLine, Target target) {
    this.blockBytes = blockBytes;
    this.lineLimit = lineLimit;
    this.firstLine = firstLine;
    this.target = target;
    this.buffer = new byte[Math.min(blockBytes, 1 << 18)];
  }

  /** Takes the bytes that come next. */
  void add(byte[] bytes, int from, int end) {
    int start = from;
    if (dropping) {
      int lineFeed = LineFeeds.first(bytes, from, end);
      if (lineFeed < 0) {
        return;
      }
      dropping = false;
      firstLine++;
      start = lineFeed + 1;
    }
    int length = end - start;
    if (to + length > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(to + length, 2 * buffer.length));
    }
    System.arraycopy(bytes, start, buffer, to, length);
    int last = LineFeeds.last(buffer, to, to + length);
    to += length;
    wholeTo = last < 0 ? wholeTo : last + 1;
    if (to >= blockBytes && wholeTo > 0) {
      give(wholeTo);
    }
    if (to - wholeTo > lineLimit) {
      target.tooLong(line());
      drop();
    }
  }

  /** Leaves the line out that is under way, up to the next line feed, and gives those before. */
  void drop() {
    give(wholeTo);
    to = 0;
    dropping = true;
  }

  /** Gives what is left, with the last line even if no line feed ends it. */
  void end() {
    give(to);
  }

  /** {@return the number of the line that is under way, or comes next} */
  long line() {
    return firstLine + LineFeeds.count(buffer, 0, wholeTo);
  }

  private void give(int length) {
    if (length == 0) {
      return;
    }
    long lines = target.block(buffer, length, firstLine);
    firstLine += buffer[length - 1] == '\n' ? lines : lines - 1;
    System.arraycopy(buffer, length, buffer, 0, to - length);
    to -= length;
    wholeTo = 0;
  }
}
