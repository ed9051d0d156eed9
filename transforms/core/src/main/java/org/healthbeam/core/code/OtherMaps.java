package org.healthbeam.core.code;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Resolves {@code other-map} between maps, once, when they are compiled. */
final class OtherMaps {
  private record Node(MapId map, String system) {
    @Override
    public String toString() {
      return map.toString();
    }
  }

  /** How many maps may ask one another in turn; those that are meant well are two or three. */
  private static final int MAX_CHAIN = 100;

  private final Map<String, MapId> resolved = new HashMap<>();
  private final Set<Node> asked = new HashSet<>();

  private OtherMaps() {}

  static OtherMaps resolve(
      Map<MapId, CompiledMaps.Info> maps, Map<MapId, Map<String, CompiledSection>> sections)
      throws InvalidMapException {
    OtherMaps result = new OtherMaps();
    for (CompiledMaps.Info map : maps.values()) {
      for (CompiledSection section : sections.get(map.id()).values()) {
        for (MapCompiler.Default rule : section.defaults()) {
          if (rule.unmapped().mode() == ConceptMap.Mode.OTHER_MAP) {
            MapId other = find(map, rule.unmapped().otherMap(), maps.keySet());
            result.resolved.put(rule.unmapped().otherMap(), other);
            result.asked.add(new Node(other, section.source()));
          }
        }
      }
    }
    Map<Node, Integer> done = new HashMap<>();
    for (MapId id : maps.keySet()) {
      for (String system : sections.get(id).keySet()) {
        result.refuseCycle(new Node(id, system), new ArrayDeque<>(), done, maps, sections);
      }
    }
    return result;
  }

  private static MapId find(CompiledMaps.Info from, String canonical, Set<MapId> ids)
      throws InvalidMapException {
    MapId wanted = MapId.parse(canonical);
    List<MapId> found =
        ids.stream()
            .filter(id -> id.url().equals(wanted.url()))
            .filter(id -> wanted.version().isEmpty() || id.version().equals(wanted.version()))
            .toList();
    if (found.size() == 1) {
      return found.get(0);
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
  private int refuseCycle(
      Node node,
      Deque<Node> path,
      Map<Node, Integer> done,
      Map<MapId, CompiledMaps.Info> maps,
      Map<MapId, Map<String, CompiledSection>> sections)
      throws InvalidMapException {
    if (path.contains(node)) {
      throw refuse(
          maps.get(node.map()),
          "other-map leads back to the map it started from: " + chain(path, node));
    }
    CompiledSection section = sections.get(node.map()).get(node.system());
    if (section == null) {
      return 0;
    }
    Integer known = done.get(node);
    if (known != null) {
      return known;
    }
    path.addLast(node);
    refuseLength(path.size(), node, maps);
    int length = 1;
    for (MapCompiler.Default rule : section.defaults()) {
      if (rule.unmapped().mode() == ConceptMap.Mode.OTHER_MAP) {
        MapId other = resolved.get(rule.unmapped().otherMap());
        Node next = new Node(other, node.system());
        length = Math.max(length, 1 + refuseCycle(next, path, done, maps, sections));
      }
    }
    refuseLength(length, node, maps);
    path.removeLast();
    done.put(node, length);
    return length;
  }

  private static void refuseLength(int length, Node node, Map<MapId, CompiledMaps.Info> maps)
      throws InvalidMapException {
    if (length > MAX_CHAIN) {
      throw refuse(
          maps.get(node.map()), "other-map is in a chain of more than " + MAX_CHAIN + " maps");
    }
  }

  private static InvalidMapException refuse(CompiledMaps.Info map, String what) {
    return new InvalidMapException(map.file(), "group.unmapped", what);
  }

  private static String chain(Deque<Node> path, Node end) {
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

  boolean isOnlyAskedThroughAnother(MapId map, String system) {
    return asked.contains(new Node(map, system));
  }
}
