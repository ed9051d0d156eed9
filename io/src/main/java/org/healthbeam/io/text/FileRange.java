package org.healthbeam.io.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;

/**
 * A file, or the lines that begin in a range of a plain file's bytes.
 *
 * @param file as matched
 * @param index the number of the range within its file, from 0
 * @param start first byte
 * @param end after the last byte; {@link #WHOLE} for a file that is read to its end
 * @param newlinesBefore how many newlines stand before {@code start}
 * @param framing what a record is
 * @param weight how much work it is, about in bytes of text
 */
record FileRange(
    String file,
    int index,
    long start,
    long end,
    long newlinesBefore,
    Framing framing,
    long weight) {
  static final long WHOLE = Long.MAX_VALUE;

  static FileRange whole(String file, Framing framing, long weight) {
    return new FileRange(file, 0, 0, WHOLE, 0, framing, weight);
  }

  FileRange after(long newlines) {
    return new FileRange(file, index, start, end, newlines, framing, weight);
  }

  /** Encodes a range, deterministically. */
  static final class RangeCoder extends AtomicCoder<FileRange> {
    private static final long serialVersionUID = 1L;
    private static final RangeCoder INSTANCE = new RangeCoder();

    static RangeCoder of() {
      return INSTANCE;
    }

    @Override
    public void encode(FileRange value, OutputStream out) throws IOException {
      StringUtf8Coder.of().encode(value.file, out);
      VarIntCoder.of().encode(value.index, out);
      VarLongCoder.of().encode(value.start, out);
      VarLongCoder.of().encode(value.end, out);
      VarLongCoder.of().encode(value.newlinesBefore, out);
      StringUtf8Coder.of().encode(value.framing.name(), out);
      VarLongCoder.of().encode(value.weight, out);
    }

    @Override
    public FileRange decode(InputStream in) throws IOException {
      return new FileRange(
          StringUtf8Coder.of().decode(in),
          VarIntCoder.of().decode(in),
          VarLongCoder.of().decode(in),
          VarLongCoder.of().decode(in),
          VarLongCoder.of().decode(in),
          Framing.valueOf(StringUtf8Coder.of().decode(in)),
          VarLongCoder.of().decode(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
