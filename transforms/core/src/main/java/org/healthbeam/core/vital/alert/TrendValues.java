package org.healthbeam.core.vital.alert;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The values of one kind within the longest trend, one for each time; 16 bytes each. */
final class TrendValues {
  private static final double MILLIS_PER_HOUR = 3_600_000;

  private long[] times = new long[4];
  private double[] values = new double[4];
  private int size;

  /** Adds a value later than all others, and drops those that are too old. */
  void add(long time, double value, long longest) {
    int drop = firstAfter(time - longest);
    int kept = size - drop;
    if (kept == times.length) {
      times = Arrays.copyOf(times, 2 * kept);
      values = Arrays.copyOf(values, 2 * kept);
    }
    System.arraycopy(times, drop, times, 0, kept);
    System.arraycopy(values, drop, values, 0, kept);
    times[kept] = time;
    values[kept] = value;
    size = kept + 1;
  }

  /** {@return the last value less the first after a time; not a number if they are the same} */
  double delta(long after) {
    int first = firstAfter(after);
    return first >= size - 1 ? Double.NaN : values[size - 1] - values[first];
  }

  /** {@return the slope of the values after a time, per hour; not a number of fewer than two} */
  double slope(long after) {
    int first = firstAfter(after);
    int n = size - first;
    if (n < 2) {
      return Double.NaN;
    }
    double meanTime = 0;
    double meanValue = 0;
    for (int i = first; i < size; i++) {
      meanTime += times[i] - times[first];
      meanValue += values[i];
    }
    meanTime /= n;
    meanValue /= n;
    double xy = 0;
    double xx = 0;
    for (int i = first; i < size; i++) {
      double x = times[i] - times[first] - meanTime;
      xy += x * (values[i] - meanValue);
      xx += x * x;
    }
    return xy / xx * MILLIS_PER_HOUR;
  }

  long last() {
    return size == 0 ? Long.MIN_VALUE : times[size - 1];
  }

  private int firstAfter(long time) {
    int first = 0;
    while (first < size && times[first] <= time) {
      first++;
    }
    return first;
  }

  TrendValues copy() {
    TrendValues copy = new TrendValues();
    copy.times = times.clone();
    copy.values = values.clone();
    copy.size = size;
    return copy;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      out.writeLong(times[i]);
      out.writeDouble(values[i]);
    }
  }

  static TrendValues read(DataInput in) throws IOException {
    TrendValues trend = new TrendValues();
    trend.size = in.readInt();
    trend.times = new long[Math.max(4, trend.size)];
    trend.values = new double[trend.times.length];
    for (int i = 0; i < trend.size; i++) {
      trend.times[i] = in.readLong();
      trend.values[i] = in.readDouble();
    }
    return trend;
  }
}
