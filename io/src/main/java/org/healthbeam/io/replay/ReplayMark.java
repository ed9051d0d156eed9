package org.healthbeam.io.replay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.util.VarInt;

/**
 * How far a replay has come.
 *
 * @param read how many items are read
 * @param of how many there are
 */
record ReplayMark(long read, long of) implements UnboundedSource.CheckpointMark {
  @Override
  public void finalizeCheckpoint() {}

  /** Encodes a mark, deterministically. */
  static final class MarkCoder extends AtomicCoder<ReplayMark> {
    private static final long serialVersionUID = 1L;
    private static final MarkCoder INSTANCE = new MarkCoder();

    static MarkCoder of() {
      return INSTANCE;
    }

    @Override
    public void encode(ReplayMark mark, OutputStream out) throws IOException {
      VarInt.encode(mark.read, out);
      VarInt.encode(mark.of, out);
    }

    @Override
    public ReplayMark decode(InputStream in) throws IOException {
      return new ReplayMark(VarInt.decodeLong(in), VarInt.decodeLong(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
