package org.healthbeam.io.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import javax.annotation.Nullable;
import org.healthbeam.io.text.SequenceHeader.Marker;
import org.healthbeam.io.text.SequenceHeader.Numbers;
import org.healthbeam.io.text.SequenceHeader.Values;

/**
 * Takes the values of a Hadoop sequence file out of a range of its bytes: those of the sections
 * whose marker begins in it, and of the first section, which has none, if it begins with the file.
 *
 * <p>The position of a record is its offset in the file; of one in a block that of the block's
 * marker, a colon, and its number in the block from 0. What is damaged is told once, and reading
 * goes on at the next record, or at the next marker where there is no telling where that is.
 *
 * <p>Memory: a record, or a block with its values.
 */
final class SequenceScanner implements RecordScanner {
  private static final int INITIAL = 1 << 16;
  private static final byte[] NOTHING = new byte[0];

  /** The lengths of a record and of its key. */
  private static final int LENGTHS = 2 * Integer.BYTES;

  /** Before the values of a block, and before their lengths, stand those of its keys. */
  private static final int PARTS = 4;

  private final InputStream in;
  private final SequenceHeader header;
  private final long end;
  private final int limit;
  private byte[] buffer = new byte[INITIAL];
  private int from;
  private int to;

  /** The offset in the file of what stands in the buffer at 0. */
  private long base;

  /** Where the section that is read begins. */
  private long section;

  private String position = "";
  private boolean cutOff;
  private String damage = "";

  /** The block that is read; null between blocks. */
  @Nullable private Block block;

  /** Values of a block, and how many of them were told. */
  private static final class Block {
    private final byte[] lengths;
    private final byte[] values;
    private final int records;
    private int nextLength;
    private int nextValue;
    private int told;

    Block(byte[] lengths, byte[] values, int records) {
      this.lengths = lengths;
      this.values = values;
      this.records = records;
    }
  }

  /**
   * Begins.
   *
   * @param in stands at the first byte of the range, or behind the header
   * @param start where that is in the file
   * @param end of the range
   * @param limit the longest record, in bytes
   */
  SequenceScanner(InputStream in, SequenceHeader header, long start, long end, int limit)
      throws IOException {
    this.in = in;
    this.header = header;
    this.base = start;
    this.section = Math.min(start, end - 1);
    this.end = end;
    this.limit = limit;
    if (start != header.length()) {
      findMarker();
    }
  }

  @Override
  @Nullable
  public byte[] next() throws IOException {
    cutOff = false;
    damage = "";
    while (true) {
      if (block != null) {
        if (block.told < block.records) {
          return nextOfBlock();
        }
        boolean more =
            block.nextLength < block.lengths.length || block.nextValue < block.values.length;
        position = section + ":" + block.told;
        block = null;
        if (more) {
          return damaged();
        }
      }
      position = Long.toString(base + from);
      if (!has(1)) {
        return null;
      }
      int length = has(Integer.BYTES) ? number(0) : 0;
      if (length != Marker.ESCAPE) {
        return header.ofBlocks() ? unreadable(!has(Integer.BYTES)) : record(length);
      }
      if (!isMarker(0)) {
        return unreadable(!has(Marker.LENGTH));
      }
      if (base + from >= end) {
        return null;
      }
      section = base + from;
      from += Marker.LENGTH;
      if (header.ofBlocks() && !beginBlock()) {
        return NOTHING;
      }
    }
  }

  private byte[] record(int length) throws IOException {
    if (!isRecord(0) || !has(LENGTHS + length)) {
      return unreadable(!has(LENGTHS) || isRecord(0));
    }
    int key = number(Integer.BYTES);
    byte[] value;
    try {
      byte[] stored = header.codec().inflate(buffer, from + LENGTHS + key, length - key, limit);
      value = content(stored, 0, stored.length);
    } catch (IOException damaged) {
      value = null;
    }
    int span = LENGTHS + length;
    if (value == null && has(span + 1) && !isMarker(span) && !isRecord(span)) {
      return unreadable(false);
    }
    from += span;
    return value == null ? damaged() : value;
  }

  /** {@return whether the lengths of a record stand there} */
  private boolean isRecord(int at) throws IOException {
    if (!has(at + LENGTHS)) {
      return false;
    }
    int length = number(at);
    int key = number(at + Integer.BYTES);
    return length >= 0 && length <= limit && key >= 0 && key <= length;
  }

  private boolean isMarker(int at) throws IOException {
    return has(at + Marker.LENGTH) && header.marker().isAt(buffer, from + at);
  }

  /** {@return the content of a value; null if it is of another length than it says} */
  @Nullable
  private byte[] content(byte[] value, int at, int length) {
    int before = Integer.BYTES;
    int inside = -1;
    if (header.values() == Values.TEXT && length > 0) {
      before = Numbers.length(value[at]);
      inside = before > length ? -1 : Numbers.value(value, at, before);
    } else if (length >= Integer.BYTES) {
      inside = number(value, at);
    }
    return inside < 0 || inside != length - before
        ? null
        : Arrays.copyOfRange(value, at + before, at + length);
  }

  /** Reads the block behind a marker; if it cannot be read, says why and goes on behind it. */
  private boolean beginBlock() throws IOException {
    int at = numberLength(0);
    int records = at == 0 ? -1 : Numbers.value(buffer, from, at);
    int[] begin = new int[PARTS];
    int[] length = new int[PARTS];
    boolean ended = at == 0;
    for (int i = 0; i < PARTS && records >= 0; i++) {
      int digits = numberLength(at);
      length[i] = digits == 0 ? -1 : Numbers.value(buffer, from + at, digits);
      begin[i] = at + digits;
      boolean sound = length[i] >= 0 && length[i] <= limit - begin[i];
      ended = digits == 0 || (sound && !has(begin[i] + length[i]));
      records = sound && !ended ? records : -1;
      at = begin[i] + length[i];
    }
    position = Long.toString(section);
    if (records < 0) {
      unreadable(ended);
      return false;
    }
    try {
      byte[] lengths = header.codec().inflate(buffer, from + begin[2], length[2], limit);
      byte[] values = header.codec().inflate(buffer, from + begin[3], length[3], limit);
      block = new Block(lengths, values, records);
    } catch (IOException damaged) {
      damaged();
    }
    from += at;
    return block != null;
  }

  private byte[] nextOfBlock() {
    position = section + ":" + block.told;
    int digits =
        block.nextLength < block.lengths.length
            ? Numbers.length(block.lengths[block.nextLength])
            : Integer.MAX_VALUE;
    int length =
        digits > block.lengths.length - block.nextLength
            ? -1
            : Numbers.value(block.lengths, block.nextLength, digits);
    if (length < 0 || length > block.values.length - block.nextValue) {
      // Where the rest of its values begin nobody knows.
      block = null;
      return damaged();
    }
    byte[] value = content(block.values, block.nextValue, length);
    block.nextLength += digits;
    block.nextValue += length;
    block.told++;
    return value == null ? damaged() : value;
  }

  /** {@return how long a variable number is that stands there; 0 if it is not there} */
  private int numberLength(int at) throws IOException {
    if (!has(at + 1)) {
      return 0;
    }
    int length = Numbers.length(buffer[from + at]);
    return has(at + length) ? length : 0;
  }

  private byte[] damaged() {
    damage = "a damaged record of a sequence file, or one of more than " + limit + " bytes";
    return NOTHING;
  }

  /**
   * Goes on at the next marker.
   *
   * @param ended whether the file has ended; where there is no marker, it ends here
   */
  private byte[] unreadable(boolean ended) throws IOException {
    from = Math.min(to, from + 1);
    if (findMarker() || !ended) {
      return damaged();
    }
    cutOff = true;
    return NOTHING;
  }

  private boolean findMarker() throws IOException {
    while (has(Marker.LENGTH)) {
      int last = to - Marker.LENGTH;
      while (from <= last) {
        if (buffer[from] == (byte) Marker.ESCAPE && header.marker().isAt(buffer, from)) {
          return true;
        }
        from++;
      }
    }
    from = to;
    return false;
  }

  /** Makes sure that so many bytes stand in the buffer; false if the range's file has fewer. */
  private boolean has(int bytes) throws IOException {
    if (to - from >= bytes) {
      return true;
    }
    System.arraycopy(buffer, from, buffer, 0, to - from);
    base += from;
    to -= from;
    from = 0;
    while (to < bytes) {
      if (to == buffer.length) {
        buffer = Arrays.copyOf(buffer, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * to));
      }
      int n = in.read(buffer, to, buffer.length - to);
      if (n < 0) {
        return false;
      }
      to += n;
    }
    return true;
  }

  private int number(int at) {
    return number(buffer, from + at);
  }

  private static int number(byte[] bytes, int at) {
    return ((bytes[at] & 0xff) << 24)
        | ((bytes[at + 1] & 0xff) << 16)
        | ((bytes[at + 2] & 0xff) << 8)
        | (bytes[at + 3] & 0xff);
  }

  /** There are no lines. */
  @Override
  public long lineNumber() {
    return 0;
  }

  @Override
  public String position() {
    return position;
  }

  /** {@return where the section that is read begins} */
  @Override
  public long offset() {
    return section;
  }

  @Override
  public byte[] partial() {
    return NOTHING;
  }

  @Override
  public boolean isTooLong() {
    return false;
  }

  @Override
  public boolean isCutOff() {
    return cutOff;
  }

  @Override
  public String damage() {
    return damage;
  }
}
