package org.healthbeam.core.vital;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.annotation.Nullable;

/**
 * The readings of one subject and kind in one window, in compact arrays.
 *
 * <p>It may be filled and merged in any order; what it says depends on the multiset of records
 * alone. Readings of the same time and value count once, the others as duplicates. Of the versions
 * of one observation at one time the last counts, whichever comes first ({@link ReadingVersion}).
 *
 * <p>A distinct reading that was told without the observation's id takes 16 bytes, with room to
 * grow at most twice that; one with it 41, also at most twice; an artefact about 100; an empty
 * series 64. Versions that were replaced are only counted.
 *
 * <p>Not safe for threads but in this: while nothing is added, several may take {@link #frozen}
 * copies, {@link #inOrder} and {@link #addAll} of it at once, which change nothing in it. A state
 * backend on the heap needs that: it writes a snapshot in the background while the task copies what
 * it is about to change. All else may sort the readings in place, also what only reads.
 */
public final class ReadingSeries {
  private static final long[] NO_TIMES = {};
  private static final double[] NO_VALUES = {};
  private static final VersionedReadings NONE = new VersionedReadings();
  private static final SortedMap<ArtefactJudgement, ArtefactJudgement> NO_JUDGEMENTS =
      Collections.unmodifiableSortedMap(new TreeMap<>(ArtefactJudgement.BY_READING));

  private long[] times = NO_TIMES;
  private double[] values = NO_VALUES;
  private int size;
  private boolean sorted = true;
  private boolean frozen;
  private long added;
  private long implausible;

  /** Those that say which version of a measurement they are; null until there is one. */
  @Nullable private VersionedReadings versions;

  /** By the reading that is judged; few are: there is no map until one is. */
  private SortedMap<ArtefactJudgement, ArtefactJudgement> judgements = NO_JUDGEMENTS;

  /** What is left of the readings; null if something was added since it was made. */
  @Nullable private ResolvedSeries resolved;

  /**
   * Adds a reading.
   *
   * @param timeMillis when it was measured, in milliseconds since 1970
   * @param value in the kind's unit
   */
  public void add(long timeMillis, double value) {
    checkNotFrozen();
    resolved = null;
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

  /**
   * Adds a reading by its version, or a judgement of one; a judgement is no reading and is not
   * counted as added.
   *
   * @param timeMillis when it was measured, in milliseconds since 1970
   * @param value in the kind's unit; of a withdrawal it is not looked at
   * @param version what the record does
   */
  public void add(long timeMillis, double value, ReadingVersion version) {
    if (version.isOriginal()) {
      add(timeMillis, value);
      return;
    }
    checkNotFrozen();
    resolved = null;
    if (version.isJudgement()) {
      boolean artefact = version.status() == ReadingVersion.Status.ARTEFACT;
      judge(new ArtefactJudgement(timeMillis, value, version.order(), artefact));
    } else {
      versions().add(timeMillis, version.isWithdrawn() ? Double.NaN : value, version);
      added++;
    }
  }

  private VersionedReadings versions() {
    if (versions == null) {
      versions = new VersionedReadings();
    }
    return versions;
  }

  private void judge(ArtefactJudgement judgement) {
    if (judgements.isEmpty()) {
      judgements = new TreeMap<>(ArtefactJudgement.BY_READING);
    }
    // A map keeps its first key, so what is judged last is its value.
    judgements.merge(judgement, judgement, ArtefactJudgement::later);
  }

  /**
   * Counts readings that were refused as implausible.
   *
   * @param n how many, 0 or more
   */
  public void addImplausible(long n) {
    checkNotFrozen();
    implausible += n;
  }

  /**
   * Adds what another series holds; that one does not change in what it says.
   *
   * @param other of the same subject, kind and window
   */
  public void addAll(ReadingSeries other) {
    checkNotFrozen();
    for (int i = 0; i < other.size; i++) {
      add(other.times[i], other.values[i]);
    }
    resolved = null;
    if (other.versions != null) {
      versions().addAll(other.versions);
    }
    other.judgements.values().forEach(this::judge);
    added += other.added - other.size;
    implausible += other.implausible;
  }

  /** {@return a copy that never changes and takes no more room than it needs} */
  public ReadingSeries frozen() {
    ReadingSeries copy = new ReadingSeries();
    copy.times = Arrays.copyOf(times, size);
    copy.values = Arrays.copyOf(values, size);
    copy.size = size;
    copy.sorted = sorted;
    copy.sort();
    if (copy.size < size) {
      copy.times = Arrays.copyOf(copy.times, copy.size);
      copy.values = Arrays.copyOf(copy.values, copy.size);
    }
    copy.added = added;
    copy.implausible = implausible;
    copy.versions = versions == null ? null : versions.copy();
    copy.judgements = judgements.isEmpty() ? NO_JUDGEMENTS : new TreeMap<>(judgements);
    copy.frozen = true;
    return copy;
  }

  /** {@return this series if its readings are in order, else a copy that is; for writing it} */
  public ReadingSeries inOrder() {
    return sorted && (versions == null || versions.isCompact()) ? this : frozen();
  }

  private void checkNotFrozen() {
    if (frozen) {
      throw new IllegalStateException("this series is a result and cannot be added to");
    }
  }

  /**
   * Makes a series from its parts, as {@link #told}, {@link #versioned} and {@link #judgements}
   * give them.
   *
   * @param times of the readings told without a version
   * @param values of those
   * @param versioned the last version of each measurement with an id
   * @param judgements of readings as artefacts or not
   * @param added how many readings were added, duplicates among them
   * @param implausible how many were refused
   * @return a series that says the same as the one whose parts these are
   */
  public static ReadingSeries of(
      long[] times,
      double[] values,
      Collection<VersionedReading> versioned,
      Collection<ArtefactJudgement> judgements,
      long added,
      long implausible) {
    ReadingSeries series = new ReadingSeries();
    series.times = times;
    series.values = values;
    series.size = times.length;
    series.sorted = false;
    series.added = added;
    series.implausible = implausible;
    versioned.forEach(one -> series.versions().add(one));
    judgements.forEach(series::judge);
    return series;
  }

  /** Takes a reading. */
  public interface ReadingConsumer<E extends Exception> {
    /**
     * Takes one reading.
     *
     * @param timeMillis when it was measured, in milliseconds since 1970
     * @param value in the kind's unit
     * @throws E if whoever takes it fails
     */
    void take(long timeMillis, double value) throws E;
  }

  /** {@return how many distinct readings were told without a version, replaced ones among them} */
  public int toldCount() {
    sort();
    return size;
  }

  /**
   * Gives the distinct readings told without a version, by time and value.
   *
   * @param <E> what the consumer may throw
   * @param consumer takes the readings
   * @throws E if the consumer does
   */
  public <E extends Exception> void told(ReadingConsumer<E> consumer) throws E {
    sort();
    for (int i = 0; i < size; i++) {
      consumer.take(times[i], values[i]);
    }
  }

  /** {@return how many measurements there are of which versions were told} */
  public int versionedCount() {
    return versions == null ? 0 : versions.size();
  }

  /**
   * Gives the last version of each measurement, by time and observation.
   *
   * @param consumer takes the versions
   */
  public void versioned(Consumer<VersionedReading> consumer) {
    for (int i = 0; i < versionedCount(); i++) {
      consumer.accept(versions.at(i));
    }
  }

  /** {@return the last judgement of each value that was judged, by time and value} */
  public Collection<ArtefactJudgement> judgements() {
    return Collections.unmodifiableCollection(judgements.values());
  }

  /** {@return how many distinct readings there are, versions and judgements applied} */
  public int size() {
    return resolved().size;
  }

  /**
   * {@return the time of the i-th distinct reading by time and value}
   *
   * @param i from 0
   */
  public long timeAt(int i) {
    return resolved().times[i];
  }

  /**
   * {@return the value of the i-th distinct reading by time and value}
   *
   * @param i from 0
   */
  public double valueAt(int i) {
    return resolved().values[i];
  }

  /** {@return how many readings were added, in whatever version, duplicates among them} */
  public long added() {
    return added;
  }

  /** {@return how many readings were dropped since the same was there} */
  public long duplicates() {
    ResolvedSeries r = resolved();
    return added - r.size - r.superseded - r.withdrawn - r.withdrawals - r.artefacts;
  }

  /**
   * {@return how many readings were replaced by a later version: of an observation with an id each
   * record that told another version than the last, without one each distinct value}
   */
  public long superseded() {
    return resolved().superseded;
  }

  /** {@return how many readings were taken back, counted as {@link #superseded}} */
  public long withdrawn() {
    return resolved().withdrawn;
  }

  /** {@return how many records took readings back, or would have if there had been any} */
  public long withdrawals() {
    return resolved().withdrawals;
  }

  /** {@return how many distinct readings are left out as artefacts} */
  public long artefacts() {
    return resolved().artefacts;
  }

  /** {@return how many readings were implausible} */
  public long implausible() {
    return implausible;
  }

  /** {@return whether nothing was ever added} */
  public boolean isEmpty() {
    return added == 0 && implausible == 0 && judgements.isEmpty();
  }

  /** {@return the values in ascending order} */
  public double[] valuesAscending() {
    return resolved().valuesAscending();
  }

  private ResolvedSeries resolved() {
    if (resolved == null) {
      sort();
      resolved =
          versions == null && judgements.isEmpty()
              ? ResolvedSeries.unchanged(times, values, size)
              : ResolvedSeries.of(
                  times, values, size, versions == null ? NONE : versions, judgements);
    }
    return resolved;
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
