package org.healthbeam.transforms.variant.join;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.healthbeam.core.variant.join.CohortEvent;
import org.healthbeam.core.variant.join.SampleCalls;

/** Encodes a {@link CohortEvent}, deterministically. */
public final class CohortEventCoder extends AtomicCoder<CohortEvent> {
  private static final long serialVersionUID = 1L;
  private static final CohortEventCoder INSTANCE = new CohortEventCoder();
  private static final NullableCoder<SampleCalls> CALLS = NullableCoder.of(SampleCallsCoder.of());
  private static final NullableCoder<String> NAME = NullableCoder.of(StringUtf8Coder.of());

  private CohortEventCoder() {}

  /** {@return the coder, of which there is one} */
  public static CohortEventCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(CohortEvent value, OutputStream out) throws IOException {
    StringUtf8Coder.of().encode(value.sample(), out);
    VarLongCoder.of().encode(value.time(), out);
    BooleanCoder.of().encode(value.withdrawal(), out);
    CALLS.encode(value.calls(), out);
    NAME.encode(value.file(), out);
    NAME.encode(value.contig(), out);
  }

  @Override
  public CohortEvent decode(InputStream in) throws IOException {
    return new CohortEvent(
        StringUtf8Coder.of().decode(in),
        VarLongCoder.of().decode(in),
        BooleanCoder.of().decode(in),
        CALLS.decode(in),
        NAME.decode(in),
        NAME.decode(in));
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
