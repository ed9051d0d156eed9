package org.healthbeam.core.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.healthbeam.core.code.ValueSet.Part;

/**
 * The value sets that were given, and their codes, as far as these can be told without a server.
 */
final class KnownValueSets {

  /**
   * What a value set comes to.
   *
   * @param codes its codes, each with its system; empty if they cannot be told
   * @param unknown why they cannot be told, as the end of a sentence; empty if they can
   */
  record Codes(List<Coding> codes, String unknown) {
    boolean areKnown() {
      return unknown.isEmpty();
    }

    private static Codes notTold(String why) {
      return new Codes(List.of(), why);
    }

    /** {@return those of one system; all of them if none is named} */
    List<Coding> of(String system) {
      return system.isEmpty()
          ? codes
          : codes.stream().filter(each -> each.system().equals(system)).toList();
    }
  }

  private static final int SHOWN = 5;

  private record Key(String system, String code) {
    static Key of(Coding coding) {
      return new Key(coding.system(), coding.code());
    }
  }

  private final Map<MapId, ValueSet> byId = new LinkedHashMap<>();
  private final Map<MapId, ValueSet> differing = new HashMap<>();
  private final Map<MapId, Codes> told = new HashMap<>();

  /** A contained value set, {@code #id}, is known only in the resource around it. */
  private static MapId known(MapId id, String file) {
    return id.url().startsWith("#") ? new MapId(file + id.url(), id.version()) : id;
  }

  /** Adds one; the same twice is one. Two that differ are refused where a map names them. */
  void add(ValueSet valueSet) {
    MapId id = known(valueSet.id(), valueSet.file());
    ValueSet same = byId.putIfAbsent(id, valueSet);
    if (same != null && !isEqual(same, valueSet)) {
      differing.putIfAbsent(id, valueSet);
    }
  }

  private void refuseDiffering(MapId id) throws InvalidMapException {
    ValueSet other = differing.get(id);
    if (other != null) {
      throw new InvalidMapException(
          other.file(),
          "",
          "is the value set "
              + other.id()
              + ", and so is "
              + byId.get(id).file()
              + ", but they differ");
    }
  }

  private static boolean isEqual(ValueSet a, ValueSet b) {
    return java.util.Objects.equals(a.expansion(), b.expansion())
        && a.include().equals(b.include())
        && a.exclude().equals(b.exclude());
  }

  /**
   * {@return the codes of a value set}
   *
   * @param canonical {@code url}, {@code url|version}, or {@code #id} of a contained one
   * @param from the file that names it
   * @throws InvalidMapException if it is there, but not in this version, in several versions, or
   *     twice and differs
   */
  Codes codes(String canonical, String from) throws InvalidMapException {
    return codes(canonical, from, new LinkedHashSet<>());
  }

  private Codes codes(String canonical, String from, Set<MapId> path) throws InvalidMapException {
    MapId wanted = known(MapId.parse(canonical), from);
    List<ValueSet> sameUrl =
        byId.entrySet().stream()
            .filter(each -> each.getKey().url().equals(wanted.url()))
            .map(Map.Entry::getValue)
            .toList();
    if (sameUrl.isEmpty()) {
      return Codes.notTold("is not among the files given");
    }
    List<ValueSet> found =
        sameUrl.stream()
            .filter(
                each -> wanted.version().isEmpty() || each.id().version().equals(wanted.version()))
            .toList();
    if (found.size() != 1) {
      String there =
          sameUrl.stream()
              .limit(SHOWN)
              .map(each -> each.id().toString())
              .collect(Collectors.joining(", "));
      throw new InvalidMapException(
          from,
          "",
          "names the value set "
              + canonical
              + (found.isEmpty() ? ", which is not there; there is " : ", of which there are ")
              + there);
    }
    ValueSet valueSet = found.get(0);
    MapId id = known(valueSet.id(), valueSet.file());
    refuseDiffering(id);
    Codes before = told.get(id);
    if (before != null) {
      return before;
    }
    if (!path.add(id)) {
      throw new InvalidMapException(
          valueSet.file(), "compose", "includes itself: the value set " + valueSet.id());
    }
    Codes codes = tell(valueSet, path);
    path.remove(id);
    told.put(id, codes);
    return codes;
  }

  private Codes tell(ValueSet valueSet, Set<MapId> path) throws InvalidMapException {
    if (valueSet.expansion() != null) {
      return new Codes(valueSet.expansion(), "");
    }
    if (valueSet.include().isEmpty()) {
      return Codes.notTold("has neither a whole expansion nor an include");
    }
    Map<Key, Coding> codes = new LinkedHashMap<>();
    for (Part part : valueSet.include()) {
      Codes included = include(part, valueSet.file(), path);
      if (!included.areKnown()) {
        return included;
      }
      included.codes().forEach(each -> codes.putIfAbsent(Key.of(each), each));
    }
    for (Part part : valueSet.exclude()) {
      if (part.filtered()) {
        return Codes.notTold("excludes codes by a filter");
      }
      List<Set<Key>> all = new ArrayList<>();
      String unknown = keysOf(part, valueSet.file(), path, all);
      if (!unknown.isEmpty()) {
        return Codes.notTold(unknown);
      }
      codes.keySet().removeIf(key -> isIn(part, key, all));
    }
    return new Codes(List.copyOf(codes.values()), "");
  }

  private Codes include(Part part, String file, Set<MapId> path) throws InvalidMapException {
    if (part.filtered()) {
      return Codes.notTold("includes codes by a filter");
    }
    if (part.codes().isEmpty() && part.valueSets().isEmpty()) {
      return Codes.notTold("includes a whole code system");
    }
    List<Set<Key>> all = new ArrayList<>();
    String unknown = keysOf(part, file, path, all);
    if (!unknown.isEmpty()) {
      return Codes.notTold(unknown);
    }
    List<Coding> candidates =
        part.codes().isEmpty() ? codes(part.valueSets().get(0), file, path).codes() : part.codes();
    return new Codes(
        candidates.stream().filter(each -> isIn(part, Key.of(each), all)).toList(), "");
  }

  /** Collects the codes that a part lists, and those of its value sets; returns why it cannot. */
  private String keysOf(Part part, String file, Set<MapId> path, List<Set<Key>> all)
      throws InvalidMapException {
    if (!part.codes().isEmpty()) {
      all.add(keys(part.codes()));
    }
    for (String canonical : part.valueSets()) {
      Codes codes = codes(canonical, file, path);
      if (!codes.areKnown()) {
        return "takes in " + canonical + ", which " + codes.unknown();
      }
      all.add(keys(codes.codes()));
    }
    return "";
  }

  private static Set<Key> keys(List<Coding> codes) {
    return codes.stream().map(Key::of).collect(Collectors.toCollection(HashSet::new));
  }

  private static boolean isIn(Part part, Key key, List<Set<Key>> all) {
    return (part.system().isEmpty() || part.system().equals(key.system()))
        && all.stream().allMatch(set -> set.contains(key));
  }
}
