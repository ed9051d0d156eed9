package org.healthbeam.transforms.variant;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.util.VarInt;
import org.healthbeam.core.variant.PopulationSummary;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes a {@link PopulationSummary}, deterministically. */
public final class PopulationSummaryCoder extends CompactCoder<PopulationSummary> {
  private static final long serialVersionUID = 1L;
  private static final PopulationSummaryCoder INSTANCE = new PopulationSummaryCoder();
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();

  private PopulationSummaryCoder() {
    super(PopulationSummary.class);
  }

  /** {@return the coder, of which there is one} */
  public static PopulationSummaryCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(PopulationSummary value, OutputStream out) throws IOException {
    TEXT.encode(value.contig(), out);
    VarInt.encode(value.pos(), out);
    TEXT.encode(value.ref(), out);
    TEXT.encode(value.alt(), out);
    TEXT.encode(value.population(), out);
    VarInt.encode(value.nMissing(), out);
    VarInt.encode(value.nPartial(), out);
    VarInt.encode(value.nHomRef(), out);
    VarInt.encode(value.nHet(), out);
    VarInt.encode(value.nHomAlt(), out);
    VarInt.encode(value.nHapRef(), out);
    VarInt.encode(value.nHapAlt(), out);
    VarInt.encode(value.nCalled(), out);
    VarInt.encode(value.ac(), out);
    VarInt.encode(value.an(), out);
    VarInt.encode(value.acSecond(), out);
    VarInt.encode(value.diploidHom(), out);
    VarInt.encode(value.diploidHet(), out);
    VarInt.encode(value.diploidRest(), out);
  }

  @Override
  public PopulationSummary decode(InputStream in) throws IOException {
    return new PopulationSummary(
        TEXT.decode(in),
        VarInt.decodeInt(in),
        TEXT.decode(in),
        TEXT.decode(in),
        TEXT.decode(in),
        VarInt.decodeInt(in),
        VarInt.decodeInt(in),
        VarInt.decodeInt(in),
        VarInt.decodeInt(in),
        VarInt.decodeInt(in),
        VarInt.decodeInt(in),
        VarInt.decodeInt(in),
        VarInt.decodeInt(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        VarInt.decodeInt(in),
        VarInt.decodeInt(in),
        VarInt.decodeInt(in));
  }
}
