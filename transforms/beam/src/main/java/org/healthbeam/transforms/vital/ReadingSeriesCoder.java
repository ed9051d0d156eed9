package org.healthbeam.transforms.vital;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.util.VarInt;
import org.healthbeam.core.vital.Amendment;
import org.healthbeam.core.vital.ReadingSeries;

/**
 * Encodes a {@link ReadingSeries}, deterministically: its distinct readings in order, times as
 * differences, then its amendments. A reading takes 9 to 18 bytes, at one reading a second 10; an
 * amendment 33.
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
    VarInt.encode(value.toldCount(), out);
    VarInt.encode(value.amendments().size(), out);
    VarInt.encode(value.added(), out);
    VarInt.encode(value.implausible(), out);
    value.told(new Differences(out));
    for (Amendment amendment : value.amendments()) {
      BigEndianLongCoder.of().encode(amendment.timeMillis(), out);
      BigEndianLongCoder.of().encode(amendment.observation(), out);
      BigEndianLongCoder.of().encode(amendment.order(), out);
      out.write(amendment.what().index());
      KindCoding.write(amendment.value(), out);
    }
  }

  /** Writes the first time, then how much later each reading is. */
  private static final class Differences implements ReadingSeries.ReadingConsumer<IOException> {
    private final OutputStream out;
    private long before;
    private boolean first = true;

    Differences(OutputStream out) {
      this.out = out;
    }

    @Override
    public void take(long timeMillis, double value) throws IOException {
      if (first) {
        BigEndianLongCoder.of().encode(timeMillis, out);
        first = false;
        before = timeMillis;
      }
      VarInt.encode(timeMillis - before, out);
      KindCoding.write(value, out);
      before = timeMillis;
    }
  }

  @Override
  public ReadingSeries decode(InputStream in) throws IOException {
    int n = VarInt.decodeInt(in);
    int amended = VarInt.decodeInt(in);
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
    List<Amendment> amendments = new ArrayList<>(amended);
    for (int i = 0; i < amended; i++) {
      amendments.add(
          new Amendment(
              BigEndianLongCoder.of().decode(in),
              BigEndianLongCoder.of().decode(in),
              BigEndianLongCoder.of().decode(in),
              Amendment.What.at(KindCoding.readByte(in)),
              KindCoding.readDouble(in)));
    }
    return ReadingSeries.of(times, values, amendments, added, implausible);
  }
}
