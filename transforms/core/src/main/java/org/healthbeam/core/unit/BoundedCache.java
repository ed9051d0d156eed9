package org.healthbeam.core.unit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A memo of bounded size for pure functions; safe for many threads.
 *
 * <p>When the newer half is full it becomes the older one, and what was only in the older one is
 * forgotten. What is in use moves to the newer half when it is asked for, so that a flood of texts
 * that occur once cannot make the common ones slow for long.
 */
final class BoundedCache<K, V> {
  private final int half;
  private final Function<K, V> function;
  private volatile Halves<K, V> halves = new Halves<>(new ConcurrentHashMap<>(), Map.of());

  private record Halves<K, V>(Map<K, V> newer, Map<K, V> older) {}

  BoundedCache(int size, Function<K, V> function) {
    this.half = size / 2;
    this.function = function;
  }

  V get(K key) {
    Halves<K, V> now = halves;
    V value = now.newer.get(key);
    if (value != null) {
      return value;
    }
    value = now.older.get(key);
    if (value == null) {
      value = function.apply(key);
    }
    if (now.newer.size() >= half) {
      now = turn();
    }
    now.newer.put(key, value);
    return value;
  }

  private synchronized Halves<K, V> turn() {
    if (halves.newer.size() >= half) {
      halves = new Halves<>(new ConcurrentHashMap<>(), halves.newer);
    }
    return halves;
  }

  /** {@return how many answers are remembered} */
  int size() {
    Halves<K, V> now = halves;
    return now.newer.size() + now.older.size();
  }
}
