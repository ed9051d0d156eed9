package org.healthbeam.core.code.read;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which values stand beside which target, and when: a {@code Maps to value} belongs to the {@code
 * Maps to} that holds at the same time. Beside several it is not said to which it belongs.
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
  record Link(int target, int id, int from, int to, boolean current) {
    boolean holds(long day) {
      return from <= day && day <= to;
    }
  }

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

    Piece upTo(int last) {
      return new Piece(map, values, unassigned, from, last, current);
    }

    Piece alsoNow() {
      return new Piece(map, values, unassigned, from, to, true);
    }
  }

  List<Piece> pieces() {
    List<Piece> now = new ArrayList<>();
    add(maps.stream().filter(Link::current).toList(), values.stream().filter(Link::current), now);
    List<Piece> result = new ArrayList<>();
    for (Link map : maps) {
      List<Piece> mine = over(map);
      for (Piece each : now) {
        if (each.map().equals(map)) {
          addCurrent(each, mine);
        }
      }
      result.addAll(mine);
    }
    return result;
  }

  /** Returns the pieces of one target, one after another. */
  private List<Piece> over(Link map) {
    List<Piece> result = new ArrayList<>();
    if (map.from() > map.to()) {
      return result;
    }
    TreeSet<Long> cuts = new TreeSet<>();
    List<Link> all = new ArrayList<>(maps);
    all.addAll(values);
    for (Link each : all) {
      cuts.add((long) each.from());
      cuts.add(each.to() + 1L);
    }
    for (long start : cuts.subSet((long) map.from(), map.to() + 1L)) {
      Long next = cuts.higher(start);
      int end = (int) ((next == null ? map.to() + 1L : Math.min(next, map.to() + 1L)) - 1);
      List<Piece> here = new ArrayList<>();
      add(
          maps.stream().filter(each -> each.holds(start)).toList(),
          values.stream().filter(each -> each.holds(start)),
          here);
      for (Piece piece : here) {
        if (piece.map().equals(map)) {
          join(new Piece(map, piece.values(), piece.unassigned(), (int) start, end, false), result);
        }
      }
    }
    return result;
  }

  private static void join(Piece piece, List<Piece> result) {
    Piece last = result.isEmpty() ? null : result.get(result.size() - 1);
    if (last != null && last.isSameAs(piece)) {
      result.set(result.size() - 1, last.upTo(piece.to()));
    } else {
      result.add(piece);
    }
  }

  private static void add(List<Link> maps, Stream<Link> values, List<Piece> result) {
    List<Integer> ids = values.map(Link::id).distinct().toList();
    boolean single = maps.stream().map(Link::id).distinct().count() == 1;
    for (Link map : maps) {
      result.add(
          new Piece(
              map,
              single ? ids : List.of(),
              !single && !ids.isEmpty(),
              map.from(),
              map.to(),
              false));
    }
  }

  private static void addCurrent(Piece now, List<Piece> mine) {
    for (int i = mine.size() - 1; i >= 0; i--) {
      if (mine.get(i).isSameAs(now)) {
        mine.set(i, mine.get(i).alsoNow());
        return;
      }
    }
    // Holds on no day, only where none is known.
    mine.add(
        new Piece(
            now.map(),
            now.values(),
            now.unassigned(),
            TabbedRows.NEVER_AFTER,
            TabbedRows.ALWAYS_BEFORE,
            true));
  }
}
