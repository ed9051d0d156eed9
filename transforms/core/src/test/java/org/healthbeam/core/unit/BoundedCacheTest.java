package org.healthbeam.core.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BoundedCacheTest {

  @Test
  void answersOnceForWhatIsInUseAndForgetsWhatIsNot() {
    AtomicInteger calls = new AtomicInteger();
    BoundedCache<Integer, String> cache =
        new BoundedCache<>(
            100,
            key -> {
              if (key == -1) {
                calls.incrementAndGet();
              }
              return "v" + key;
            });
    for (int i = 0; i < 10_000; i++) {
      assertEquals("v" + i, cache.get(i));
      assertEquals("v-1", cache.get(-1));
      assertTrue(cache.size() <= 102);
    }
    assertEquals(1, calls.get());
  }

  @Test
  void isRightForManyThreads() throws InterruptedException, ExecutionException {
    BoundedCache<Integer, Integer> cache = new BoundedCache<>(64, key -> key * 3);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> wrong = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        int seed = t;
        wrong.add(
            threads.submit(
                () -> {
                  int bad = 0;
                  for (int i = 0; i < 50_000; i++) {
                    int key = (i * 31 + seed) % 500;
                    if (cache.get(key) != key * 3) {
                      bad++;
                    }
                  }
                  return bad;
                }));
      }
      for (Future<Integer> bad : wrong) {
        assertEquals(0, bad.get());
      }
      assertTrue(cache.size() <= 64 + 8);
    } finally {
      threads.shutdownNow();
    }
  }
}
