package org.healthbeam.transforms.variant;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.healthbeam.core.variant.CohortTotals;

/** Encodes {@link CohortTotals}, deterministically. */
public final class CohortTotalsCoder extends AtomicCoder<CohortTotals> {
  private static final long serialVersionUID = 1L;
  private static final CohortTotalsCoder INSTANCE = new CohortTotalsCoder();

  private CohortTotalsCoder() {}

  public static CohortTotalsCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(CohortTotals value, OutputStream out) throws IOException {
    value.write(new DataOutputStream(out));
  }

  @Override
  public CohortTotals decode(InputStream in) throws IOException {
    return CohortTotals.read(new DataInputStream(in));
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
