package org.healthbeam.transforms.vital.alert;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.healthbeam.core.vital.alert.Acknowledgement;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes an {@link Acknowledgement}, deterministically. */
public final class AcknowledgementCoder extends CompactCoder<Acknowledgement> {
  private static final long serialVersionUID = 1L;
  private static final AcknowledgementCoder INSTANCE = new AcknowledgementCoder();

  private AcknowledgementCoder() {
    super(Acknowledgement.class);
  }

  /** {@return the coder, of which there is one} */
  public static AcknowledgementCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(Acknowledgement value, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    StringUtf8Coder.of().encode(value.subject(), data);
    data.writeLong(value.time().toEpochMilli());
    StringUtf8Coder.of().encode(value.rule(), data);
  }

  @Override
  public Acknowledgement decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    return new Acknowledgement(
        StringUtf8Coder.of().decode(data),
        Instant.ofEpochMilli(data.readLong()),
        StringUtf8Coder.of().decode(data));
  }
}
