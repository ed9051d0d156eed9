package org.healthbeam.io.vcf;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.VcfBlock;

/**
 * How the reading of one part of a file went.
 *
 * @param index the number of the part
 * @param lines how many lines of the file lie before the next part's first, counted from the part's
 *     beginning
 * @param damages how many places could not be read
 * @param firstDamage the line of the first of them, counted likewise
 * @param offset the virtual offset from which lines are counted where an index told what is read;
 *     else -1
 * @param reason why that one could not be read; empty without a damage
 * @param detail in words
 * @param remark what else is to be said of the file, as an outcome of the stage; perhaps empty
 */
record PartReport(
    int index,
    long lines,
    long damages,
    long firstDamage,
    long offset,
    String reason,
    String detail,
    String remark) {

  /** {@return what is wrong with a part that is damaged} */
  RejectedException why() {
    return new RejectedException(RejectReason.fromCode(reason), detail);
  }

  /**
   * {@return where the first damage is}
   *
   * @param before how many lines the parts before have
   */
  String position(long before) {
    return offset < 0
        ? Long.toString(before + firstDamage)
        : VcfBlock.Part.at(offset).position(firstDamage);
  }

  /** Encodes a report, deterministically. */
  static final class ReportCoder extends AtomicCoder<PartReport> {
    private static final long serialVersionUID = 1L;
    private static final ReportCoder INSTANCE = new ReportCoder();

    static ReportCoder of() {
      return INSTANCE;
    }

    @Override
    public void encode(PartReport value, OutputStream out) throws IOException {
      VarIntCoder.of().encode(value.index, out);
      VarLongCoder.of().encode(value.lines, out);
      VarLongCoder.of().encode(value.damages, out);
      VarLongCoder.of().encode(value.firstDamage, out);
      VarLongCoder.of().encode(value.offset, out);
      StringUtf8Coder.of().encode(value.reason, out);
      StringUtf8Coder.of().encode(value.detail, out);
      StringUtf8Coder.of().encode(value.remark, out);
    }

    @Override
    public PartReport decode(InputStream in) throws IOException {
      return new PartReport(
          VarIntCoder.of().decode(in),
          VarLongCoder.of().decode(in),
          VarLongCoder.of().decode(in),
          VarLongCoder.of().decode(in),
          VarLongCoder.of().decode(in),
          StringUtf8Coder.of().decode(in),
          StringUtf8Coder.of().decode(in),
          StringUtf8Coder.of().decode(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
