package org.healthbeam.core.vital.window;

import java.time.Duration;
import java.util.Arrays;
import javax.annotation.Nullable;
import org.healthbeam.core.vital.ReadingSeries;

/**
 * Goes over the readings of one subject and kind in a window in the order of time, and over the
 * digests of stretches where the readings themselves are gone; what comes out is the same for every
 * way of cutting the window into stretches, to the last bit.
 *
 * <p>It holds up to {@value #HELD} readings; beyond that their sums, in 5 kB and what the values'
 * counts take ({@link ValueCounts}).
 */
public final class WindowFold {
  /** So many readings are kept as they are: they take no more than their sums would. */
  static final int HELD = 64;

  private final long expectedMillis;
  private long[] times = new long[4];
  private double[] values = new double[4];
  private int held;
  @Nullable private RunningSums sums;
  private long n;
  private long implausible;
  private long duplicates;

  /**
   * Begins with nothing.
   *
   * @param expected how often a reading is expected
   */
  public WindowFold(Duration expected) {
    this.expectedMillis = expected.toMillis();
  }

  /**
   * Adds a reading that is not before the last in time and, at the same time, in value.
   *
   * @param timeMillis in milliseconds since 1970
   * @param value in the kind's unit, or a code's rank; plausible
   */
  public void add(long timeMillis, double value) {
    n++;
    if (sums == null && held == HELD) {
      sums = summed();
    }
    if (sums != null) {
      sums.add(timeMillis, value);
      return;
    }
    if (held == times.length) {
      times = Arrays.copyOf(times, 2 * held);
      values = Arrays.copyOf(values, 2 * held);
    }
    times[held] = timeMillis;
    values[held] = value;
    held++;
  }

  /**
   * Adds a series that lies after what there is.
   *
   * @param series of the same subject and kind
   * @return this fold
   */
  public WindowFold addAll(ReadingSeries series) {
    int size = series.size();
    for (int i = 0; i < size; i++) {
      add(series.timeAt(i), series.valueAt(i));
    }
    implausible += series.implausible();
    duplicates += series.duplicates();
    return this;
  }

  /**
   * Adds the digest of a stretch that lies after what there is.
   *
   * @param digest of the same subject and kind
   * @return this fold
   */
  public WindowFold addAll(WindowDigest digest) {
    digest.addTo(this, count -> implausible += count, count -> duplicates += count);
    return this;
  }

  void addAll(StretchSums stretch) {
    if (sums == null) {
      sums = summed();
    }
    sums.addAll(stretch);
    n += stretch.n();
  }

  private RunningSums summed() {
    RunningSums result = new RunningSums(expectedMillis);
    for (int i = 0; i < held; i++) {
      result.add(times[i], values[i]);
    }
    return result;
  }

  /** {@return how many distinct plausible readings there are} */
  public long n() {
    return n;
  }

  long implausible() {
    return implausible;
  }

  long duplicates() {
    return duplicates;
  }

  long expectedMillis() {
    return expectedMillis;
  }

  /** {@return the sums of all; there must be a reading} */
  StretchSums sums() {
    return (sums == null ? summed() : sums).sums();
  }

  /** {@return what there is so far as a digest, which does not change when this goes on} */
  public WindowDigest digest() {
    return sums == null
        ? new WindowDigest(
            Arrays.copyOf(times, held), Arrays.copyOf(values, held), null, implausible, duplicates)
        : new WindowDigest(new long[0], new double[0], sums.sums(), implausible, duplicates);
  }
}
