package org.healthbeam.core.vital.score;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.healthbeam.core.vital.VitalKind;

/**
 * The latest values of one subject by kind, as of a time that only moves on.
 *
 * <p>Its size: for each kind that was seen one time and as many values as stand there, which are
 * one or few; 16 kinds with one value each take less than 1 kB.
 */
public final class LatestValues {
  private static final int END = -1;

  private final long[] times = new long[VitalKind.count()];
  private final double[][] values = new double[VitalKind.count()][];

  /**
   * Adds a reading, none of whose kind is later. A value that stands there already is dropped.
   *
   * @param kind what was measured
   * @param time in milliseconds since 1970
   * @param value in the kind's unit, or a code's rank
   * @throws IllegalArgumentException if a later reading of the kind is known
   */
  public void add(VitalKind kind, long time, double value) {
    int k = kind.index();
    double[] known = values[k];
    if (known == null || time > times[k]) {
      times[k] = time;
      values[k] = new double[] {value};
      return;
    }
    if (time < times[k]) {
      throw new IllegalArgumentException("a reading of " + kind.kindName() + " is out of order");
    }
    int at = Arrays.binarySearch(known, value);
    if (at < 0) {
      int to = -at - 1;
      double[] more = Arrays.copyOf(known, known.length + 1);
      System.arraycopy(known, to, more, to + 1, known.length - to);
      more[to] = value;
      values[k] = more;
    }
  }

  /**
   * {@return whether there is a reading of a kind after a time}
   *
   * @param kind any
   * @param after in milliseconds since 1970, excluded
   */
  public boolean has(VitalKind kind, long after) {
    return values[kind.index()] != null && times[kind.index()] > after;
  }

  /**
   * {@return the time of the latest reading of a kind; there must be one}
   *
   * @param kind of which there is a reading
   */
  public long time(VitalKind kind) {
    return times[kind.index()];
  }

  /**
   * {@return how many values of a kind stand at its latest time}
   *
   * @param kind any
   */
  public int count(VitalKind kind) {
    return values[kind.index()] == null ? 0 : values[kind.index()].length;
  }

  /**
   * {@return the i-th of them, in ascending order}
   *
   * @param kind of which there is a reading
   * @param i from 0
   */
  public double value(VitalKind kind, int i) {
    return values[kind.index()][i];
  }

  /** {@return the latest time of any kind, or {@link Long#MIN_VALUE}} */
  public long latest() {
    long latest = Long.MIN_VALUE;
    for (int k = 0; k < times.length; k++) {
      if (values[k] != null) {
        latest = Math.max(latest, times[k]);
      }
    }
    return latest;
  }

  /**
   * Writes what {@link #read} reads.
   *
   * @param out takes the bytes
   * @throws IOException if {@code out} cannot take them
   */
  public void write(DataOutput out) throws IOException {
    for (int k = 0; k < times.length; k++) {
      int n = values[k] == null ? 0 : values[k].length;
      if (n > 0) {
        out.writeByte(k);
        out.writeInt(n);
        out.writeLong(times[k]);
        for (double value : values[k]) {
          out.writeDouble(value);
        }
      }
    }
    out.writeByte(END);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param in the bytes, of which no more are taken than were written
   * @return what was written
   * @throws IOException if they end early or cannot be read
   */
  public static LatestValues read(DataInput in) throws IOException {
    LatestValues latest = new LatestValues();
    for (int k = in.readByte(); k != END; k = in.readByte()) {
      double[] values = new double[in.readInt()];
      latest.times[k] = in.readLong();
      for (int i = 0; i < values.length; i++) {
        values[i] = in.readDouble();
      }
      latest.values[k] = values;
    }
    return latest;
  }

  /** {@return a copy that goes its own way} */
  public LatestValues copy() {
    LatestValues copy = new LatestValues();
    System.arraycopy(times, 0, copy.times, 0, times.length);
    // The arrays of values never change.
    System.arraycopy(values, 0, copy.values, 0, values.length);
    return copy;
  }
}
