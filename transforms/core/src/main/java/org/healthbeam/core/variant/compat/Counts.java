package org.healthbeam.core.variant.compat;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.healthbeam.core.variant.Varints;

/** How often each whole number of 0 or more came; only those that came take room. */
final class Counts {
  private final SortedMap<Long, Long> counts = new TreeMap<>();

  void add(long value, long times) {
    counts.merge(value, times, Long::sum);
  }

  void add(Counts other) {
    other.counts.forEach(this::add);
  }

  long get(long value) {
    return counts.getOrDefault(value, 0L);
  }

  SortedMap<Long, Long> asMap() {
    return counts;
  }

  void write(DataOutput out) throws IOException {
    Varints.write(out, counts.size());
    for (var entry : counts.entrySet()) {
      Varints.write(out, entry.getKey());
      Varints.write(out, entry.getValue());
    }
  }

  void readFrom(DataInput in) throws IOException {
    long size = Varints.read(in);
    for (long i = 0; i < size; i++) {
      long value = Varints.read(in);
      add(value, Varints.read(in));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Counts that && counts.equals(that.counts);
  }

  @Override
  public int hashCode() {
    return counts.hashCode();
  }

  @Override
  public String toString() {
    return counts.toString();
  }
}
