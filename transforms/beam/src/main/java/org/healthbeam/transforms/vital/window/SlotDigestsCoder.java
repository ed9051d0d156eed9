package org.healthbeam.transforms.vital.window;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.healthbeam.core.vital.window.SlotDigests;

/** Encodes a {@link SlotDigests}, the finer windows of a window, in order, deterministically. */
public final class SlotDigestsCoder extends AtomicCoder<SlotDigests> {
  private static final long serialVersionUID = 1L;
  private static final SlotDigestsCoder INSTANCE = new SlotDigestsCoder();

  private SlotDigestsCoder() {}

  /** {@return the coder, of which there is one} */
  public static SlotDigestsCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(SlotDigests value, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    value.writeTo(data);
    data.flush();
  }

  @Override
  public SlotDigests decode(InputStream in) throws IOException {
    return SlotDigests.readFrom(new DataInputStream(in));
  }
}
