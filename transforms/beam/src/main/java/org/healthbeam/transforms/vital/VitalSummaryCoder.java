package org.healthbeam.transforms.vital;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.util.VarInt;
import org.healthbeam.core.vital.VitalSummary;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes a {@link VitalSummary}, deterministically. */
public final class VitalSummaryCoder extends CompactCoder<VitalSummary> {
  private static final long serialVersionUID = 1L;
  private static final VitalSummaryCoder INSTANCE = new VitalSummaryCoder();

  private VitalSummaryCoder() {
    super(VitalSummary.class);
  }

  /** {@return the coder, of which there is one} */
  public static VitalSummaryCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(VitalSummary s, OutputStream out) throws IOException {
    StringUtf8Coder.of().encode(s.subject(), out);
    KindCoding.write(s.kind(), out);
    KindCoding.write(s.windowStart(), out);
    KindCoding.write(s.windowEnd(), out);
    VarInt.encode(s.revision(), out);
    KindCoding.write(s.isFinal(), out);
    VarInt.encode(s.n(), out);
    for (double number : numbers(s)) {
      KindCoding.write(number, out);
    }
    VarInt.encode(s.nImplausible(), out);
    VarInt.encode(s.nDuplicate(), out);
  }

  private static double[] numbers(VitalSummary s) {
    return new double[] {
      s.mean(),
      s.sd(),
      s.min(),
      s.max(),
      s.first(),
      s.last(),
      s.twa(),
      s.slopePerHour(),
      s.p05(),
      s.p50(),
      s.p95(),
      s.coverage(),
      s.maxGapSeconds()
    };
  }

  @Override
  public VitalSummary decode(InputStream in) throws IOException {
    return new VitalSummary(
        StringUtf8Coder.of().decode(in),
        KindCoding.read(in),
        KindCoding.readTime(in),
        KindCoding.readTime(in),
        VarInt.decodeLong(in),
        KindCoding.readFlag(in),
        VarInt.decodeLong(in),
        KindCoding.readDouble(in),
        KindCoding.readDouble(in),
        KindCoding.readDouble(in),
        KindCoding.readDouble(in),
        KindCoding.readDouble(in),
        KindCoding.readDouble(in),
        KindCoding.readDouble(in),
        KindCoding.readDouble(in),
        KindCoding.readDouble(in),
        KindCoding.readDouble(in),
        KindCoding.readDouble(in),
        KindCoding.readDouble(in),
        KindCoding.readDouble(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in));
  }
}
