package org.healthbeam.core.vital.score;

import java.util.Arrays;
import org.healthbeam.core.vital.VitalKind;

/**
 * The latest values of one subject by kind, as of a time that only moves on.
 *
 * <p>Its size: for each kind that was seen one time and as many values as stand there, which are
 * one or few; 16 kinds with one value each take less than 1 kB.
 */
public final class LatestValues {
  private final long[] times = new long[VitalKind.count()];
  private final double[][] values = new double[VitalKind.count()][];

  /** Adds a reading, none of whose kind is later. A value that stands there already is dropped. */
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

  /** Says whether there is a reading of a kind after a time. */
  public boolean has(VitalKind kind, long after) {
    return values[kind.index()] != null && times[kind.index()] > after;
  }

  /** Returns the time of the latest reading of a kind; there must be one. */
  public long time(VitalKind kind) {
    return times[kind.index()];
  }

  /** Returns how many values of a kind stand at its latest time. */
  public int count(VitalKind kind) {
    return values[kind.index()] == null ? 0 : values[kind.index()].length;
  }

  /** Returns the i-th of them, in ascending order. */
  public double value(VitalKind kind, int i) {
    return values[kind.index()][i];
  }

  /** Forgets what was read up to a time. */
  public void forgetUpTo(long time) {
    for (int k = 0; k < times.length; k++) {
      if (times[k] <= time) {
        values[k] = null;
      }
    }
  }

  /** Returns a copy that goes its own way. */
  public LatestValues copy() {
    LatestValues copy = new LatestValues();
    System.arraycopy(times, 0, copy.times, 0, times.length);
    // The arrays of values never change.
    System.arraycopy(values, 0, copy.values, 0, values.length);
    return copy;
  }
}
