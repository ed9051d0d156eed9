package org.healthbeam.core.code;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.Nullable;

/** Resolves {@code other-map} between maps, once, when they are joined. */
final class OtherMaps {
  private record Node(MapId map, String system) {
    @Override
    public String toString() {
      return map.toString();
    }
  }

  /** How many maps may ask one another in turn; those that are meant well are two or three. */
  private static final int MAX_CHAIN = 100;

  private final Map<MapId, CompiledMaps.Content> maps;
  private final Map<MapId, Map<String, CompiledSection>> sections;
  private final MapChoice choice;
  private final Map<String, MapId> resolved = new HashMap<>();
  private final Set<Node> asked = new HashSet<>();
  private final Set<MapId> reached = new LinkedHashSet<>();

  private OtherMaps(
      Map<MapId, CompiledMaps.Content> maps,
      Map<MapId, Map<String, CompiledSection>> sections,
      MapChoice choice) {
    this.maps = maps;
    this.sections = sections;
    this.choice = choice;
  }

  /** Follows the chains that begin at the maps that are chosen. */
  static OtherMaps resolve(
      Map<MapId, CompiledMaps.Content> maps,
      Map<MapId, Map<String, CompiledSection>> sections,
      MapChoice choice)
      throws InvalidMapException {
    OtherMaps result = new OtherMaps(maps, sections, choice);
    Set<Node> starts = new LinkedHashSet<>();
    for (MapId id : choice.chosen()) {
      sections.get(id).keySet().forEach(system -> starts.add(new Node(id, system)));
    }
    result.reached.addAll(choice.chosen());
    result.follow(starts);
    Map<Node, Integer> done = new HashMap<>();
    for (Node start : starts) {
      result.refuseCycle(start, new ArrayDeque<>(), done);
    }
    return result;
  }

  private void follow(Set<Node> starts) throws InvalidMapException {
    Deque<Node> open = new ArrayDeque<>(starts);
    Set<Node> seen = new HashSet<>(starts);
    while (!open.isEmpty()) {
      Node node = open.removeFirst();
      for (String canonical : others(node)) {
        MapId other = find(maps.get(node.map()), canonical);
        if (other == null) {
          continue;
        }
        resolved.put(canonical, other);
        reached.add(other);
        Node next = new Node(other, node.system());
        asked.add(next);
        if (seen.add(next)) {
          open.addLast(next);
        }
      }
    }
  }

  private List<String> others(Node node) {
    CompiledSection section = sections.get(node.map()).get(node.system());
    return section == null
        ? List.of()
        : section.defaults().stream()
            .map(MapCompiler.Default::unmapped)
            .filter(rule -> rule.mode() == ConceptMap.Mode.OTHER_MAP)
            .map(ConceptMap.Unmapped::otherMap)
            .toList();
  }

  /** {@return the map of this name; null if it is one of several, of which one is chosen later} */
  @Nullable
  private MapId find(CompiledMaps.Content from, String canonical) throws InvalidMapException {
    List<MapId> found = MapChoice.matching(canonical, maps.keySet());
    if (found.size() > 1) {
      found = choice.preferred(found);
    }
    if (found.size() == 1) {
      return found.get(0);
    }
    if (found.size() > 1 && choice.kind() == MapChoice.Kind.LATER) {
      return null;
    }
    throw new InvalidMapException(
        from.file(),
        "group.unmapped",
        found.isEmpty()
            ? "the other map " + canonical + " is not among the maps given"
            : "the other map "
                + canonical
                + " is there in several versions; name one as url|version");
  }

  /**
   * Walks the chain depth first, and returns how many maps it has; a map twice on one path is a
   * cycle, on two paths a diamond.
   */
  private int refuseCycle(Node node, Deque<Node> path, Map<Node, Integer> done)
      throws InvalidMapException {
    if (path.contains(node)) {
      throw refuse(node, "other-map leads back to the map it started from: " + chain(path, node));
    }
    if (!sections.get(node.map()).containsKey(node.system())) {
      return 0;
    }
    Integer known = done.get(node);
    if (known != null) {
      return known;
    }
    path.addLast(node);
    refuseLength(path.size(), node);
    int length = 1;
    for (String canonical : others(node)) {
      MapId other = resolved.get(canonical);
      if (other != null) {
        Node next = new Node(other, node.system());
        length = Math.max(length, 1 + refuseCycle(next, path, done));
      }
    }
    refuseLength(length, node);
    path.removeLast();
    done.put(node, length);
    return length;
  }

  private void refuseLength(int length, Node node) throws InvalidMapException {
    if (length > MAX_CHAIN) {
      throw refuse(node, "other-map is in a chain of more than " + MAX_CHAIN + " maps");
    }
  }

  private InvalidMapException refuse(Node node, String what) {
    return new InvalidMapException(maps.get(node.map()).file(), "group.unmapped", what);
  }

  private static String chain(Collection<Node> path, Node end) {
    StringBuilder text = new StringBuilder();
    boolean inCycle = false;
    for (Node node : path) {
      inCycle |= node.equals(end);
      if (inCycle) {
        text.append(node).append(" -> ");
      }
    }
    return text.append(end).toString();
  }

  Map<String, MapId> resolved() {
    return Map.copyOf(resolved);
  }

  /** {@return the maps that are chosen, and those that they lead to} */
  Set<MapId> reached() {
    return reached;
  }

  boolean isOnlyAskedThroughAnother(MapId map, String system) {
    return asked.contains(new Node(map, system));
  }
}
