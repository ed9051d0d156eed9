package org.healthbeam.core.code.read;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which values stand beside which target, and when: a {@code Maps to value} belongs to the {@code
 * Maps to} that holds at the same time. Beside several it is not said to which it belongs.
 *
 * <p>The days are gone through once, from one beginning or end to the next; what that takes grows
 * with what comes out.
 *
 * @param maps the targets
 * @param values the values
 */
record OmopTimeline(List<Link> maps, List<Link> values) {

  /**
   * One relationship of a source.
   *
   * @param target slot of the concept
   * @param id its number
   * @param from first day
   * @param to last day
   * @param current whether it holds where no day is known
   */
  record Link(int target, int id, int from, int to, boolean current) {}

  /**
   * A target with its values for a time.
   *
   * @param map the target
   * @param values numbers of concepts
   * @param unassigned whether there are values of which it is not known whether they belong here
   */
  record Piece(
      Link map, List<Integer> values, boolean unassigned, int from, int to, boolean current) {

    boolean isSameAs(Piece other) {
      return map.equals(other.map) && values.equals(other.values) && unassigned == other.unassigned;
    }

    Piece alsoNow() {
      return new Piece(map, values, unassigned, from, to, true);
    }
  }

  /** What stands beside every target that holds at a time. */
  private record Beside(List<Integer> values, boolean unassigned) {
    /**
     * @param targets how many different concepts are targets then
     * @param values what holds then, in order
     */
    static Beside of(int targets, Collection<Integer> values) {
      return targets == 1
          ? new Beside(values.stream().distinct().toList(), false)
          : new Beside(List.of(), !values.isEmpty());
    }

    Piece of(Link map, long from, long to, boolean current) {
      return new Piece(map, values, unassigned, (int) from, (int) to, current);
    }
  }

  List<Piece> pieces() {
    NavigableMap<Long, Beside> changes = changes();
    Beside now =
        Beside.of(
            (int) maps.stream().filter(Link::current).map(Link::id).distinct().count(),
            values.stream().filter(Link::current).map(Link::id).toList());
    List<Piece> result = new ArrayList<>();
    for (Link map : maps) {
      List<Piece> mine = over(map, changes);
      if (map.current()) {
        // On no day, unless it is found among those that hold on some.
        addCurrent(now.of(map, TabbedRows.NEVER_AFTER, TabbedRows.ALWAYS_BEFORE, true), mine);
      }
      result.addAll(mine);
    }
    return result;
  }

  private record Change(int value, Link link, boolean begins) {}

  /** {@return what stands beside targets from a day on; the last is after all of them} */
  private NavigableMap<Long, Beside> changes() {
    TreeMap<Long, List<Change>> days = new TreeMap<>();
    maps.forEach(map -> collect(new Change(-1, map, true), days));
    int n = 0;
    for (Link value : values) {
      collect(new Change(n++, value, true), days);
    }
    Map<Integer, Integer> targets = new HashMap<>();
    TreeMap<Integer, Integer> holding = new TreeMap<>();
    TreeMap<Long, Beside> result = new TreeMap<>();
    days.forEach(
        (day, changes) -> {
          for (Change each : changes) {
            if (each.value() < 0) {
              targets.merge(
                  each.link().id(),
                  each.begins() ? 1 : -1,
                  (a, b) -> a + b == 0 ? null : Integer.valueOf(a + b));
            } else if (each.begins()) {
              holding.put(each.value(), each.link().id());
            } else {
              holding.remove(each.value());
            }
          }
          Beside beside = Beside.of(targets.size(), holding.values());
          if (result.isEmpty() || !result.lastEntry().getValue().equals(beside)) {
            result.put(day, beside);
          }
        });
    return result;
  }

  private static void collect(Change begin, Map<Long, List<Change>> days) {
    Link link = begin.link();
    if (link.from() <= link.to()) {
      days.computeIfAbsent((long) link.from(), day -> new ArrayList<>()).add(begin);
      days.computeIfAbsent(link.to() + 1L, day -> new ArrayList<>())
          .add(new Change(begin.value(), link, false));
    }
  }

  /** {@return the pieces of one target, one after another} */
  private static List<Piece> over(Link map, NavigableMap<Long, Beside> changes) {
    List<Piece> result = new ArrayList<>();
    long from = map.from();
    while (from <= map.to()) {
      Long next = changes.higherKey(from);
      long to = next == null ? map.to() : Math.min(map.to(), next - 1);
      result.add(changes.floorEntry(from).getValue().of(map, from, to, false));
      from = to + 1;
    }
    return result;
  }

  private static void addCurrent(Piece now, List<Piece> mine) {
    for (int i = mine.size() - 1; i >= 0; i--) {
      if (mine.get(i).isSameAs(now)) {
        mine.set(i, mine.get(i).alsoNow());
        return;
      }
    }
    mine.add(now);
  }
}
