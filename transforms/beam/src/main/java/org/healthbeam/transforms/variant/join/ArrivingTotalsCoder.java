package org.healthbeam.transforms.variant.join;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.healthbeam.core.variant.join.ArrivingTotals;

/** Encodes {@link ArrivingTotals}, deterministically. */
final class ArrivingTotalsCoder extends AtomicCoder<ArrivingTotals> {
  private static final long serialVersionUID = 1L;
  private static final ArrivingTotalsCoder INSTANCE = new ArrivingTotalsCoder();

  private ArrivingTotalsCoder() {}

  static ArrivingTotalsCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(ArrivingTotals value, OutputStream out) throws IOException {
    value.write(new DataOutputStream(out));
  }

  @Override
  public ArrivingTotals decode(InputStream in) throws IOException {
    return ArrivingTotals.read(new DataInputStream(in));
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
