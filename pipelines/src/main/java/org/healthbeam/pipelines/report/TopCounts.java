package org.healthbeam.pipelines.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The most frequent of many keys in bounded memory.
 *
 * <p>Exact while there are no more keys than the capacity. Beyond it the rarer half is forgotten,
 * and {@link #error} says by how much a count may then be too low (lossy counting).
 *
 * @param <K> the keys; their order breaks ties
 */
final class TopCounts<K extends Comparable<K>> {
  private final int capacity;
  private final Map<K, long[]> counts = new HashMap<>();
  private long error;
  private long total;

  TopCounts(int capacity) {
    this.capacity = capacity;
  }

  void add(K key, long n) {
    total += n;
    counts.computeIfAbsent(key, k -> new long[1])[0] += n;
    forgetIfFull();
  }

  void addAll(TopCounts<K> other) {
    total += other.total;
    error += other.error;
    other.counts.forEach((key, n) -> counts.computeIfAbsent(key, k -> new long[1])[0] += n[0]);
    forgetIfFull();
  }

  private void forgetIfFull() {
    while (counts.size() > capacity) {
      long[] sorted = counts.values().stream().mapToLong(c -> c[0]).toArray();
      Arrays.sort(sorted);
      long threshold = sorted[sorted.length / 2];
      counts.values().removeIf(c -> c[0] <= threshold);
      error += threshold;
    }
  }

  /** Returns the first {@code n} by count, then key. */
  List<Map.Entry<K, Long>> top(int n) {
    List<Map.Entry<K, Long>> all = new ArrayList<>(counts.size());
    counts.forEach((k, c) -> all.add(Map.entry(k, c[0])));
    all.sort(
        Comparator.comparing((Map.Entry<K, Long> e) -> -e.getValue())
            .thenComparing(Map.Entry::getKey));
    return all.size() > n ? new ArrayList<>(all.subList(0, n)) : all;
  }

  /** Returns how many keys are held. */
  int size() {
    return counts.size();
  }

  /** Returns the sum of everything added. */
  long total() {
    return total;
  }

  /** Returns by how much a count may be too low; 0 if all are exact. */
  long error() {
    return error;
  }
}
