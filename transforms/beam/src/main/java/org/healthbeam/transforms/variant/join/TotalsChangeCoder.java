package org.healthbeam.transforms.variant.join;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.healthbeam.core.variant.join.TotalsChange;

/** Encodes {@link TotalsChange}, deterministically. */
final class TotalsChangeCoder extends AtomicCoder<TotalsChange> {
  private static final long serialVersionUID = 1L;
  private static final TotalsChangeCoder INSTANCE = new TotalsChangeCoder();

  private TotalsChangeCoder() {}

  static TotalsChangeCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(TotalsChange value, OutputStream out) throws IOException {
    value.write(new DataOutputStream(out));
  }

  @Override
  public TotalsChange decode(InputStream in) throws IOException {
    return TotalsChange.read(new DataInputStream(in));
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
