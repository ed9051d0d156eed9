package org.healthbeam.transforms.vital;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.healthbeam.core.vital.VitalReading;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes a {@link VitalReading}, deterministically. */
public final class VitalReadingCoder extends CompactCoder<VitalReading> {
  private static final long serialVersionUID = 1L;
  private static final VitalReadingCoder INSTANCE = new VitalReadingCoder();
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();

  private VitalReadingCoder() {
    super(VitalReading.class);
  }

  /** {@return the coder, of which there is one} */
  public static VitalReadingCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(VitalReading value, OutputStream out) throws IOException {
    TEXT.encode(value.subject(), out);
    KindCoding.write(value.kind(), out);
    KindCoding.write(value.value(), out);
    TEXT.encode(value.unit(), out);
    KindCoding.write(value.coded(), out);
    KindCoding.write(value.time(), out);
    TEXT.encode(value.source(), out);
    TEXT.encode(value.position(), out);
    KindCoding.write(value.version(), out);
  }

  @Override
  public VitalReading decode(InputStream in) throws IOException {
    return new VitalReading(
        TEXT.decode(in),
        KindCoding.read(in),
        KindCoding.readDouble(in),
        TEXT.decode(in),
        KindCoding.readFlag(in),
        KindCoding.readTime(in),
        TEXT.decode(in),
        TEXT.decode(in),
        KindCoding.readVersion(in));
  }
}
