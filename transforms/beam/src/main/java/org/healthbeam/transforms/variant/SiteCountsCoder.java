package org.healthbeam.transforms.variant;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.healthbeam.core.variant.compat.SiteCounts;

/** Encodes {@link SiteCounts}, deterministically. */
public final class SiteCountsCoder extends AtomicCoder<SiteCounts> {
  private static final long serialVersionUID = 1L;
  private static final SiteCountsCoder INSTANCE = new SiteCountsCoder();

  private SiteCountsCoder() {}

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

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
