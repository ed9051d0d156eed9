package org.healthbeam.transforms.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.healthbeam.core.code.Coding;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes a {@link Coding}, deterministically. */
public final class CodingCoder extends CompactCoder<Coding> {
  private static final long serialVersionUID = 1L;
  private static final CodingCoder INSTANCE = new CodingCoder();
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();

  private CodingCoder() {
    super(Coding.class);
  }

  /** {@return the coder, of which there is one} */
  public static CodingCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(Coding value, OutputStream out) throws IOException {
    TEXT.encode(value.system(), out);
    TEXT.encode(value.version(), out);
    TEXT.encode(value.code(), out);
    TEXT.encode(value.display(), out);
  }

  @Override
  public Coding decode(InputStream in) throws IOException {
    return new Coding(TEXT.decode(in), TEXT.decode(in), TEXT.decode(in), TEXT.decode(in));
  }
}
