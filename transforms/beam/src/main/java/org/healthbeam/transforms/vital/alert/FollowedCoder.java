package org.healthbeam.transforms.vital.alert;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.healthbeam.core.vital.alert.AlertLog;

/** Encodes a {@link Followed}. */
final class FollowedCoder extends AtomicCoder<Followed> {
  private static final long serialVersionUID = 1L;
  private static final FollowedCoder INSTANCE = new FollowedCoder();

  private FollowedCoder() {}

  static FollowedCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(Followed value, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.writeLong(value.dueAt());
    data.writeLong(value.foldAt());
    data.writeLong(value.reachedAt());
    value.log().write(data);
  }

  @Override
  public Followed decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    long dueAt = data.readLong();
    long foldAt = data.readLong();
    long reachedAt = data.readLong();
    return new Followed(AlertLog.read(data), dueAt, foldAt, reachedAt);
  }
}
