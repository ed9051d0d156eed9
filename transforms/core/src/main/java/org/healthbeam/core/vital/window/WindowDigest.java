package org.healthbeam.core.vital.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.LongConsumer;
import javax.annotation.Nullable;

/**
 * The readings of one subject and kind in a stretch of time, in bounded room and immutable: up to
 * {@value WindowFold#HELD} readings themselves, 16 bytes each; of more, exact sums in about 1 kB
 * and the counts of values, at most 16 kB for 1,000 distinct ones, and at most 250 kB in buckets
 * ({@link ValueCounts}; a pulse between 30 and 220 takes 12 kB).
 *
 * <p>Which of these it is, and every bit of it, depends on the set of readings alone.
 */
public final class WindowDigest {
  private final long[] times;
  private final double[] readings;
  @Nullable private final StretchSums sums;
  private final long implausible;
  private final long duplicates;

  WindowDigest(
      long[] times,
      double[] readings,
      @Nullable StretchSums sums,
      long implausible,
      long duplicates) {
    this.times = times;
    this.readings = readings;
    this.sums = sums;
    this.implausible = implausible;
    this.duplicates = duplicates;
  }

  /** {@return how many distinct plausible readings there are} */
  public long n() {
    return sums == null ? times.length : sums.n();
  }

  /** {@return the time of the first reading; there must be one} */
  public long firstTime() {
    return sums == null ? times[0] : sums.firstTime();
  }

  /** {@return the time of the last reading; there must be one} */
  public long lastTime() {
    return sums == null ? times[times.length - 1] : sums.lastTime();
  }

  /** {@return how many readings were implausible} */
  public long implausible() {
    return implausible;
  }

  /** {@return how many readings were dropped as duplicates} */
  public long duplicates() {
    return duplicates;
  }

  /** {@return whether quantiles of these readings are exact} */
  public boolean hasExactQuantiles() {
    return sums == null || sums.counts().isExact();
  }

  void addTo(WindowFold fold, LongConsumer implausibles, LongConsumer duplicateReadings) {
    if (sums == null) {
      for (int i = 0; i < times.length; i++) {
        fold.add(times[i], readings[i]);
      }
    } else {
      fold.addAll(sums);
    }
    implausibles.accept(implausible);
    duplicateReadings.accept(duplicates);
  }

  /**
   * Writes it in bytes that are the same for the same readings.
   *
   * @param out takes the bytes
   * @throws IOException if {@code out} cannot take them
   */
  public void writeTo(DataOutput out) throws IOException {
    VarLong.write(implausible, out);
    VarLong.write(duplicates, out);
    out.writeByte(sums == null ? times.length : WindowFold.HELD + 1);
    if (sums != null) {
      sums.writeTo(out);
      return;
    }
    long time = 0;
    for (int i = 0; i < times.length; i++) {
      if (i == 0) {
        out.writeLong(times[0]);
      } else {
        VarLong.write(times[i] - time, out);
      }
      time = times[i];
      out.writeDouble(readings[i]);
    }
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @param in the bytes, of which no more are taken than were written
   * @return what was written
   * @throws IOException if they end early or cannot be read
   */
  public static WindowDigest readFrom(DataInput in) throws IOException {
    long implausible = VarLong.read(in);
    long duplicates = VarLong.read(in);
    int n = in.readUnsignedByte();
    if (n > WindowFold.HELD) {
      return new WindowDigest(
          new long[0], new double[0], StretchSums.readFrom(in), implausible, duplicates);
    }
    long[] times = new long[n];
    double[] readings = new double[n];
    for (int i = 0; i < n; i++) {
      times[i] = i == 0 ? in.readLong() : times[i - 1] + VarLong.read(in);
      readings[i] = in.readDouble();
    }
    return new WindowDigest(times, readings, null, implausible, duplicates);
  }

  /** Shows how many readings: the rest is a patient's. */
  @Override
  public String toString() {
    return "WindowDigest(" + n() + ")";
  }
}
