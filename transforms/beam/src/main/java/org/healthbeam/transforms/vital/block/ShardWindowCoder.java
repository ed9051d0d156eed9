package org.healthbeam.transforms.vital.block;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.util.VarInt;

/** Encodes a {@link ShardWindow}, deterministically. */
final class ShardWindowCoder extends AtomicCoder<ShardWindow> {
  private static final long serialVersionUID = 1L;
  private static final ShardWindowCoder INSTANCE = new ShardWindowCoder();

  private ShardWindowCoder() {}

  static ShardWindowCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(ShardWindow value, OutputStream out) throws IOException {
    VarInt.encode(value.shard(), out);
    BigEndianLongCoder.of().encode(value.start(), out);
  }

  @Override
  public ShardWindow decode(InputStream in) throws IOException {
    int shard = VarInt.decodeInt(in);
    return new ShardWindow(shard, BigEndianLongCoder.of().decode(in));
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
