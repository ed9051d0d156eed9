package org.healthbeam.io.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.io.stream.FlinkWorkers;
import org.healthbeam.io.stream.RecordTimes;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Lines here are a time, a space and a word; lines without a time have none. */
@ExtendWith(TestPipelineExtension.class)
class ReplayTest {
  private static final Instant T = Instant.parse("2150-01-01T00:00:00Z");

  /** Reads the time at the beginning of a line. */
  static final class FirstWord implements RecordTimes {
    private static final long serialVersionUID = 1L;

    @Override
    public long earliestMillis(InputRecord record) {
      String text = record.text();
      return text.matches("[0-9]{4}-.*")
          ? Instant.parse(text.substring(0, text.indexOf(' '))).toEpochMilli()
          : UNKNOWN;
    }
  }

  @TempDir Path folder;
  private Path a;
  private Path b;

  private static String line(int second, String word) {
    return T.plusSeconds(second) + " " + word;
  }

  @BeforeEach
  void writeFiles() throws IOException {
    a =
        Files.write(
            folder.resolve("a.csv"),
            List.of("header", line(50, "a1"), line(10, "a2"), "broken", line(90, "a3")));
    b = Files.write(folder.resolve("b.csv"), List.of(line(20, "b1"), line(60, "b2")));
  }

  private ReplaySource source() {
    return ReplaySource.of(
        List.of(new ReplayedFile(b.toString(), false), new ReplayedFile(a.toString(), false)),
        new FirstWord());
  }

  private static Replay open(ReplaySource source, ReplayMark mark) {
    return new Replay(source, mark, 1, () -> 0, () -> false);
  }

  private static String word(Replay replay) {
    String text = replay.getCurrent().get(0).getValue().record().text();
    return text.substring(text.indexOf(' ') + 1);
  }

  private static List<String> rest(Replay replay, boolean any) throws IOException {
    List<String> words = new ArrayList<>();
    for (boolean more = any; more; more = replay.advance()) {
      words.add(word(replay));
    }
    return words;
  }

  private static List<String> all(ReplaySource source) throws IOException {
    try (Replay replay = open(source, null)) {
      return rest(replay, replay.start());
    }
  }

  @Test
  void recordsOfAllFilesComeByEventTimeAndThoseWithoutOneWithTheRecordBefore() throws Exception {
    assertEquals(List.of("header", "a2", "broken", "b1", "a1", "b2", "a3"), all(source()));
  }

  /** Sorted copies hold what patients' records say, and a worker may live for long. */
  @Test
  void sortedCopyIsRemovedWhenItWasReadToItsEnd() throws Exception {
    ReplaySource source = source();
    Replay half = open(source, null);
    assertTrue(half.start());
    ReplayMark mark = half.getCheckpointMark();
    half.close();
    assertTrue(SpoolShelf.ofThisJvm().holds(source), "it goes on from there");
    try (Replay replay = open(source, mark)) {
      rest(replay, replay.start());
    }
    assertFalse(SpoolShelf.ofThisJvm().holds(source));
  }

  @Test
  void itEndsWhenItIsAskedToThoughItsFilesDoNot() throws Exception {
    boolean[] asked = {false};
    try (Replay replay = new Replay(source(), null, 2, () -> 0, () -> asked[0])) {
      assertTrue(replay.start());
      asked[0] = true;
      assertEquals(T.plusSeconds(10).toEpochMilli(), replay.getWatermark().getMillis());
      assertFalse(replay.advance());
      assertEquals(BoundedWindow.TIMESTAMP_MAX_VALUE, replay.getWatermark());
      assertEquals(new ReplayMark(2, 7), replay.getCheckpointMark(), "it could go on from there");
      assertFalse(replay.advance());
    }
  }

  /** Parsers are not safe for threads: each one that is in use waits until two are. */
  private static final class OneThread implements RecordTimes {
    private static final long serialVersionUID = 1L;
    private static final CyclicBarrier BOTH = new CyclicBarrier(2);
    private final AtomicBoolean busy = new AtomicBoolean();
    private boolean first = true;

    @Override
    public long earliestMillis(InputRecord record) throws IOException {
      if (!busy.compareAndSet(false, true)) {
        throw new IOException("two threads are at it");
      }
      try {
        if (first) {
          first = false;
          BOTH.await(60, TimeUnit.SECONDS);
        }
      } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
        throw new IOException(e);
      } finally {
        busy.set(false);
      }
      return UNKNOWN;
    }
  }

  @Test
  void partsThatAreSortedAtTheSameTimeShareNoParser() throws Exception {
    ReplaySource whole =
        ReplaySource.of(
            List.of(new ReplayedFile(b.toString(), false), new ReplayedFile(a.toString(), false)),
            new OneThread());
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<SortedSpool>> spools = new ArrayList<>();
      for (ReplaySource part : whole.split(2, PipelineOptionsFactory.create())) {
        spools.add(threads.submit(() -> SortedSpool.build(part, SortedSpool.MEMORY)));
      }
      long size = 0;
      for (Future<SortedSpool> spool : spools) {
        size += spool.get().size();
        spool.get().delete();
      }
      assertEquals(7, size);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void recordsCanComeAsTheyStandInTheirFiles() throws Exception {
    List<String> lines = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      lines.add(line(10 * i - (i % 4 == 0 ? 35 : 0), "w" + i));
      words.add("w" + i);
    }
    lines.set(20, line(400_000_000, "w20"));
    Path file = Files.write(folder.resolve("c.csv"), lines);
    ReplaySource source =
        ReplaySource.of(List.of(new ReplayedFile(file.toString(), false)), new FirstWord())
            .inOrder(ReplayOrder.asInFiles(Duration.ofSeconds(60)));
    assertEquals(words, all(source));
    try (Replay replay = open(source, null)) {
      int i = 0;
      for (boolean more = replay.start(); more; more = replay.advance(), i++) {
        assertFalse(
            replay.getCurrentTimestamp().isBefore(replay.getWatermark()), "late: " + word(replay));
        assertTrue(
            replay.getWatermark().getMillis() <= T.plusSeconds(10L * i).toEpochMilli(),
            "the reading of the future pushes nothing");
      }
    }
  }

  @Test
  void elementOfSeveralItemsHasTheTimeOfTheEarliestAndIsCountedItemByItem() throws Exception {
    try (Replay replay = new Replay(source(), null, 4, () -> 0, () -> false)) {
      assertTrue(replay.start());
      assertEquals(4, replay.getCurrent().size());
      assertEquals(BoundedWindow.TIMESTAMP_MIN_VALUE, replay.getCurrentTimestamp());
      assertEquals(T.plusSeconds(20).toEpochMilli(), replay.getWatermark().getMillis());
      assertEquals(new ReplayMark(4, 7), replay.getCheckpointMark());
      assertTrue(replay.advance());
      assertEquals(3, replay.getCurrent().size());
      assertEquals(T.plusSeconds(50).toEpochMilli(), replay.getCurrentTimestamp().getMillis());
      assertEquals(BoundedWindow.TIMESTAMP_MAX_VALUE, replay.getWatermark());
      assertFalse(replay.advance());
      assertThrows(java.util.NoSuchElementException.class, replay::getCurrent);
    }
  }

  @Test
  void watermarkIsTheTimeReachedAndAfterTheLastTheEndOfTime() throws Exception {
    try (Replay replay = open(source(), null)) {
      assertTrue(replay.start());
      assertEquals(BoundedWindow.TIMESTAMP_MIN_VALUE, replay.getWatermark());
      assertTrue(replay.advance());
      assertEquals(T.plusSeconds(10).toEpochMilli(), replay.getWatermark().getMillis());
      assertEquals(T.plusSeconds(10).toEpochMilli(), replay.getCurrentTimestamp().getMillis());
      while (replay.advance()) {
        assertFalse(replay.getCurrentTimestamp().isBefore(replay.getWatermark()));
      }
      assertEquals(BoundedWindow.TIMESTAMP_MAX_VALUE, replay.getWatermark());
    }
  }

  @Test
  void goesOnFromEveryCheckpointWithTheSameWatermark() throws Exception {
    ReplaySource source = source();
    List<String> whole = all(source);
    for (int read = 0; read <= whole.size(); read++) {
      ReplayMark mark;
      org.joda.time.Instant watermark;
      try (Replay replay = open(source, null)) {
        boolean more = replay.start();
        for (int i = 1; i < read; i++) {
          more = replay.advance();
        }
        assertTrue(more);
        mark = read == 0 ? null : replay.getCheckpointMark();
        watermark = replay.getWatermark();
      }
      try (Replay replay = open(source, mark)) {
        boolean more = replay.start();
        assertEquals(whole.subList(read, whole.size()), rest(replay, more), "after " + read);
      }
      if (read > 0) {
        try (Replay replay =
            new Replay(source.atSpeed(new ReplaySpeed(1e-3)), mark, 1, () -> 0, () -> false)) {
          if (replay.start()) {
            continue;
          }
          if (read < whole.size()) {
            assertEquals(watermark, replay.getWatermark(), "nothing new is due yet");
          }
        }
      }
    }
  }

  @Test
  void checkpointOfOtherFilesIsRefused() throws Exception {
    ReplayMark mark;
    try (Replay replay = open(source(), null)) {
      replay.start();
      mark = replay.getCheckpointMark();
    }
    Files.writeString(b, line(70, "b3") + "\n", java.nio.file.StandardOpenOption.APPEND);
    try (Replay replay = open(source(), mark)) {
      IOException refused = assertThrows(IOException.class, replay::start);
      assertTrue(refused.getMessage().contains("hold 8 records"), refused.getMessage());
    }
  }

  @Test
  void clockDecidesWhenARecordIsReadAndNothingElse() throws Exception {
    AtomicLong nanos = new AtomicLong(5);
    List<String> read = new ArrayList<>();
    try (Replay replay =
        new Replay(source().atSpeed(new ReplaySpeed(10)), null, 1, nanos::get, () -> false)) {
      boolean more = replay.start();
      for (int tick = 0; tick <= 80; tick++) {
        for (; more; more = replay.advance()) {
          read.add(tick + " " + word(replay));
        }
        nanos.addAndGet(100_000_000);
        more = replay.advance();
      }
    }
    assertEquals(List.of("0 header", "0 a2", "0 broken", "10 b1", "40 a1", "50 b2", "80 a3"), read);
  }

  @Test
  void yearsWithoutARecordTakeNoLongerThanAnHour() {
    ReplaySpeed speed = new ReplaySpeed(60);
    assertEquals(Duration.ofMinutes(1).toNanos(), speed.nanos(Duration.ofHours(1).toMillis()));
    assertEquals(Duration.ofMinutes(1).toNanos(), speed.nanos(Duration.ofDays(30_000).toMillis()));
    assertEquals(0, ReplaySpeed.MAX.nanos(Duration.ofDays(1).toMillis()));
    assertThrows(IllegalArgumentException.class, () -> new ReplaySpeed(0));
  }

  @Test
  void filesAreSharedOutInTheSameWayAndASetSpeedNeedsOneReader() throws Exception {
    ReplaySource source = source();
    List<ReplaySource> parts = source.split(5, PipelineOptionsFactory.create());
    assertEquals(2, parts.size());
    assertEquals(List.of("header", "a2", "broken", "a1", "a3"), all(parts.get(0)));
    assertEquals(List.of("b1", "b2"), all(parts.get(1)));
    assertEquals(
        parts.stream().map(ReplaySource::id).toList(),
        source.split(5, PipelineOptionsFactory.create()).stream().map(ReplaySource::id).toList());
    ReplaySource paced = source.atSpeed(new ReplaySpeed(60));
    assertEquals(1, paced.split(5, PipelineOptionsFactory.create()).size());
  }

  @Test
  void eachWorkerOfFlinkHasAPartThoughItIsEmpty() throws Exception {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.as(FlinkWorkers.class).setParallelism(3);
    List<ReplaySource> parts = source().split(720, options);
    assertEquals(3, parts.size());
    assertEquals(List.of("b1", "b2"), all(parts.get(1)));
    assertEquals(List.of(), all(parts.get(2)));
    assertEquals(3, source().atSpeed(new ReplaySpeed(60)).split(720, options).size());
  }

  @Test
  void sortOnTheDiskIsTheSortInMemory() throws Exception {
    Random random = new Random(3);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      lines.add(line(random.nextInt(2000), "w" + i));
    }
    Path file = Files.write(folder.resolve("many.csv"), lines, StandardCharsets.UTF_8);
    ReplaySource source =
        ReplaySource.of(List.of(new ReplayedFile(file.toString(), false)), new FirstWord());
    SortedSpool inMemory = SortedSpool.build(source, 1 << 30);
    SortedSpool onDisk = SortedSpool.build(source, 10_000);
    try {
      assertEquals(5000, onDisk.size());
      for (long from : new long[] {0, 1, 999, 1000, 1001, 4999, 5000}) {
        try (SortedSpool.Cursor x = inMemory.from(from);
            SortedSpool.Cursor y = onDisk.from(from)) {
          SpoolEntry before = null;
          long left = 0;
          for (SpoolEntry e = x.next(); e != null; e = x.next(), left++) {
            SpoolEntry same = y.next();
            assertEquals(e.ordinal(), same.ordinal());
            assertEquals(e.item(), same.item());
            assertTrue(before == null || SpoolEntry.ORDER.compare(before, e) < 0);
            before = e;
          }
          assertEquals(5000 - from, left);
        }
      }
    } finally {
      inMemory.delete();
      onDisk.delete();
    }
  }

  @Test
  void codersKeepWhatTheyEncode() throws Exception {
    InputRecord record = InputRecord.ofText("a.csv", "7", "x");
    CoderProperties.coderDecodeEncodeEqual(ReplayItem.ItemCoder.of(), ReplayItem.of(record));
    CoderProperties.coderDecodeEncodeEqual(
        ReplayItem.ItemCoder.of(), new ReplayItem(RejectReason.TRUNCATED, "why", record));
    CoderProperties.coderDecodeEncodeEqual(ReplayMark.MarkCoder.of(), new ReplayMark(3, 1L << 40));
    CoderProperties.coderSerializable(ReplayItem.ItemCoder.of());
    CoderProperties.coderSerializable(ReplayMark.MarkCoder.of());
  }

  @Test
  void pipelineEndsWithTheFilesAndBadFilesAreRejects(TestPipeline pipeline) throws Exception {
    byte[] gzip = {31, (byte) 139, 8, 0, 0, 0, 0, 0, 0, 0, 3, 5};
    Path cut = Files.write(folder.resolve("cut.csv.gz"), gzip);
    Rejects rejects = Rejects.with(PayloadHash.salted());
    PCollection<InputRecord> records =
        pipeline.apply(
            "Replay",
            ReplayFiles.of(
                    List.of(a.toString(), b.toString(), cut.toString()), List.of(), new FirstWord())
                .rejectedTo(rejects));
    assertEquals(IsBounded.UNBOUNDED, records.isBounded());
    PAssert.that(
            records.apply(
                "Positions",
                MapElements.into(TypeDescriptors.strings()).via((InputRecord r) -> r.position())))
        .containsInAnyOrder("1", "2", "3", "4", "5", "1", "2");
    PAssert.that(
            rejects
                .all(pipeline)
                .apply(MapElements.into(TypeDescriptors.strings()).via(r -> r.reason().code())))
        .containsInAnyOrder("truncated");
    pipeline.run().waitUntilFinish();
  }
}
