package org.healthbeam.transforms.vital;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.util.VarInt;
import org.healthbeam.core.vital.artefact.VitalArtefact;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes a {@link VitalArtefact}, deterministically. */
public final class VitalArtefactCoder extends CompactCoder<VitalArtefact> {
  private static final long serialVersionUID = 1L;
  private static final VitalArtefactCoder INSTANCE = new VitalArtefactCoder();

  private VitalArtefactCoder() {
    super(VitalArtefact.class);
  }

  /** {@return the coder, of which there is one} */
  public static VitalArtefactCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(VitalArtefact value, OutputStream out) throws IOException {
    StringUtf8Coder.of().encode(value.subject(), out);
    KindCoding.write(value.kind(), out);
    KindCoding.write(value.time(), out);
    KindCoding.write(value.value(), out);
    KindCoding.write(value.median(), out);
    KindCoding.write(value.limit(), out);
    VarInt.encode(value.revision(), out);
    KindCoding.write(value.artefact(), out);
  }

  @Override
  public VitalArtefact decode(InputStream in) throws IOException {
    return new VitalArtefact(
        StringUtf8Coder.of().decode(in),
        KindCoding.read(in),
        KindCoding.readTime(in),
        KindCoding.readDouble(in),
        KindCoding.readDouble(in),
        KindCoding.readDouble(in),
        VarInt.decodeLong(in),
        KindCoding.readFlag(in));
  }
}
