package org.healthbeam.pipelines.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class TopCountsTest {

  @Property
  void exactWhileThereAreNoMoreKeysThanTheCapacity(
      @ForAll @Size(max = 200) List<@IntRange(max = 20) Integer> keys) {
    TopCounts<Integer> counts = new TopCounts<>(21);
    Map<Integer, Long> expected = new HashMap<>();
    for (int key : keys) {
      counts.add(key, 1);
      expected.merge(key, 1L, Long::sum);
    }
    Map<Integer, Long> actual = new HashMap<>();
    counts.top(100).forEach(e -> actual.put(e.getKey(), e.getValue()));
    assertEquals(expected, actual);
    assertEquals(0, counts.error());
    assertEquals(keys.size(), counts.total());
  }

  @Property
  void beyondItNoCountIsTooHighOrTooLowByMoreThanTheError(
      @ForAll @Size(max = 500) List<@IntRange(max = 60) Integer> keys) {
    TopCounts<Integer> counts = new TopCounts<>(10);
    Map<Integer, Long> expected = new HashMap<>();
    for (int key : keys) {
      counts.add(key, 1);
      expected.merge(key, 1L, Long::sum);
    }
    Map<Integer, Long> actual = new HashMap<>();
    counts.top(100).forEach(e -> actual.put(e.getKey(), e.getValue()));
    assertTrue(actual.size() <= 10);
    expected.forEach(
        (key, n) -> {
          long counted = actual.getOrDefault(key, 0L);
          assertTrue(counted <= n && counted >= n - counts.error());
        });
  }
}
