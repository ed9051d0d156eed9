package org.healthbeam.transforms.variant;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.healthbeam.core.variant.compat.CompatTotals;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes {@link CompatTotals}, deterministically. */
public final class CompatTotalsCoder extends CompactCoder<CompatTotals> {
  private static final long serialVersionUID = 1L;
  private static final CompatTotalsCoder INSTANCE = new CompatTotalsCoder();

  private CompatTotalsCoder() {
    super(CompatTotals.class);
  }

  /** {@return the coder, of which there is one} */
  public static CompatTotalsCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(CompatTotals value, OutputStream out) throws IOException {
    value.write(new DataOutputStream(out));
  }

  @Override
  public CompatTotals decode(InputStream in) throws IOException {
    return CompatTotals.read(new DataInputStream(in));
  }
}
