package org.healthbeam.transforms.vital.alert;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.healthbeam.core.vital.alert.Acknowledgement;

/** Encodes an {@link Acknowledgement}, deterministically. */
public final class AcknowledgementCoder extends AtomicCoder<Acknowledgement> {
  private static final long serialVersionUID = 1L;
  private static final AcknowledgementCoder INSTANCE = new AcknowledgementCoder();

  private AcknowledgementCoder() {}

  public static AcknowledgementCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(Acknowledgement value, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.writeUTF(value.subject());
    data.writeLong(value.time().toEpochMilli());
    data.writeUTF(value.rule());
  }

  @Override
  public Acknowledgement decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    return new Acknowledgement(
        data.readUTF(), Instant.ofEpochMilli(data.readLong()), data.readUTF());
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
