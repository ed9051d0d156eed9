package org.healthbeam.transforms.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.healthbeam.core.code.MapDiff;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes a {@link CodeChange}, deterministically. */
public final class CodeChangeCoder extends CompactCoder<CodeChange> {
  private static final long serialVersionUID = 1L;
  private static final CodeChangeCoder INSTANCE = new CodeChangeCoder();
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();
  private static final VarLongCoder COUNT = VarLongCoder.of();
  private static final TranslationCoder TRANSLATION = TranslationCoder.of();

  private CodeChangeCoder() {
    super(CodeChange.class);
  }

  /** {@return the coder, of which there is one} */
  public static CodeChangeCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(CodeChange value, OutputStream out) throws IOException {
    TEXT.encode(value.resourceType(), out);
    TRANSLATION.encode(value.before(), out);
    TRANSLATION.encode(value.after(), out);
    COUNT.encode(value.n(), out);
    TEXT.encode(value.when().code(), out);
  }

  @Override
  public CodeChange decode(InputStream in) throws IOException {
    return new CodeChange(
        TEXT.decode(in),
        TRANSLATION.decode(in),
        TRANSLATION.decode(in),
        COUNT.decode(in),
        MapDiff.When.fromCode(TEXT.decode(in)));
  }
}
