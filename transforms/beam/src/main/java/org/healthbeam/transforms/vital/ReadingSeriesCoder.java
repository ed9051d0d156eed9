package org.healthbeam.transforms.vital;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.util.VarInt;
import org.healthbeam.core.vital.ArtefactJudgement;
import org.healthbeam.core.vital.ReadingSeries;
import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.VersionedReading;

/**
 * Encodes a {@link ReadingSeries}, deterministically and without changing it: its distinct readings
 * in order, times as differences, then those with versions and judgements. A reading takes 9 to 18
 * bytes, at one reading a second 10; one with a version 36; a judgement 18.
 */
final class ReadingSeriesCoder extends AtomicCoder<ReadingSeries> {
  private static final long serialVersionUID = 1L;
  private static final ReadingSeriesCoder INSTANCE = new ReadingSeriesCoder();

  private ReadingSeriesCoder() {}

  static ReadingSeriesCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(ReadingSeries series, OutputStream out) throws IOException {
    // Two threads may encode it at once: one that writes a checkpoint, one that copies it.
    ReadingSeries value = series.inOrder();
    VarInt.encode(value.toldCount(), out);
    VarInt.encode(value.versionedCount(), out);
    VarInt.encode(value.judgements().size(), out);
    VarInt.encode(value.added(), out);
    VarInt.encode(value.implausible(), out);
    value.told(new Differences(out));
    List<VersionedReading> versioned = new ArrayList<>(value.versionedCount());
    value.versioned(versioned::add);
    for (VersionedReading one : versioned) {
      BigEndianLongCoder.of().encode(one.timeMillis(), out);
      KindCoding.write(one.version(), out);
      KindCoding.write(one.value(), out);
      VarInt.encode(one.told(), out);
      VarInt.encode(one.replacedReadings(), out);
      VarInt.encode(one.replacedWithdrawals(), out);
    }
    for (ArtefactJudgement judgement : value.judgements()) {
      BigEndianLongCoder.of().encode(judgement.timeMillis(), out);
      KindCoding.write(judgement.value(), out);
      VarInt.encode(judgement.order(), out);
      KindCoding.write(judgement.artefact(), out);
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
    int versioned = VarInt.decodeInt(in);
    int judged = VarInt.decodeInt(in);
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
    List<VersionedReading> versions = new ArrayList<>(versioned);
    for (int i = 0; i < versioned; i++) {
      long at = BigEndianLongCoder.of().decode(in);
      ReadingVersion version = KindCoding.readVersion(in);
      versions.add(
          new VersionedReading(
              at,
              KindCoding.readDouble(in),
              version,
              VarInt.decodeLong(in),
              VarInt.decodeLong(in),
              VarInt.decodeLong(in)));
    }
    List<ArtefactJudgement> judgements = new ArrayList<>(judged);
    for (int i = 0; i < judged; i++) {
      judgements.add(
          new ArtefactJudgement(
              BigEndianLongCoder.of().decode(in),
              KindCoding.readDouble(in),
              VarInt.decodeLong(in),
              KindCoding.readFlag(in)));
    }
    return ReadingSeries.of(times, values, versions, judgements, added, implausible);
  }
}
