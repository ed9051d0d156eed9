package org.healthbeam.transforms.variant;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.healthbeam.core.variant.Region;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes a {@link Region}, deterministically, so that it can be a key. */
public final class RegionCoder extends CompactCoder<Region> {
  private static final long serialVersionUID = 1L;
  private static final RegionCoder INSTANCE = new RegionCoder();

  private RegionCoder() {
    super(Region.class);
  }

  /** {@return the coder, of which there is one} */
  public static RegionCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(Region value, OutputStream out) throws IOException {
    StringUtf8Coder.of().encode(value.contig(), out);
    VarLongCoder.of().encode(value.start(), out);
    VarLongCoder.of().encode(value.end(), out);
    StringUtf8Coder.of().encode(value.name(), out);
  }

  @Override
  public Region decode(InputStream in) throws IOException {
    return new Region(
        StringUtf8Coder.of().decode(in),
        VarLongCoder.of().decode(in),
        VarLongCoder.of().decode(in),
        StringUtf8Coder.of().decode(in));
  }
}
