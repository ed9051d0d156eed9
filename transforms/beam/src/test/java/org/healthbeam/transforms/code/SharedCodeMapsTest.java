package org.healthbeam.transforms.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.ConceptMap;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.Relationship;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedCodeMapsTest {
  private static final int LONG_ENOUGH = 60;

  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private static CodeMap map() throws InvalidMapException {
    return CodeMap.of(
        List.of(
            new ConceptMap(
                new MapId("urn:m", "1"),
                "f",
                List.of(
                    new ConceptMap.Group(
                        "urn:s",
                        "",
                        "urn:t",
                        "",
                        List.of(
                            new ConceptMap.Element(
                                ConceptMap.Source.code("a"),
                                false,
                                List.of(ConceptMap.Target.of("x", "", Relationship.EQUIVALENT)))),
                        null)))));
  }

  @Test
  void differentMapsAreLoadedAtTheSameTime() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    SharedCodeMaps.Loader meets =
        () -> {
          try {
            both.await(LONG_ENOUGH, TimeUnit.SECONDS);
          } catch (Exception e) {
            throw new IllegalStateException("the other one is not loaded meanwhile", e);
          }
          return map();
        };
    String content = UUID.randomUUID().toString();
    Future<CodeMap> one = threads.submit(() -> SharedCodeMaps.get(content + "1", meets));
    Future<CodeMap> other = threads.submit(() -> SharedCodeMaps.get(content + "2", meets));
    assertEquals(one.get().ids(), other.get().ids());
  }

  @Test
  void theSameMapsAreLoadedOnceWhoeverAsksMeanwhile() throws Exception {
    AtomicInteger loads = new AtomicInteger();
    CyclicBarrier all = new CyclicBarrier(4);
    String content = UUID.randomUUID().toString();
    List<Callable<CodeMap>> asks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      asks.add(
          () -> {
            all.await(LONG_ENOUGH, TimeUnit.SECONDS);
            return SharedCodeMaps.get(
                content,
                () -> {
                  loads.incrementAndGet();
                  return map();
                });
          });
    }
    List<Future<CodeMap>> answers = threads.invokeAll(asks);
    for (Future<CodeMap> answer : answers) {
      assertSame(answers.get(0).get(), answer.get());
    }
    assertEquals(1, loads.get());
  }

  @Test
  void whatCouldNotBeLoadedIsLoadedByTheNextWhoAsks() throws Exception {
    String content = UUID.randomUUID().toString();
    assertThrows(
        IOException.class,
        () ->
            SharedCodeMaps.get(
                content,
                () -> {
                  throw new IOException("not there yet");
                }));
    CodeMap loaded = SharedCodeMaps.get(content, SharedCodeMapsTest::map);
    assertSame(
        loaded,
        SharedCodeMaps.get(
            content,
            () -> {
              throw new IOException("is there already");
            }));
  }
}
