package org.healthbeam.transforms.variant;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.util.VarInt;
import org.healthbeam.core.variant.AlleleType;
import org.healthbeam.core.variant.Moments;
import org.healthbeam.core.variant.Novelty;
import org.healthbeam.core.variant.VariantSummary;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes a {@link VariantSummary}, deterministically. */
public final class VariantSummaryCoder extends CompactCoder<VariantSummary> {
  private static final long serialVersionUID = 1L;
  private static final VariantSummaryCoder INSTANCE = new VariantSummaryCoder();
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();

  private VariantSummaryCoder() {
    super(VariantSummary.class);
  }

  /** {@return the coder, of which there is one} */
  public static VariantSummaryCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(VariantSummary value, OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(stream);
    TEXT.encode(value.contig(), out);
    VarInt.encode(value.pos(), out);
    TEXT.encode(value.id(), out);
    TEXT.encode(value.ref(), out);
    TEXT.encode(value.alt(), out);
    TEXT.encode(value.type().label(), out);
    TEXT.encode(value.filter(), out);
    out.writeLong(Double.doubleToLongBits(value.qual()));
    VarInt.encode(value.nCalled(), out);
    VarInt.encode(value.nMissing(), out);
    VarInt.encode(value.nPartial(), out);
    VarInt.encode(value.nHomRef(), out);
    VarInt.encode(value.nHet(), out);
    VarInt.encode(value.nHomAlt(), out);
    VarInt.encode(value.nHapRef(), out);
    VarInt.encode(value.nHapAlt(), out);
    VarInt.encode(value.ac(), out);
    VarInt.encode(value.an(), out);
    VarInt.encode(value.acSecond(), out);
    VarInt.encode(value.diploidHom(), out);
    VarInt.encode(value.diploidHet(), out);
    VarInt.encode(value.diploidRest(), out);
    value.depth().write(out);
    value.quality().write(out);
    TEXT.encode(value.novelty().label(), out);
  }

  @Override
  public VariantSummary decode(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    return new VariantSummary(
        TEXT.decode(in),
        VarInt.decodeInt(in),
        TEXT.decode(in),
        TEXT.decode(in),
        TEXT.decode(in),
        AlleleType.ofLabel(TEXT.decode(in)),
        TEXT.decode(in),
        Double.longBitsToDouble(in.readLong()),
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
        VarInt.decodeInt(in),
        Moments.read(in),
        Moments.read(in),
        Novelty.ofLabel(TEXT.decode(in)));
  }
}
