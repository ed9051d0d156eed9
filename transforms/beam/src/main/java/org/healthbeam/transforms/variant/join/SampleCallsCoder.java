package org.healthbeam.transforms.variant.join;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.util.VarInt;
import org.healthbeam.core.variant.join.SampleCalls;

/** Encodes {@link SampleCalls}, deterministically. */
public final class SampleCallsCoder extends AtomicCoder<SampleCalls> {
  private static final long serialVersionUID = 1L;
  private static final SampleCallsCoder INSTANCE = new SampleCallsCoder();
  private static final ByteArrayCoder BYTES = ByteArrayCoder.of();

  private SampleCallsCoder() {}

  /** {@return the coder, of which there is one} */
  public static SampleCallsCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(SampleCalls value, OutputStream out) throws IOException {
    StringUtf8Coder.of().encode(value.sample(), out);
    StringUtf8Coder.of().encode(value.source(), out);
    StringUtf8Coder.of().encode(value.contig(), out);
    VarInt.encode(value.filteredOut(), out);
    BYTES.encode(value.sites(), out);
    BYTES.encode(value.spans(), out);
  }

  @Override
  public SampleCalls decode(InputStream in) throws IOException {
    return new SampleCalls(
        StringUtf8Coder.of().decode(in),
        StringUtf8Coder.of().decode(in),
        StringUtf8Coder.of().decode(in),
        VarInt.decodeInt(in),
        BYTES.decode(in),
        BYTES.decode(in));
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
