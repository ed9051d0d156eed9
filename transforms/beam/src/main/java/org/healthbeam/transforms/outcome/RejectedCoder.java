package org.healthbeam.transforms.outcome;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes a {@link Rejected}, deterministically; the reason as its published code. */
public final class RejectedCoder extends CompactCoder<Rejected> {
  private static final long serialVersionUID = 1L;
  private static final RejectedCoder INSTANCE = new RejectedCoder();
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();

  private RejectedCoder() {
    super(Rejected.class);
  }

  /** {@return the coder, of which there is one} */
  public static RejectedCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(Rejected value, OutputStream out) throws IOException {
    TEXT.encode(value.stage(), out);
    TEXT.encode(value.reason().code(), out);
    TEXT.encode(value.detail(), out);
    TEXT.encode(value.source(), out);
    TEXT.encode(value.position(), out);
    TEXT.encode(value.payloadHash(), out);
  }

  @Override
  public Rejected decode(InputStream in) throws IOException {
    return new Rejected(
        TEXT.decode(in),
        RejectReason.fromCode(TEXT.decode(in)),
        TEXT.decode(in),
        TEXT.decode(in),
        TEXT.decode(in),
        TEXT.decode(in));
  }
}
