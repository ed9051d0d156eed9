package org.healthbeam.core.vital.window;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.mapping.BitwiseLinearlyInterpolatedMapping;
import com.datadoghq.sketch.ddsketch.store.Store;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import javax.annotation.Nullable;

/**
 * How often each value occurs, for quantiles; what it says depends on the values alone, not on the
 * order of adding and merging.
 *
 * <p>Up to {@value #DISTINCT} distinct values are counted one by one, 16 bytes each, and quantiles
 * are exact: most vital signs are read as whole numbers or tenths and never have more. Beyond that
 * they are counted in 512 buckets for each power of two, and a quantile is the value of its rank
 * with an error of at most a thousandth of it. The sketch is a DDSketch (Masson, Rim, Lee:
 * DDSketch, VLDB 2019), whose buckets merge by addition. Values nearer to 0 than 2<sup>-10</sup>
 * count as 0 there, and those beyond 2<sup>20</sup> as that: a bucket takes 8 bytes, there are 512
 * between 64 and 128, and at most 30,720, or 250 kB, whatever the values are.
 */
final class ValueCounts {
  /** So many distinct values are counted exactly. */
  static final int DISTINCT = 1_000;

  /** The error of an inexact quantile, as a share of it, is below this. */
  static final double RELATIVE_ERROR = 0.001;

  private static final int BUCKET_BITS = 9;
  private static final double LEAST = 0x1p-10;
  private static final double GREATEST = 0x1p20;
  private static final int LONGEST_BUFFER = 1_024;
  private static final double[] NO_VALUES = {};
  private static final long[] NO_COUNTS = {};

  /** Values that were added since they were last put in order. */
  private double[] buffer = NO_VALUES;

  private int buffered;
  private double[] values = NO_VALUES;
  private long[] counts = NO_COUNTS;
  @Nullable private DDSketch sketch;

  void add(double value) {
    if (sketch != null) {
      sketch.accept(inRange(value));
      return;
    }
    if (buffered == buffer.length) {
      if (buffered == LONGEST_BUFFER) {
        settle();
      } else {
        buffer = Arrays.copyOf(buffer, Math.max(16, 2 * buffered));
      }
    }
    if (sketch != null) {
      sketch.accept(inRange(value));
    } else {
      buffer[buffered++] = value;
    }
  }

  /** Adds what another one counted; that one does not change in what it says. */
  void addAll(ValueCounts other) {
    settle();
    other.settle();
    if (other.sketch != null) {
      toSketch().mergeWith(other.sketch);
    } else if (sketch != null) {
      for (int i = 0; i < other.values.length; i++) {
        sketch.accept(inRange(other.values[i]), (double) other.counts[i]);
      }
    } else {
      merge(other.values, other.counts);
    }
  }

  /** {@return a copy; what becomes of this one does not change it} */
  ValueCounts copy() {
    settle();
    ValueCounts copy = new ValueCounts();
    copy.values = values;
    copy.counts = counts;
    copy.sketch = sketch == null ? null : sketch.copy();
    return copy;
  }

  /** {@return whether quantiles are exact} */
  boolean isExact() {
    settle();
    return sketch == null;
  }

  /**
   * {@return the quantile between the closest ranks, linearly, at position {@code (n - 1) p}, or if
   * that is not {@link #isExact} the value of the rank below}
   */
  double quantile(double p) {
    settle();
    if (sketch != null) {
      return sketch.getValueAtQuantile(p);
    }
    long n = Arrays.stream(counts).sum();
    double at = (n - 1) * p;
    long below = (long) Math.floor(at);
    int i = 0;
    long before = 0;
    while (before + counts[i] <= below) {
      before += counts[i];
      i++;
    }
    boolean nextIsGreater = before + counts[i] == below + 1 && i + 1 < values.length;
    double low = values[i];
    return nextIsGreater ? low + (at - below) * (values[i + 1] - low) : low;
  }

  private void settle() {
    if (buffered == 0) {
      return;
    }
    Arrays.sort(buffer, 0, buffered);
    long[] ones = new long[buffered];
    int distinct = 0;
    for (int i = 0; i < buffered; i++) {
      if (distinct > 0 && Double.compare(buffer[distinct - 1], buffer[i]) == 0) {
        ones[distinct - 1]++;
      } else {
        buffer[distinct] = buffer[i];
        ones[distinct] = 1;
        distinct++;
      }
    }
    buffered = 0;
    merge(Arrays.copyOf(buffer, distinct), Arrays.copyOf(ones, distinct));
  }

  private void merge(double[] otherValues, long[] otherCounts) {
    if (values.length == 0) {
      values = otherValues;
      counts = otherCounts;
    } else {
      double[] merged = new double[values.length + otherValues.length];
      long[] mergedCounts = new long[merged.length];
      int n = 0;
      int i = 0;
      int j = 0;
      while (i < values.length || j < otherValues.length) {
        int order =
            i == values.length
                ? 1
                : j == otherValues.length ? -1 : Double.compare(values[i], otherValues[j]);
        merged[n] = order <= 0 ? values[i] : otherValues[j];
        mergedCounts[n] = (order <= 0 ? counts[i] : 0) + (order >= 0 ? otherCounts[j] : 0);
        i += order <= 0 ? 1 : 0;
        j += order >= 0 ? 1 : 0;
        n++;
      }
      values = Arrays.copyOf(merged, n);
      counts = Arrays.copyOf(mergedCounts, n);
    }
    if (values.length > DISTINCT) {
      toSketch();
    }
  }

  private DDSketch toSketch() {
    if (sketch == null) {
      sketch =
          new DDSketch(
              new BitwiseLinearlyInterpolatedMapping(BUCKET_BITS), UnboundedSizeDenseStore::new);
      for (int i = 0; i < values.length; i++) {
        sketch.accept(inRange(values[i]), (double) counts[i]);
      }
      values = NO_VALUES;
      counts = NO_COUNTS;
      buffer = NO_VALUES;
    }
    return sketch;
  }

  private static double inRange(double value) {
    double size = Math.abs(value);
    return size < LEAST ? 0 : Math.max(-GREATEST, Math.min(GREATEST, value));
  }

  void writeTo(DataOutput out) throws IOException {
    settle();
    out.writeBoolean(sketch != null);
    if (sketch == null) {
      VarLong.write(values.length, out);
      for (int i = 0; i < values.length; i++) {
        out.writeDouble(values[i]);
        VarLong.write(counts[i], out);
      }
    } else {
      Store negative = sketch.getNegativeValueStore();
      Store positive = sketch.getPositiveValueStore();
      double zeros = sketch.getCount() - negative.getTotalCount() - positive.getTotalCount();
      VarLong.write((long) zeros, out);
      write(negative, out);
      write(positive, out);
    }
  }

  static ValueCounts readFrom(DataInput in) throws IOException {
    ValueCounts read = new ValueCounts();
    if (in.readBoolean()) {
      double zeros = (double) VarLong.read(in);
      Store negative = store(in);
      Store positive = store(in);
      read.sketch =
          DDSketch.of(
              new BitwiseLinearlyInterpolatedMapping(BUCKET_BITS), negative, positive, zeros);
    } else {
      int n = (int) VarLong.read(in);
      read.values = new double[n];
      read.counts = new long[n];
      for (int i = 0; i < n; i++) {
        read.values[i] = in.readDouble();
        read.counts[i] = VarLong.read(in);
      }
    }
    return read;
  }

  /** Buckets from the first that counts to the last, each as a number. */
  private static void write(Store store, DataOutput out) throws IOException {
    if (store.isEmpty()) {
      VarLong.write(0, out);
      return;
    }
    int first = store.getMinIndex();
    long[] all = new long[store.getMaxIndex() - first + 1];
    store.forEach((index, count) -> all[index - first] = (long) count);
    VarLong.write(all.length, out);
    out.writeInt(first);
    for (long count : all) {
      VarLong.write(count, out);
    }
  }

  private static Store store(DataInput in) throws IOException {
    Store store = new UnboundedSizeDenseStore();
    int n = (int) VarLong.read(in);
    int first = n == 0 ? 0 : in.readInt();
    for (int i = 0; i < n; i++) {
      store.add(first + i, (double) VarLong.read(in));
    }
    return store;
  }
}
