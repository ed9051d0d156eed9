package org.healthbeam.transforms.variant.join;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.healthbeam.core.variant.join.TotalsChange;
import org.healthbeam.core.variant.join.TotalsRevision;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes a {@link TotalsRevision}, deterministically. */
public final class TotalsRevisionCoder extends CompactCoder<TotalsRevision> {
  private static final long serialVersionUID = 1L;
  private static final TotalsRevisionCoder INSTANCE = new TotalsRevisionCoder();
  private static final ListCoder<String> NAMES = ListCoder.of(StringUtf8Coder.of());

  private TotalsRevisionCoder() {
    super(TotalsRevision.class);
  }

  /** {@return the coder, of which there is one} */
  public static TotalsRevisionCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(TotalsRevision value, OutputStream out) throws IOException {
    VarLongCoder.of().encode(value.revision(), out);
    NAMES.encode(value.gone(), out);
    TotalsChangeCoder.of().encode(new TotalsChange(value.cohort(), value.regions()), out);
  }

  @Override
  public TotalsRevision decode(InputStream in) throws IOException {
    long revision = VarLongCoder.of().decode(in);
    List<String> gone = NAMES.decode(in);
    TotalsChange totals = TotalsChangeCoder.of().decode(in);
    return new TotalsRevision(revision, totals.cohort(), gone, totals.regions());
  }
}
