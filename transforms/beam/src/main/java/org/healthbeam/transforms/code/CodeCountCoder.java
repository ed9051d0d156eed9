package org.healthbeam.transforms.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes a {@link CodeCount}, deterministically. */
public final class CodeCountCoder extends CompactCoder<CodeCount> {
  private static final long serialVersionUID = 1L;
  private static final CodeCountCoder INSTANCE = new CodeCountCoder();
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();
  private static final VarLongCoder COUNT = VarLongCoder.of();
  private static final TranslationCoder TRANSLATION = TranslationCoder.of();

  private CodeCountCoder() {
    super(CodeCount.class);
  }

  /** {@return the coder, of which there is one} */
  public static CodeCountCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(CodeCount value, OutputStream out) throws IOException {
    TEXT.encode(value.resourceType(), out);
    TRANSLATION.encode(value.translation(), out);
    COUNT.encode(value.n(), out);
  }

  @Override
  public CodeCount decode(InputStream in) throws IOException {
    return new CodeCount(TEXT.decode(in), TRANSLATION.decode(in), COUNT.decode(in));
  }
}
