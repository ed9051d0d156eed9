package org.healthbeam.transforms.variant;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.healthbeam.core.variant.compat.CompatTotals;

/** Encodes {@link CompatTotals}, deterministically. */
public final class CompatTotalsCoder extends AtomicCoder<CompatTotals> {
  private static final long serialVersionUID = 1L;
  private static final CompatTotalsCoder INSTANCE = new CompatTotalsCoder();

  private CompatTotalsCoder() {}

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

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
