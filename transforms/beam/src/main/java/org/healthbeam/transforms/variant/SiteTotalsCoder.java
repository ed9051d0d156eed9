package org.healthbeam.transforms.variant;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.healthbeam.core.variant.SiteTotals;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes {@link SiteTotals}, deterministically. */
public final class SiteTotalsCoder extends CompactCoder<SiteTotals> {
  private static final long serialVersionUID = 1L;
  private static final SiteTotalsCoder INSTANCE = new SiteTotalsCoder();

  private SiteTotalsCoder() {
    super(SiteTotals.class);
  }

  /** {@return the coder, of which there is one} */
  public static SiteTotalsCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(SiteTotals value, OutputStream out) throws IOException {
    value.write(new DataOutputStream(out));
  }

  @Override
  public SiteTotals decode(InputStream in) throws IOException {
    return SiteTotals.read(new DataInputStream(in));
  }
}
