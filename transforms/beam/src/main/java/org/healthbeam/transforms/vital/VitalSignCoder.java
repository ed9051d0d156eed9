package org.healthbeam.transforms.vital;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes a {@link VitalSign}, deterministically. */
public final class VitalSignCoder extends CompactCoder<VitalSign> {
  private static final long serialVersionUID = 1L;
  private static final VitalSignCoder INSTANCE = new VitalSignCoder();
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();

  private VitalSignCoder() {
    super(VitalSign.class);
  }

  /** {@return the coder, of which there is one} */
  public static VitalSignCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(VitalSign value, OutputStream out) throws IOException {
    TEXT.encode(value.subject(), out);
    KindCoding.write(value.kind(), out);
    KindCoding.write(value.value(), out);
    KindCoding.write(value.time(), out);
    TEXT.encode(value.source(), out);
    TEXT.encode(value.position(), out);
    KindCoding.write(value.version(), out);
  }

  @Override
  public VitalSign decode(InputStream in) throws IOException {
    return new VitalSign(
        TEXT.decode(in),
        KindCoding.read(in),
        KindCoding.readDouble(in),
        KindCoding.readTime(in),
        TEXT.decode(in),
        TEXT.decode(in),
        KindCoding.readVersion(in));
  }
}
