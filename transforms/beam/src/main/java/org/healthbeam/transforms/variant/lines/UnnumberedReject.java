package org.healthbeam.transforms.variant.lines;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;

/**
 * A line that broke a rule, while it is not known how many lines stand before its part of the file.
 *
 * @param source the file
 * @param part the number of the part
 * @param line counted from the part's beginning
 * @param column from 1, or 0 if the whole line is meant
 * @param reason why, as published
 * @param detail the rule and its clause
 * @param digest stands for the line in the payload's hash
 */
@SuppressWarnings("ArrayRecordComponent")
record UnnumberedReject(
    String source, int part, long line, int column, String reason, String detail, byte[] digest) {

  RejectedException why() {
    return new RejectedException(RejectReason.fromCode(reason), detail);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UnnumberedReject that
        && source.equals(that.source)
        && part == that.part
        && line == that.line
        && column == that.column
        && reason.equals(that.reason)
        && detail.equals(that.detail)
        && Arrays.equals(digest, that.digest);
  }

  @Override
  public int hashCode() {
    return Objects.hash(source, part, line, column, reason, detail, Arrays.hashCode(digest));
  }

  @Override
  public String toString() {
    return source + " part " + part + ":" + line;
  }

  /** Encodes an {@link UnnumberedReject}, deterministically. */
  static final class RejectCoder extends AtomicCoder<UnnumberedReject> {
    private static final long serialVersionUID = 1L;
    private static final RejectCoder INSTANCE = new RejectCoder();

    static RejectCoder of() {
      return INSTANCE;
    }

    @Override
    public void encode(UnnumberedReject value, OutputStream out) throws IOException {
      StringUtf8Coder.of().encode(value.source, out);
      VarIntCoder.of().encode(value.part, out);
      VarLongCoder.of().encode(value.line, out);
      VarIntCoder.of().encode(value.column, out);
      StringUtf8Coder.of().encode(value.reason, out);
      StringUtf8Coder.of().encode(value.detail, out);
      ByteArrayCoder.of().encode(value.digest, out);
    }

    @Override
    public UnnumberedReject decode(InputStream in) throws IOException {
      return new UnnumberedReject(
          StringUtf8Coder.of().decode(in),
          VarIntCoder.of().decode(in),
          VarLongCoder.of().decode(in),
          VarIntCoder.of().decode(in),
          StringUtf8Coder.of().decode(in),
          StringUtf8Coder.of().decode(in),
          ByteArrayCoder.of().decode(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
