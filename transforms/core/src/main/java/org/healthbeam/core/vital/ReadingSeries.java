package org.healthbeam.core.vital;

import java.util.Arrays;

/**
 * The readings of one subject and kind in one window, in compact arrays.
 *
 * <p>It may be filled and merged in any order; what it says depends on the set of readings alone.
 * Readings of the same time and value count once, the others as duplicates. A distinct reading
 * takes 16 bytes, with room to grow at most twice that; an empty series 48.
 */
public final class ReadingSeries {
  private static final long[] NO_TIMES = {};
  private static final double[] NO_VALUES = {};

  private long[] times = NO_TIMES;
  private double[] values = NO_VALUES;
  private int size;
  private boolean sorted = true;
  private boolean frozen;
  private long added;
  private long implausible;

  /** Adds a reading. */
  public void add(long timeMillis, double value) {
    checkNotFrozen();
    if (size == times.length) {
      makeRoom();
    }
    if (size > 0 && sorted) {
      sorted = compare(times[size - 1], values[size - 1], timeMillis, value) < 0;
    }
    times[size] = timeMillis;
    values[size] = value;
    size++;
    added++;
  }

  /** Counts readings that were refused as implausible. */
  public void addImplausible(long n) {
    checkNotFrozen();
    implausible += n;
  }

  /** Adds what another series holds; that one does not change in what it says. */
  public void addAll(ReadingSeries other) {
    checkNotFrozen();
    for (int i = 0; i < other.size; i++) {
      add(other.times[i], other.values[i]);
    }
    added += other.added - other.size;
    implausible += other.implausible;
  }

  /** Returns a copy that never changes and takes no more room than it needs. */
  public ReadingSeries frozen() {
    sort();
    ReadingSeries copy = new ReadingSeries();
    copy.times = Arrays.copyOf(times, size);
    copy.values = Arrays.copyOf(values, size);
    copy.size = size;
    copy.added = added;
    copy.implausible = implausible;
    copy.frozen = true;
    return copy;
  }

  private void checkNotFrozen() {
    if (frozen) {
      throw new IllegalStateException("this series is a result and cannot be added to");
    }
  }

  /** Makes a series from its parts, as {@link #timeAt} and {@link #valueAt} give them. */
  public static ReadingSeries of(long[] times, double[] values, long added, long implausible) {
    ReadingSeries series = new ReadingSeries();
    series.times = times;
    series.values = values;
    series.size = times.length;
    series.sorted = false;
    series.added = added;
    series.implausible = implausible;
    return series;
  }

  /** Returns how many distinct readings there are. */
  public int size() {
    sort();
    return size;
  }

  /** Returns the time of the i-th distinct reading by time and value. */
  public long timeAt(int i) {
    sort();
    return times[i];
  }

  /** Returns the value of the i-th distinct reading by time and value. */
  public double valueAt(int i) {
    sort();
    return values[i];
  }

  /** Returns how many readings were added, duplicates among them. */
  public long added() {
    return added;
  }

  /** Returns how many readings were dropped since the same time and value was there. */
  public long duplicates() {
    sort();
    return added - size;
  }

  /** Returns how many readings were implausible. */
  public long implausible() {
    return implausible;
  }

  /** Says whether nothing was ever added. */
  public boolean isEmpty() {
    return added == 0 && implausible == 0;
  }

  /** Returns the values in ascending order. */
  public double[] valuesAscending() {
    sort();
    double[] result = Arrays.copyOf(values, size);
    Arrays.sort(result);
    return result;
  }

  private void makeRoom() {
    sort();
    if (size > times.length / 2 || times.length == 0) {
      int capacity = Math.max(4, size + (size >> 1) + 1);
      times = Arrays.copyOf(times, capacity);
      values = Arrays.copyOf(values, capacity);
    }
  }

  private void sort() {
    if (sorted) {
      return;
    }
    if (!isAscending()) {
      heapSort();
    }
    int kept = Math.min(size, 1);
    for (int i = 1; i < size; i++) {
      if (compare(times[i], values[i], times[kept - 1], values[kept - 1]) != 0) {
        times[kept] = times[i];
        values[kept] = values[i];
        kept++;
      }
    }
    size = kept;
    sorted = true;
  }

  private boolean isAscending() {
    for (int i = 1; i < size; i++) {
      if (compare(times[i - 1], values[i - 1], times[i], values[i]) > 0) {
        return false;
      }
    }
    return true;
  }

  /** Heap sort of both arrays together: in place, and never worse than n log n. */
  private void heapSort() {
    int n = size;
    for (int i = n / 2 - 1; i >= 0; i--) {
      siftDown(i, n);
    }
    for (int end = n - 1; end > 0; end--) {
      swap(0, end);
      siftDown(0, end);
    }
  }

  private void siftDown(int start, int n) {
    int root = start;
    while (2 * root + 1 < n) {
      int child = 2 * root + 1;
      if (child + 1 < n
          && compare(times[child], values[child], times[child + 1], values[child + 1]) < 0) {
        child++;
      }
      if (compare(times[root], values[root], times[child], values[child]) >= 0) {
        return;
      }
      swap(root, child);
      root = child;
    }
  }

  private void swap(int i, int j) {
    long time = times[i];
    times[i] = times[j];
    times[j] = time;
    double value = values[i];
    values[i] = values[j];
    values[j] = value;
  }

  private static int compare(long timeA, double a, long timeB, double b) {
    int byTime = Long.compare(timeA, timeB);
    return byTime != 0 ? byTime : Double.compare(a, b);
  }
}
