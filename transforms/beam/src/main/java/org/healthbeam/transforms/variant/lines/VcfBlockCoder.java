package org.healthbeam.transforms.variant.lines;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.core.variant.VcfHeader;

/** Encodes a {@link VcfBlock}, deterministically. */
public final class VcfBlockCoder extends AtomicCoder<VcfBlock> {
  private static final long serialVersionUID = 1L;
  private static final VcfBlockCoder INSTANCE = new VcfBlockCoder();
  private static final ByteArrayCoder BYTES = ByteArrayCoder.of();

  private VcfBlockCoder() {}

  /** {@return the coder, of which there is one} */
  public static VcfBlockCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(VcfBlock value, OutputStream out) throws IOException {
    StringUtf8Coder.of().encode(value.source(), out);
    // One more than each, since each can be -1, which would take ten bytes.
    VarLongCoder.of().encode(value.part().index() + 1L, out);
    VarLongCoder.of().encode(value.part().lines() + 1, out);
    VarLongCoder.of().encode(value.part().offset() + 1, out);
    VarLongCoder.of().encode(value.firstLine(), out);
    VarLongCoder.of().encode(value.passedBefore(), out);
    BYTES.encode(value.header().bytes(), out);
    boolean all = value.length() == value.bytes().length;
    BYTES.encode(all ? value.bytes() : value.copy().bytes(), out);
  }

  @Override
  public VcfBlock decode(InputStream in) throws IOException {
    String source = StringUtf8Coder.of().decode(in);
    VcfBlock.Part part =
        new VcfBlock.Part(
            (int) (VarLongCoder.of().decode(in) - 1),
            VarLongCoder.of().decode(in) - 1,
            VarLongCoder.of().decode(in) - 1);
    long firstLine = VarLongCoder.of().decode(in);
    long passedBefore = VarLongCoder.of().decode(in);
    VcfHeader header = VcfHeader.ofBytes(BYTES.decode(in));
    byte[] bytes = BYTES.decode(in);
    return new VcfBlock(source, part, firstLine, header, bytes, bytes.length, passedBefore);
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
