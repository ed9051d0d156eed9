package org.healthbeam.core.fhir;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The names of the properties of all objects that a pass is inside of, to find one that comes twice
 * in its object. Almost all objects have few, for which a walk is faster than a set.
 */
final class PropertyNames {
  private static final int FEW = 24;

  private String[] names = new String[32];
  private int[] begins = new int[16];
  private int size;
  private int depth;

  /** The names of objects that have many, by depth. */
  private Map<Integer, Set<String>> many = Map.of();

  /** Begins an object. */
  void begin() {
    if (++depth == begins.length) {
      begins = Arrays.copyOf(begins, depth * 2);
    }
    begins[depth] = size;
  }

  /** Ends the object that was begun last. */
  void end() {
    size = begins[depth];
    if (!many.isEmpty()) {
      many.remove(depth);
    }
    depth--;
  }

  /** Adds a name to the object that was begun last; returns whether it was not there. */
  boolean add(String name) {
    int begin = begins[depth];
    for (int i = begin; i < size; i++) {
      if (names[i].equals(name)) {
        return false;
      }
    }
    if (size - begin == FEW) {
      if (many.isEmpty()) {
        many = new HashMap<>();
      }
      return many.computeIfAbsent(depth, d -> new HashSet<>()).add(name);
    }
    if (size == names.length) {
      names = Arrays.copyOf(names, size * 2);
    }
    names[size++] = name;
    return true;
  }
}
