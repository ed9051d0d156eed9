package org.healthbeam.core.variant;

import java.util.Arrays;
import java.util.Objects;

/**
 * Some whole lines of a VCF, one after the other as they stand in the file, so that what an element
 * costs is paid once for many lines. Each file has at least one, even if it has no record.
 *
 * <p>It does not copy the bytes. Where it is an element nobody may change them; where it is given
 * while a file is read it only holds until the next one is given, which may use the same bytes.
 * {@code toString} shows the place only.
 *
 * @param source the file
 * @param part which part of the file it was read in
 * @param firstLine the number of the first line, from 1; of a file that is read in parts, counted
 *     from the beginning of the part
 * @param header the file's header
 * @param bytes the lines, each ended by a line feed but perhaps the last
 * @param length how many of the bytes are meant, from the first on
 * @param passedBefore how many lines right before the first were read and are given to nobody,
 *     since their records are not wanted
 */
@SuppressWarnings("ArrayRecordComponent")
public record VcfBlock(
    String source,
    Part part,
    long firstLine,
    VcfHeader header,
    byte[] bytes,
    int length,
    long passedBefore) {

  /**
   * A part of a file. Each part of a file that has several has one block that says how many lines
   * the part has, so that lines can be numbered throughout the file.
   *
   * @param index the number of the part, from 0; -1 for the whole file
   * @param lines how many lines the part has, or -1 where that is not said
   * @param offset the virtual offset in BGZF of the line from which lines are counted, where no
   *     more of the file is read than an index tells; else -1
   */
  public record Part(int index, long lines, long offset) {
    /** The whole file. */
    public static final Part WHOLE = new Part(-1, -1, -1);

    /**
     * {@return the part of this number}
     *
     * @param index from 0
     */
    public static Part of(int index) {
      return new Part(index, -1, -1);
    }

    /**
     * {@return the lines from this virtual offset on}
     *
     * @param offset of BGZF: the block's address, shifted by 16 bits, and the place in the block
     */
    public static Part at(long offset) {
      return new Part(-1, -1, offset);
    }

    /**
     * {@return the same part, with the number of its lines}
     *
     * @param lines how many, from 0
     */
    public Part withLines(long lines) {
      return new Part(index, lines, offset);
    }

    /** {@return whether the place of a line is known without the other parts} */
    public boolean isPlaced() {
      return index < 0;
    }

    /**
     * {@return where a line is, if that is known without the other parts: its number in the file,
     * or {@code ADDRESS:SKIP+N}, the Nth line from this virtual offset on}
     *
     * @param line its number in the part, from 1
     */
    public String position(long line) {
      return offset < 0
          ? Long.toString(line)
          : (offset >>> 16) + ":" + (offset & 0xffff) + "+" + line;
    }

    /** {@return whether the number of lines is said} */
    public boolean hasLines() {
      return lines >= 0;
    }
  }

  /**
   * Refuses what is null, and a length that the bytes do not have.
   *
   * @param source the file
   * @param part which part of the file it was read in
   * @param firstLine the number of the first line, from 1; of a file that is read in parts, counted
   *     from the beginning of the part
   * @param header the file's header
   * @param bytes the lines, each ended by a line feed but perhaps the last
   * @param length how many of the bytes are meant, from the first on
   * @param passedBefore how many lines right before the first were read and are given to nobody,
   *     since their records are not wanted
   */
  public VcfBlock {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(part, "part");
    Objects.requireNonNull(header, "header");
    Objects.checkFromIndexSize(0, length, bytes.length);
  }

  /**
   * Makes a block before which no line was passed over.
   *
   * @param source the file
   * @param part which part of the file it was read in
   * @param firstLine the number of the first line, from 1, in the part
   * @param header the file's header
   * @param bytes the lines, each ended by a line feed but perhaps the last
   * @param length how many of the bytes are meant, from the first on
   */
  public VcfBlock(
      String source, Part part, long firstLine, VcfHeader header, byte[] bytes, int length) {
    this(source, part, firstLine, header, bytes, length, 0);
  }

  /**
   * Makes a block of all these bytes.
   *
   * @param source the file
   * @param part which part of the file it was read in
   * @param firstLine the number of the first line, from 1, in the part
   * @param header the file's header
   * @param bytes the lines, each ended by a line feed but perhaps the last
   */
  public VcfBlock(String source, Part part, long firstLine, VcfHeader header, byte[] bytes) {
    this(source, part, firstLine, header, bytes, bytes.length);
  }

  /**
   * Makes a block of a file that is read as a whole.
   *
   * @param source the file
   * @param firstLine the number of the first line, from 1
   * @param header the file's header
   * @param bytes the lines, each ended by a line feed but perhaps the last
   */
  public VcfBlock(String source, long firstLine, VcfHeader header, byte[] bytes) {
    this(source, Part.WHOLE, firstLine, header, bytes);
  }

  /**
   * {@return where the line ends that has the byte at {@code from}: at its line feed or the end}
   *
   * @param from before the end of the lines
   */
  public int lineEnd(int from) {
    int end = Bytes.indexOf(bytes, (byte) '\n', from, length);
    return end < 0 ? length : end;
  }

  /** {@return how many lines there are; the last one counts also where no line feed ends it} */
  public long lineCount() {
    long n = 0;
    for (int from = 0; from < length; from = lineEnd(from) + 1) {
      n++;
    }
    return n;
  }

  /** {@return a block with bytes of its own, which holds however long} */
  public VcfBlock copy() {
    byte[] own = Arrays.copyOf(bytes, length);
    return new VcfBlock(source, part, firstLine, header, own, length, passedBefore);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VcfBlock that
        && source.equals(that.source)
        && part.equals(that.part)
        && firstLine == that.firstLine
        && passedBefore == that.passedBefore
        && header.equals(that.header)
        && Arrays.equals(bytes, 0, length, that.bytes, 0, that.length);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hash(source, part, firstLine, header, length)
        + Arrays.hashCode(Arrays.copyOf(bytes, length));
  }

  @Override
  public String toString() {
    return source
        + (part.isPlaced() ? "" : " part " + part.index())
        + ":"
        + part.position(firstLine);
  }
}
