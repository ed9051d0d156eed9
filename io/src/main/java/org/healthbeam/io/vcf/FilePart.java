package org.healthbeam.io.vcf;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.io.text.SniffedFile.Compression;

/**
 * What one worker reads of a file at a time: the lines between two cuts.
 *
 * @param file as matched
 * @param compression told from the file's bytes
 * @param header the file's, or how it is known again
 * @param index the number of the part within its file, from 0
 * @param count how many parts the file has; {@link #BY_INDEX} where only what an index tells is
 *     read
 * @param firstLine the number of the part's first line in the file where the part begins at a known
 *     line; else 1, and lines are counted from the part's beginning
 * @param from where the part begins
 * @param to where the next one begins
 */
record FilePart(
    String file,
    Compression compression,
    PartHeader header,
    int index,
    int count,
    long firstLine,
    Cut from,
    Cut to) {

  static final int BY_INDEX = 0;

  /**
   * A place between two lines.
   *
   * @param address a byte of the file; in BGZF, it stands for the first block from there on
   * @param skip how many bytes, inflated, lie between there and the line that begins at the cut; or
   *     {@link #SEARCH}
   */
  record Cut(long address, int skip) {
    /** The cut is behind the first line feed from the address on. */
    static final int SEARCH = -1;

    static final Cut END_OF_FILE = new Cut(Long.MAX_VALUE, SEARCH);

    /** {@return the cut at a virtual offset of BGZF} */
    static Cut at(long virtualOffset) {
      return new Cut(virtualOffset >>> 16, (int) virtualOffset & 0xffff);
    }

    static Cut near(long address) {
      return new Cut(address, SEARCH);
    }

    boolean isKnown() {
      return skip != SEARCH;
    }
  }

  /** {@return a part that an index tells} */
  static FilePart byIndex(String file, PartHeader header, int index, Cut from, Cut to) {
    return new FilePart(file, Compression.BGZF, header, index, BY_INDEX, 1, from, to);
  }

  /** {@return what the blocks say of where their lines stand} */
  VcfBlock.Part inBlocks() {
    if (count == BY_INDEX) {
      return VcfBlock.Part.at((from.address << 16) | Math.max(0, from.skip));
    }
    return count == 1 ? VcfBlock.Part.WHOLE : VcfBlock.Part.of(index);
  }

  /** Encodes a part, deterministically. */
  static final class PartCoder extends AtomicCoder<FilePart> {
    private static final long serialVersionUID = 1L;
    private static final PartCoder INSTANCE = new PartCoder();

    static PartCoder of() {
      return INSTANCE;
    }

    @Override
    public void encode(FilePart value, OutputStream out) throws IOException {
      StringUtf8Coder.of().encode(value.file, out);
      StringUtf8Coder.of().encode(value.compression.name(), out);
      value.header.encode(out);
      VarIntCoder.of().encode(value.index, out);
      VarIntCoder.of().encode(value.count, out);
      VarLongCoder.of().encode(value.firstLine, out);
      encode(value.from, out);
      encode(value.to, out);
    }

    private static void encode(Cut cut, OutputStream out) throws IOException {
      VarLongCoder.of().encode(cut.address, out);
      VarIntCoder.of().encode(cut.skip, out);
    }

    @Override
    public FilePart decode(InputStream in) throws IOException {
      return new FilePart(
          StringUtf8Coder.of().decode(in),
          Compression.valueOf(StringUtf8Coder.of().decode(in)),
          PartHeader.decode(in),
          VarIntCoder.of().decode(in),
          VarIntCoder.of().decode(in),
          VarLongCoder.of().decode(in),
          decodeCut(in),
          decodeCut(in));
    }

    private static Cut decodeCut(InputStream in) throws IOException {
      return new Cut(VarLongCoder.of().decode(in), VarIntCoder.of().decode(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
