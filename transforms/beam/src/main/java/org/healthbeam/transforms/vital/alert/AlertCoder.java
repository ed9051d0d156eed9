package org.healthbeam.transforms.vital.alert;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.healthbeam.core.vital.alert.Alert;
import org.healthbeam.core.vital.alert.AlertPriority;
import org.healthbeam.core.vital.alert.AlertState;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes an {@link Alert}, deterministically. */
public final class AlertCoder extends CompactCoder<Alert> {
  private static final long serialVersionUID = 1L;
  private static final AlertCoder INSTANCE = new AlertCoder();

  private AlertCoder() {
    super(Alert.class);
  }

  /** {@return the coder, of which there is one} */
  public static AlertCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(Alert value, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    StringUtf8Coder.of().encode(value.subject(), data);
    data.writeLong(value.time().toEpochMilli());
    StringUtf8Coder.of().encode(value.rule(), data);
    data.writeByte(value.state().index());
    StringUtf8Coder.of().encode(value.priority().text(), data);
    data.writeDouble(value.score());
    StringUtf8Coder.of().encode(value.detail(), data);
    data.writeLong(value.revision());
    data.writeBoolean(value.isFinal());
    data.writeBoolean(value.withdrawn());
  }

  @Override
  public Alert decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    return new Alert(
        StringUtf8Coder.of().decode(data),
        Instant.ofEpochMilli(data.readLong()),
        StringUtf8Coder.of().decode(data),
        AlertState.at(data.readByte()),
        AlertPriority.named(StringUtf8Coder.of().decode(data)),
        data.readDouble(),
        StringUtf8Coder.of().decode(data),
        data.readLong(),
        data.readBoolean(),
        data.readBoolean());
  }
}
