package org.healthbeam.transforms.variant.join;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;

/**
 * A file that has a sample on a sequence; or that the sample is withdrawn.
 *
 * @param sequence the key of the sequence that it has, or empty for a withdrawal
 * @param contig what the file calls the sequence
 * @param file the name, or empty for a withdrawal
 * @param line the number of the line that names the sample, or 0 where that is not known
 * @param time when the file came or the sample was withdrawn, in milliseconds since 1970
 */
record SampleFile(String sequence, String contig, String file, long line, long time) {

  static SampleFile withdrawal(long time) {
    return new SampleFile("", "", "", 0, time);
  }

  boolean isWithdrawal() {
    return file.isEmpty();
  }

  /** Encodes it, deterministically. */
  static final class FileCoder extends AtomicCoder<SampleFile> {
    private static final long serialVersionUID = 1L;
    private static final FileCoder INSTANCE = new FileCoder();

    private FileCoder() {}

    static FileCoder of() {
      return INSTANCE;
    }

    @Override
    public void encode(SampleFile value, OutputStream out) throws IOException {
      StringUtf8Coder.of().encode(value.sequence, out);
      StringUtf8Coder.of().encode(value.contig, out);
      StringUtf8Coder.of().encode(value.file, out);
      VarLongCoder.of().encode(value.line, out);
      VarLongCoder.of().encode(value.time, out);
    }

    @Override
    public SampleFile decode(InputStream in) throws IOException {
      return new SampleFile(
          StringUtf8Coder.of().decode(in),
          StringUtf8Coder.of().decode(in),
          StringUtf8Coder.of().decode(in),
          VarLongCoder.of().decode(in),
          VarLongCoder.of().decode(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
