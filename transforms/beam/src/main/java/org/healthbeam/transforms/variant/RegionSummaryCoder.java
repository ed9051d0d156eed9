package org.healthbeam.transforms.variant;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.healthbeam.core.variant.RegionSummary;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes a {@link RegionSummary}, deterministically. */
public final class RegionSummaryCoder extends CompactCoder<RegionSummary> {
  private static final long serialVersionUID = 1L;
  private static final RegionSummaryCoder INSTANCE = new RegionSummaryCoder();

  private RegionSummaryCoder() {
    super(RegionSummary.class);
  }

  /** {@return the coder, of which there is one} */
  public static RegionSummaryCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(RegionSummary value, OutputStream out) throws IOException {
    RegionCoder.of().encode(value.region(), out);
    SiteTotalsCoder.of().encode(value.totals(), out);
  }

  @Override
  public RegionSummary decode(InputStream in) throws IOException {
    return new RegionSummary(RegionCoder.of().decode(in), SiteTotalsCoder.of().decode(in));
  }
}
