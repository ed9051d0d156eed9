package org.healthbeam.transforms.vital.alert;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.healthbeam.core.vital.alert.AlertInput;
import org.healthbeam.core.vital.alert.AlertLog;

/** Encodes an {@link AlertInput}, deterministically; a reading takes 18 bytes. */
final class AlertInputCoder extends AtomicCoder<AlertInput> {
  private static final long serialVersionUID = 1L;
  private static final AlertInputCoder INSTANCE = new AlertInputCoder();

  private AlertInputCoder() {}

  static AlertInputCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(AlertInput value, OutputStream out) throws IOException {
    AlertLog.write(value, new DataOutputStream(out));
  }

  @Override
  public AlertInput decode(InputStream in) throws IOException {
    return AlertLog.readInput(new DataInputStream(in));
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
