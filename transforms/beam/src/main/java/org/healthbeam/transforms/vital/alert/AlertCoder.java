package org.healthbeam.transforms.vital.alert;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.healthbeam.core.vital.alert.Alert;
import org.healthbeam.core.vital.alert.AlertPriority;
import org.healthbeam.core.vital.alert.AlertState;

/** Encodes an {@link Alert}, deterministically. */
public final class AlertCoder extends AtomicCoder<Alert> {
  private static final long serialVersionUID = 1L;
  private static final AlertCoder INSTANCE = new AlertCoder();

  private AlertCoder() {}

  public static AlertCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(Alert value, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.writeUTF(value.subject());
    data.writeLong(value.time().toEpochMilli());
    data.writeUTF(value.rule());
    data.writeByte(value.state().index());
    data.writeUTF(value.priority().text());
    data.writeDouble(value.score());
    data.writeUTF(value.detail());
    data.writeLong(value.revision());
    data.writeBoolean(value.isFinal());
    data.writeBoolean(value.withdrawn());
  }

  @Override
  public Alert decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    return new Alert(
        data.readUTF(),
        Instant.ofEpochMilli(data.readLong()),
        data.readUTF(),
        AlertState.at(data.readByte()),
        AlertPriority.named(data.readUTF()),
        data.readDouble(),
        data.readUTF(),
        data.readLong(),
        data.readBoolean(),
        data.readBoolean());
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
