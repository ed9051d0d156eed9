package org.healthbeam.transforms.variant;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.util.VarInt;
import org.healthbeam.core.variant.SampleSummary;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes a {@link SampleSummary}, deterministically. */
public final class SampleSummaryCoder extends CompactCoder<SampleSummary> {
  private static final long serialVersionUID = 1L;
  private static final SampleSummaryCoder INSTANCE = new SampleSummaryCoder();

  private SampleSummaryCoder() {
    super(SampleSummary.class);
  }

  /** {@return the coder, of which there is one} */
  public static SampleSummaryCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(SampleSummary s, OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(stream);
    StringUtf8Coder.of().encode(s.sample(), out);
    VarInt.encode(s.nCalled(), out);
    VarInt.encode(s.nMissing(), out);
    VarInt.encode(s.nPartial(), out);
    VarInt.encode(s.nHomRef(), out);
    VarInt.encode(s.nHet(), out);
    VarInt.encode(s.nHomAlt(), out);
    VarInt.encode(s.nHapRef(), out);
    VarInt.encode(s.nHapAlt(), out);
    VarInt.encode(s.nSnp(), out);
    VarInt.encode(s.nIns(), out);
    VarInt.encode(s.nDel(), out);
    VarInt.encode(s.nMnp(), out);
    VarInt.encode(s.nComplex(), out);
    VarInt.encode(s.nStar(), out);
    VarInt.encode(s.nSymbolic(), out);
    VarInt.encode(s.nTi(), out);
    VarInt.encode(s.nTv(), out);
    VarInt.encode(s.singletons(), out);
    VarInt.encode(s.privates(), out);
    out.writeDouble(s.expectedHet());
    VarInt.encode(s.observedHet(), out);
    VarInt.encode(s.sites(), out);
    out.writeDouble(s.dpMean());
    out.writeDouble(s.dpSd());
    out.writeDouble(s.gqMean());
    out.writeDouble(s.gqSd());
    VarInt.encode(s.nKnown(), out);
    VarInt.encode(s.nTiKnown(), out);
    VarInt.encode(s.nTvKnown(), out);
  }

  @Override
  public SampleSummary decode(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    return new SampleSummary(
        StringUtf8Coder.of().decode(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        in.readDouble(),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in));
  }
}
