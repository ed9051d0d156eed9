package org.healthbeam.core.code.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.healthbeam.core.code.read.OmopTimeline.Link;
import org.healthbeam.core.code.read.OmopTimeline.Piece;
import org.junit.jupiter.api.Test;

class OmopTimelineTest {

  /** Counts how often its elements are taken. */
  private static final class Counted extends AbstractList<Link> {
    private final List<Link> links;
    long taken;

    Counted(List<Link> links) {
      this.links = links;
    }

    @Override
    public Link get(int index) {
      taken++;
      return links.get(index);
    }

    @Override
    public int size() {
      return links.size();
    }
  }

  @Test
  void manyTargetsAndValuesOneAfterAnotherAreGoneThroughAFewTimes() {
    int n = 20_000;
    Counted maps =
        new Counted(
            IntStream.range(0, n)
                .mapToObj(i -> new Link(i, i, 10 * i, 10 * i + 9, false))
                .toList());
    Counted values =
        new Counted(
            IntStream.range(0, n)
                .mapToObj(i -> new Link(i, n + i, 10 * i + 3, 10 * i + 5, i == 7))
                .toList());
    List<Piece> pieces = new OmopTimeline(maps, values).pieces();
    assertEquals(3 * n, pieces.size());
    assertEquals(
        new Piece(maps.get(5), List.of(n + 5), false, 53, 55, false), pieces.get(3 * 5 + 1));
    assertTrue(maps.taken < 10L * n, () -> maps.taken + " for " + n);
    assertTrue(values.taken < 10L * n, () -> values.taken + " for " + n);
  }

  @Test
  void everyDayIsToldAsItIsOnThatDay() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<Link> maps = links(random);
      List<Link> values = links(random);
      List<Piece> pieces = new OmopTimeline(maps, values).pieces();
      for (int day = -1; day < 14; day++) {
        int on = day;
        assertEquals(
            beside(
                maps.stream().filter(each -> holds(each, on)).toList(),
                values.stream().filter(each -> holds(each, on)).toList()),
            told(pieces.stream().filter(each -> each.from() <= on && on <= each.to()).toList()),
            "day " + day + " of " + maps + " " + values);
      }
      assertEquals(
          beside(
              maps.stream().filter(Link::current).toList(),
              values.stream().filter(Link::current).toList()),
          told(pieces.stream().filter(Piece::current).toList()),
          "now of " + maps + " " + values);
    }
  }

  private static boolean holds(Link link, int day) {
    return link.from() <= day && day <= link.to();
  }

  /** Links with different slots; some have the same number, and some hold on no day. */
  private static List<Link> links(Random random) {
    List<Link> result = new ArrayList<>();
    int n = random.nextInt(5);
    for (int i = 0; i < n; i++) {
      int from = random.nextInt(12);
      result.add(
          new Link(i, random.nextInt(3), from, from + random.nextInt(8) - 1, random.nextBoolean()));
    }
    return result;
  }

  private static List<String> beside(List<Link> maps, List<Link> values) {
    boolean one = maps.stream().map(Link::id).distinct().count() == 1;
    List<Integer> ids = values.stream().map(Link::id).distinct().toList();
    return maps.stream()
        .map(map -> map.target() + " " + (one ? ids : List.of()) + (!one && !ids.isEmpty()))
        .toList();
  }

  private static List<String> told(List<Piece> pieces) {
    return pieces.stream()
        .map(each -> each.map().target() + " " + each.values() + each.unassigned())
        .toList();
  }
}
