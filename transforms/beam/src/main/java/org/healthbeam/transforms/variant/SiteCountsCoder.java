package org.healthbeam.transforms.variant;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.healthbeam.core.variant.compat.SiteCounts;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes {@link SiteCounts}, deterministically. */
public final class SiteCountsCoder extends CompactCoder<SiteCounts> {
  private static final long serialVersionUID = 1L;
  private static final SiteCountsCoder INSTANCE = new SiteCountsCoder();

  private SiteCountsCoder() {
    super(SiteCounts.class);
  }

  /** {@return the coder, of which there is one} */
  public static SiteCountsCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(SiteCounts value, OutputStream out) throws IOException {
    value.write(new DataOutputStream(out));
  }

  @Override
  public SiteCounts decode(InputStream in) throws IOException {
    return SiteCounts.read(new DataInputStream(in));
  }
}
