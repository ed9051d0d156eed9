package org.healthbeam.transforms.vital;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;

/** Encodes a {@link SeriesKey}, deterministically. */
final class SeriesKeyCoder extends AtomicCoder<SeriesKey> {
  private static final long serialVersionUID = 1L;
  private static final SeriesKeyCoder INSTANCE = new SeriesKeyCoder();

  private SeriesKeyCoder() {}

  static SeriesKeyCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(SeriesKey value, OutputStream out) throws IOException {
    KindCoding.write(value.kind(), out);
    StringUtf8Coder.of().encode(value.subject(), out);
  }

  @Override
  public SeriesKey decode(InputStream in) throws IOException {
    var kind = KindCoding.read(in);
    return new SeriesKey(StringUtf8Coder.of().decode(in), kind);
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
