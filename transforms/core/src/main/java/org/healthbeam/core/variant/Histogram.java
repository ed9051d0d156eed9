package org.healthbeam.core.variant;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** How often each whole number between two bounds came; what lies outside counts at the bound. */
public final class Histogram {
  private final int least;
  private final int greatest;
  private long[] counts = new long[0];

  /**
   * Makes an empty one from {@code least} to {@code greatest}.
   *
   * @param least the least value that is told apart
   * @param greatest the greatest one; memory grows only up to the greatest that came
   */
  public Histogram(int least, int greatest) {
    this.least = least;
    this.greatest = greatest;
  }

  /**
   * Counts one value.
   *
   * @param value any; outside of the bounds it counts at the nearer one
   */
  public void add(long value) {
    add((int) Math.max(least, Math.min(greatest, value)), 1);
  }

  /** Counts one value that came so many times. */
  void addTimes(long value, long times) {
    if (times > 0) {
      add((int) Math.max(least, Math.min(greatest, value)), times);
    }
  }

  /** Counts each value as often as its place in {@code times} says. */
  void add(int[] times) {
    for (int value = Math.max(0, least); value < times.length; value++) {
      if (times[value] != 0) {
        add(value, times[value]);
      }
    }
  }

  private void add(int value, long times) {
    int at = value - least;
    if (at >= counts.length) {
      counts =
          Arrays.copyOf(
              counts, Math.max(at + 1, Math.min(counts.length * 2, greatest - least + 1)));
    }
    counts[at] += times;
  }

  /**
   * Adds all that another has counted.
   *
   * @param other of the same bounds; is not changed
   */
  public void add(Histogram other) {
    add(other, 1);
  }

  /** Takes out all that another has counted. */
  void subtract(Histogram other) {
    add(other, -1);
  }

  private void add(Histogram other, int times) {
    if (other.counts.length > counts.length) {
      counts = Arrays.copyOf(counts, other.counts.length);
    }
    for (int i = 0; i < other.counts.length; i++) {
      counts[i] += times * other.counts[i];
    }
  }

  /** {@return the values that came, in order, and how often} */
  public SortedMap<Integer, Long> counts() {
    SortedMap<Integer, Long> result = new TreeMap<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] != 0) {
        result.put(least + i, counts[i]);
      }
    }
    return result;
  }

  void write(DataOutput out) throws IOException {
    SortedMap<Integer, Long> counted = counts();
    Varints.write(out, counted.size());
    int before = least;
    for (var entry : counted.entrySet()) {
      Varints.write(out, entry.getKey() - before);
      Varints.write(out, entry.getValue());
      before = entry.getKey();
    }
  }

  void readFrom(DataInput in) throws IOException {
    long size = Varints.read(in);
    int value = least;
    for (long i = 0; i < size; i++) {
      value += (int) Varints.read(in);
      add(value, Varints.read(in));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Histogram that
        && least == that.least
        && greatest == that.greatest
        && counts().equals(that.counts());
  }

  @Override
  public int hashCode() {
    return counts().hashCode();
  }

  @Override
  public String toString() {
    return counts().toString();
  }
}
