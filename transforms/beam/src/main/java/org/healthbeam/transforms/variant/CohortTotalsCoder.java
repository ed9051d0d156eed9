package org.healthbeam.transforms.variant;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.healthbeam.core.variant.CohortTotals;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes {@link CohortTotals}, deterministically. */
public final class CohortTotalsCoder extends CompactCoder<CohortTotals> {
  private static final long serialVersionUID = 1L;
  private static final CohortTotalsCoder INSTANCE = new CohortTotalsCoder();

  private CohortTotalsCoder() {
    super(CohortTotals.class);
  }

  /** {@return the coder, of which there is one} */
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
}
