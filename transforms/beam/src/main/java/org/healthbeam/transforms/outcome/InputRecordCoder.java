package org.healthbeam.transforms.outcome;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes an {@link InputRecord}, deterministically. */
public final class InputRecordCoder extends CompactCoder<InputRecord> {
  private static final long serialVersionUID = 1L;
  private static final InputRecordCoder INSTANCE = new InputRecordCoder();
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();
  private static final ByteArrayCoder BYTES = ByteArrayCoder.of();

  private InputRecordCoder() {
    super(InputRecord.class);
  }

  /** {@return the coder, of which there is one} */
  public static InputRecordCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(InputRecord value, OutputStream out) throws IOException {
    TEXT.encode(value.source(), out);
    TEXT.encode(value.position(), out);
    BYTES.encode(value.bytes(), out);
  }

  @Override
  public InputRecord decode(InputStream in) throws IOException {
    return new InputRecord(TEXT.decode(in), TEXT.decode(in), BYTES.decode(in));
  }
}
