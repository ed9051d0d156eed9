package org.healthbeam.transforms.variant.join;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.util.VarInt;
import org.healthbeam.core.variant.join.GenomeBin;

/** Encodes a {@link GenomeBin}, deterministically, so that it can be a key. */
public final class GenomeBinCoder extends AtomicCoder<GenomeBin> {
  private static final long serialVersionUID = 1L;
  private static final GenomeBinCoder INSTANCE = new GenomeBinCoder();

  private GenomeBinCoder() {}

  /** {@return the coder, of which there is one} */
  public static GenomeBinCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(GenomeBin value, OutputStream out) throws IOException {
    StringUtf8Coder.of().encode(value.contig(), out);
    VarInt.encode(value.index(), out);
  }

  @Override
  public GenomeBin decode(InputStream in) throws IOException {
    return new GenomeBin(StringUtf8Coder.of().decode(in), VarInt.decodeInt(in));
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
