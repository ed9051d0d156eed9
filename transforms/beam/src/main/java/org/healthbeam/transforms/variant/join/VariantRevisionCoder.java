package org.healthbeam.transforms.variant.join;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.util.VarInt;
import org.healthbeam.core.variant.VariantSummary;
import org.healthbeam.core.variant.join.VariantRevision;
import org.healthbeam.transforms.row.CompactCoder;
import org.healthbeam.transforms.variant.VariantSummaryCoder;

/** Encodes a {@link VariantRevision}, deterministically. */
public final class VariantRevisionCoder extends CompactCoder<VariantRevision> {
  private static final long serialVersionUID = 1L;
  private static final VariantRevisionCoder INSTANCE = new VariantRevisionCoder();
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();
  private static final NullableCoder<VariantSummary> SUMMARY =
      NullableCoder.of(VariantSummaryCoder.of());

  private VariantRevisionCoder() {
    super(VariantRevision.class);
  }

  /** {@return the coder, of which there is one} */
  public static VariantRevisionCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(VariantRevision value, OutputStream out) throws IOException {
    TEXT.encode(value.contig(), out);
    VarInt.encode(value.pos(), out);
    TEXT.encode(value.ref(), out);
    TEXT.encode(value.alt(), out);
    VarLongCoder.of().encode(value.revision(), out);
    SUMMARY.encode(value.summary(), out);
  }

  @Override
  public VariantRevision decode(InputStream in) throws IOException {
    return new VariantRevision(
        TEXT.decode(in),
        VarInt.decodeInt(in),
        TEXT.decode(in),
        TEXT.decode(in),
        VarLongCoder.of().decode(in),
        SUMMARY.decode(in));
  }
}
