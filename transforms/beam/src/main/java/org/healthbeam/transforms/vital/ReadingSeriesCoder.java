package org.healthbeam.transforms.vital;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.util.VarInt;
import org.healthbeam.core.vital.ReadingSeries;

/**
 * Encodes a {@link ReadingSeries}, deterministically: its distinct readings in order, times as
 * differences. A reading takes 9 to 18 bytes, at one reading a second 10.
 */
final class ReadingSeriesCoder extends AtomicCoder<ReadingSeries> {
  private static final long serialVersionUID = 1L;
  private static final ReadingSeriesCoder INSTANCE = new ReadingSeriesCoder();

  private ReadingSeriesCoder() {}

  static ReadingSeriesCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(ReadingSeries value, OutputStream out) throws IOException {
    int n = value.size();
    VarInt.encode(n, out);
    VarInt.encode(value.added(), out);
    VarInt.encode(value.implausible(), out);
    if (n == 0) {
      return;
    }
    long time = value.timeAt(0);
    BigEndianLongCoder.of().encode(time, out);
    for (int i = 0; i < n; i++) {
      VarInt.encode(value.timeAt(i) - time, out);
      time = value.timeAt(i);
      KindCoding.write(value.valueAt(i), out);
    }
  }

  @Override
  public ReadingSeries decode(InputStream in) throws IOException {
    int n = VarInt.decodeInt(in);
    long added = VarInt.decodeLong(in);
    long implausible = VarInt.decodeLong(in);
    long[] times = new long[n];
    double[] values = new double[n];
    long time = n == 0 ? 0 : BigEndianLongCoder.of().decode(in);
    for (int i = 0; i < n; i++) {
      time += VarInt.decodeLong(in);
      times[i] = time;
      values[i] = KindCoding.readDouble(in);
    }
    return ReadingSeries.of(times, values, added, implausible);
  }
}
