package org.healthbeam.it.probe;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What the steps of a probe have seen, in the order in which they saw it. Every runner is embedded
 * in this JVM, so what a step marks is seen by the source and by the one who asks.
 */
final class Marks {
  private static final Map<String, List<String>> SEEN = new ConcurrentHashMap<>();

  private Marks() {}

  static void add(String run, String mark) {
    of(run).add(mark);
  }

  static boolean has(String run, String mark) {
    return of(run).contains(mark);
  }

  static List<String> of(String run) {
    return SEEN.computeIfAbsent(run, r -> new CopyOnWriteArrayList<>());
  }

  /** Returns what was marked with this start, without it. */
  static List<String> of(String run, String start) {
    return of(run).stream()
        .filter(m -> m.startsWith(start))
        .map(m -> m.substring(start.length()))
        .toList();
  }
}
