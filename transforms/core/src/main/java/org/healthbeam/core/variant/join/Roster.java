package org.healthbeam.core.variant.join;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The samples of a cohort, each once, in the order of their names. */
public final class Roster {
  private final List<String> names;
  private final Map<String, Integer> places = new HashMap<>();

  /**
   * Sorts the names; one that comes twice is one sample.
   *
   * @param samples the names, in any order
   */
  public Roster(Collection<String> samples) {
    names = List.copyOf(new TreeSet<>(samples));
    for (int i = 0; i < names.size(); i++) {
      places.put(names.get(i), i);
    }
  }

  /** {@return the names, each once, in their natural order} */
  public List<String> names() {
    return names;
  }

  /** {@return the sample's place, or -1 if it is not in the cohort} */
  int place(String sample) {
    return places.getOrDefault(sample, -1);
  }
}
