package org.healthbeam.transforms.vital.alert;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.healthbeam.core.vital.alert.AlertBurden;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes an {@link AlertBurden}, deterministically. */
public final class AlertBurdenCoder extends CompactCoder<AlertBurden> {
  private static final long serialVersionUID = 1L;
  private static final AlertBurdenCoder INSTANCE = new AlertBurdenCoder();

  private AlertBurdenCoder() {
    super(AlertBurden.class);
  }

  /** {@return the coder, of which there is one} */
  public static AlertBurdenCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(AlertBurden value, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    StringUtf8Coder.of().encode(value.subject(), data);
    data.writeLong(value.day().toEpochDay());
    data.writeLong(value.raised());
    data.writeLong(value.suppressed());
    data.writeLong(value.delayed());
    data.writeLong(value.activeMillis());
    data.writeLong(value.hysteresisMillis());
  }

  @Override
  public AlertBurden decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    return new AlertBurden(
        StringUtf8Coder.of().decode(data),
        LocalDate.ofEpochDay(data.readLong()),
        data.readLong(),
        data.readLong(),
        data.readLong(),
        data.readLong(),
        data.readLong());
  }
}
