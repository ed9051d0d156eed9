package org.healthbeam.core.code;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which of the maps that are there are asked: all of them, or those that somebody named.
 *
 * @param chosen the maps
 * @param kind who chose them
 */
record MapChoice(Set<MapId> chosen, Kind kind) {
  enum Kind {
    /** Nobody: all of them. */
    ALL,
    /** Somebody named them. */
    NAMED,
    /** Nobody yet: maps are only checked, and may be there in several versions. */
    LATER
  }

  private static final int SHOWN = 5;

  /**
   * Chooses maps.
   *
   * @param names {@code url} or {@code url|version}; none: all maps
   * @throws InvalidMapException if one is not there, or a url without version stands for several
   */
  static MapChoice of(List<String> names, Set<MapId> maps) throws InvalidMapException {
    if (names.isEmpty()) {
      return new MapChoice(maps, Kind.ALL);
    }
    Set<MapId> chosen = new LinkedHashSet<>();
    for (String name : names) {
      List<MapId> found = matching(name, maps);
      if (found.isEmpty()) {
        List<MapId> sameUrl = matching(MapId.parse(name).url(), maps);
        throw new InvalidMapException(
            "There is no map " + name + "; there is " + list(sameUrl.isEmpty() ? maps : sameUrl));
      }
      if (found.size() > 1) {
        throw new InvalidMapException(
            "The map " + name + " is there in several versions; name one of " + list(found));
      }
      chosen.add(found.get(0));
    }
    return new MapChoice(chosen, Kind.NAMED);
  }

  /** Leaves the choice to whoever uses the maps. */
  static MapChoice later(Set<MapId> maps) {
    return new MapChoice(maps, Kind.LATER);
  }

  static List<MapId> matching(String canonical, Collection<MapId> maps) {
    MapId wanted = MapId.parse(canonical);
    return maps.stream()
        .filter(id -> id.url().equals(wanted.url()))
        .filter(id -> wanted.version().isEmpty() || id.version().equals(wanted.version()))
        .toList();
  }

  /** {@return those of several versions that somebody named; all of them if none was} */
  List<MapId> preferred(List<MapId> several) {
    List<MapId> preferred =
        kind == Kind.NAMED ? several.stream().filter(chosen::contains).toList() : List.of();
    return preferred.isEmpty() ? several : preferred;
  }

  /**
   * Refuses several versions of a map that are asked at once without having been named.
   *
   * @param asked the maps that are asked by themselves, each with the file where it was read
   */
  void refuseSeveralVersions(Map<MapId, String> asked) throws InvalidMapException {
    Map<String, MapId> byUrl = new HashMap<>();
    for (MapId id : kind == Kind.ALL ? asked.keySet() : Set.<MapId>of()) {
      MapId other = byUrl.putIfAbsent(id.url(), id);
      if (other != null && goesByFile(id, asked) && goesByFile(other, asked)) {
        throw new InvalidMapException(
            asked.get(id),
            "",
            "is the map "
                + id
                + ", and "
                + asked.get(other)
                + " is "
                + other
                + ": both go by their file's name, since they state no URL. If they are versions of"
                + " one map, say which is to be used; if not, give them URLs (map_url in a table)"
                + " or other names");
      }
      if (other != null) {
        throw new InvalidMapException(
            asked.get(id),
            "",
            "has a map that is there in several versions: say which maps are to be used, with one"
                + " of "
                + list(matching(id.url(), asked.keySet())));
      }
    }
  }

  private static boolean goesByFile(MapId id, Map<MapId, String> files) {
    return MapId.ofFile(files.get(id), id.version()).equals(id);
  }

  private static String list(Collection<MapId> maps) {
    String some =
        maps.stream().map(MapId::toString).sorted().limit(SHOWN).collect(Collectors.joining(", "));
    return maps.size() > SHOWN ? some + " and others" : some;
  }
}
