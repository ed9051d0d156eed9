package org.healthbeam.transforms.vital.window;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.healthbeam.core.vital.SummaryKey;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes a {@link SummaryKey}, deterministically. */
public final class SummaryKeyCoder extends CompactCoder<SummaryKey> {
  private static final long serialVersionUID = 1L;
  private static final SummaryKeyCoder INSTANCE = new SummaryKeyCoder();

  private SummaryKeyCoder() {
    super(SummaryKey.class);
  }

  /** {@return the coder, of which there is one} */
  public static SummaryKeyCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(SummaryKey key, OutputStream out) throws IOException {
    StringUtf8Coder.of().encode(key.subject(), out);
    VarIntCoder.of().encode(key.kind().index(), out);
    BigEndianLongCoder.of().encode(key.windowStart().toEpochMilli(), out);
    BigEndianLongCoder.of().encode(key.windowEnd().toEpochMilli(), out);
  }

  @Override
  public SummaryKey decode(InputStream in) throws IOException {
    return new SummaryKey(
        StringUtf8Coder.of().decode(in),
        VitalKind.at(VarIntCoder.of().decode(in)),
        Instant.ofEpochMilli(BigEndianLongCoder.of().decode(in)),
        Instant.ofEpochMilli(BigEndianLongCoder.of().decode(in)));
  }
}
