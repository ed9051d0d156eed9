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
    Set<Node> done = new HashSet<>();
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

  /** Walks the chain depth first; a map twice on one path is a cycle, on two paths a diamond. */
  private void refuseCycle(
      Node node,
      Deque<Node> path,
      Set<Node> done,
      Map<MapId, CompiledMaps.Info> maps,
      Map<MapId, Map<String, CompiledSection>> sections)
      throws InvalidMapException {
    if (path.contains(node)) {
      throw new InvalidMapException(
          maps.get(node.map()).file(),
          "group.unmapped",
          "other-map leads back to the map it started from: " + chain(path, node));
    }
    CompiledSection section = sections.get(node.map()).get(node.system());
    if (section == null || done.contains(node)) {
      return;
    }
    path.addLast(node);
    for (MapCompiler.Default rule : section.defaults()) {
      if (rule.unmapped().mode() == ConceptMap.Mode.OTHER_MAP) {
        MapId other = resolved.get(rule.unmapped().otherMap());
        refuseCycle(new Node(other, node.system()), path, done, maps, sections);
      }
    }
    path.removeLast();
    done.add(node);
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
