package org.healthbeam.transforms.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.healthbeam.core.code.TranslationOutcome;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes a {@link Coverage}, deterministically. */
public final class CoverageCoder extends CompactCoder<Coverage> {
  private static final long serialVersionUID = 1L;
  private static final CoverageCoder INSTANCE = new CoverageCoder();
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();
  private static final VarLongCoder COUNT = VarLongCoder.of();

  private CoverageCoder() {
    super(Coverage.class);
  }

  /** {@return the coder, of which there is one} */
  public static CoverageCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(Coverage value, OutputStream out) throws IOException {
    TEXT.encode(value.system(), out);
    TEXT.encode(value.outcome().code(), out);
    COUNT.encode(value.n(), out);
  }

  @Override
  public Coverage decode(InputStream in) throws IOException {
    return new Coverage(
        TEXT.decode(in), TranslationOutcome.fromCode(TEXT.decode(in)), COUNT.decode(in));
  }
}
