package org.healthbeam.core.vital;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The readings of a series that say which version of a measurement they are: of each measurement
 * (time and observation) the last version, and how many records it replaced.
 *
 * <p>What it says is a function of the multiset of records that were added, in whatever order and
 * however merged. It holds one entry for each measurement, 41 bytes with room to grow at most twice
 * that, and about 100 more where there was a version before it, however many there were: what is
 * sent again for ever takes no more room.
 */
final class VersionedReadings {
  /** Which measurement of the series. */
  private record Measurement(long time, long observation) implements Comparable<Measurement> {
    private static final Comparator<Measurement> ORDER =
        Comparator.comparingLong(Measurement::time).thenComparingLong(Measurement::observation);

    @Override
    public int compareTo(Measurement other) {
      return ORDER.compare(this, other);
    }
  }

  private record Replaced(long readings, long withdrawals) {
    static final Replaced NONE = new Replaced(0, 0);

    static Replaced sum(Replaced a, Replaced b) {
      return new Replaced(a.readings + b.readings, a.withdrawals + b.withdrawals);
    }
  }

  private long[] times = {};
  private long[] observations = {};
  private long[] orders = {};
  private double[] values = {};
  private byte[] statuses = {};
  private long[] told = {};
  private int size;
  private boolean compact = true;
  private SortedMap<Measurement, Replaced> replaced = new TreeMap<>();

  /** Adds a record. */
  void add(long time, double value, ReadingVersion version) {
    add(time, value, version, 1);
  }

  /** Adds what was made of records before. */
  void add(VersionedReading reading) {
    add(reading.timeMillis(), reading.value(), reading.version(), reading.told());
    if (reading.replacedReadings() > 0 || reading.replacedWithdrawals() > 0) {
      replaced.merge(
          new Measurement(reading.timeMillis(), reading.version().observation()),
          new Replaced(reading.replacedReadings(), reading.replacedWithdrawals()),
          Replaced::sum);
    }
  }

  private void add(long time, double value, ReadingVersion version, long n) {
    if (size == times.length) {
      makeRoom();
    }
    times[size] = time;
    observations[size] = version.observation();
    orders[size] = version.order();
    values[size] = value;
    statuses[size] = (byte) version.status().index();
    told[size] = n;
    size++;
    compact = compact && (size == 1 || isOtherMeasurement(size - 2, size - 1));
  }

  /** Adds what another one holds; that one does not change in what it says. */
  void addAll(VersionedReadings other) {
    for (int i = 0; i < other.size; i++) {
      add(other.times[i], other.values[i], other.version(i), other.told[i]);
    }
    other.replaced.forEach((whose, n) -> replaced.merge(whose, n, Replaced::sum));
  }

  /** {@return a copy that takes no more room than it needs; this one is not touched} */
  VersionedReadings copy() {
    VersionedReadings copy = new VersionedReadings();
    copy.resizeFrom(this, size);
    copy.size = size;
    copy.compact = compact;
    copy.replaced = new TreeMap<>(replaced);
    copy.makeCompact();
    if (copy.size < size) {
      copy.resizeFrom(copy, copy.size);
    }
    return copy;
  }

  /** {@return whether each measurement is there once and in its place} */
  boolean isCompact() {
    return compact;
  }

  /** {@return how many measurements there are} */
  int size() {
    makeCompact();
    return size;
  }

  /** {@return the i-th measurement by time and observation} */
  VersionedReading at(int i) {
    makeCompact();
    Replaced before =
        replaced.isEmpty()
            ? Replaced.NONE
            : replaced.getOrDefault(new Measurement(times[i], observations[i]), Replaced.NONE);
    return new VersionedReading(
        times[i], values[i], version(i), told[i], before.readings(), before.withdrawals());
  }

  private ReadingVersion version(int i) {
    return new ReadingVersion(ReadingVersion.Status.at(statuses[i]), orders[i], observations[i]);
  }

  private void makeRoom() {
    makeCompact();
    if (size > times.length / 2 || times.length == 0) {
      resizeFrom(this, Math.max(2, size + (size >> 1) + 1));
    }
  }

  private void resizeFrom(VersionedReadings other, int capacity) {
    times = Arrays.copyOf(other.times, capacity);
    observations = Arrays.copyOf(other.observations, capacity);
    orders = Arrays.copyOf(other.orders, capacity);
    values = Arrays.copyOf(other.values, capacity);
    statuses = Arrays.copyOf(other.statuses, capacity);
    told = Arrays.copyOf(other.told, capacity);
  }

  /** Sorts, and keeps the last version of each measurement. */
  private void makeCompact() {
    if (compact) {
      return;
    }
    sort();
    int kept = 0;
    for (int i = 1; i < size; i++) {
      if (isOtherMeasurement(kept, i)) {
        kept++;
        move(i, kept);
      } else if (compare(kept, i) == 0) {
        told[kept] += told[i];
      } else {
        boolean takesBack = statuses[kept] == ReadingVersion.Status.WITHDRAWN.index();
        replaced.merge(
            new Measurement(times[kept], observations[kept]),
            takesBack ? new Replaced(0, told[kept]) : new Replaced(told[kept], 0),
            Replaced::sum);
        move(i, kept);
      }
    }
    size = kept + 1;
    compact = true;
  }

  private boolean isOtherMeasurement(int before, int i) {
    return times[before] < times[i]
        || (times[before] == times[i] && observations[before] < observations[i]);
  }

  private void move(int from, int to) {
    times[to] = times[from];
    observations[to] = observations[from];
    orders[to] = orders[from];
    values[to] = values[from];
    statuses[to] = statuses[from];
    told[to] = told[from];
  }

  /** Heap sort of all arrays together: in place, and never worse than n log n. */
  private void sort() {
    for (int i = size / 2 - 1; i >= 0; i--) {
      siftDown(i, size);
    }
    for (int end = size - 1; end > 0; end--) {
      swap(0, end);
      siftDown(0, end);
    }
  }

  private void siftDown(int start, int n) {
    int root = start;
    while (2 * root + 1 < n) {
      int child = 2 * root + 1;
      if (child + 1 < n && compare(child, child + 1) < 0) {
        child++;
      }
      if (compare(root, child) >= 0) {
        return;
      }
      swap(root, child);
      root = child;
    }
  }

  private void swap(int i, int j) {
    long time = times[i];
    long observation = observations[i];
    long order = orders[i];
    double value = values[i];
    byte status = statuses[i];
    long n = told[i];
    move(j, i);
    times[j] = time;
    observations[j] = observation;
    orders[j] = order;
    values[j] = value;
    statuses[j] = status;
    told[j] = n;
  }

  /** By measurement, then by the order of versions ({@link ReadingVersion}). */
  private int compare(int i, int j) {
    if (times[i] != times[j]) {
      return Long.compare(times[i], times[j]);
    }
    if (observations[i] != observations[j]) {
      return Long.compare(observations[i], observations[j]);
    }
    if (orders[i] != orders[j]) {
      return Long.compare(orders[i], orders[j]);
    }
    int a = ReadingVersion.Status.at(statuses[i]).rank();
    int b = ReadingVersion.Status.at(statuses[j]).rank();
    return a != b ? Integer.compare(a, b) : Double.compare(values[i], values[j]);
  }
}
