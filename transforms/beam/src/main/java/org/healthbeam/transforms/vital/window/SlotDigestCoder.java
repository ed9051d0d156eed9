package org.healthbeam.transforms.vital.window;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.healthbeam.core.vital.window.SlotDigest;

/** Encodes a {@link SlotDigest}, a finer window with what it comes to, deterministically. */
public final class SlotDigestCoder extends AtomicCoder<SlotDigest> {
  private static final long serialVersionUID = 1L;
  private static final SlotDigestCoder INSTANCE = new SlotDigestCoder();

  private SlotDigestCoder() {}

  /** {@return the coder, of which there is one} */
  public static SlotDigestCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(SlotDigest value, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    value.writeTo(data);
    data.flush();
  }

  @Override
  public SlotDigest decode(InputStream in) throws IOException {
    return SlotDigest.readFrom(new DataInputStream(in));
  }
}
