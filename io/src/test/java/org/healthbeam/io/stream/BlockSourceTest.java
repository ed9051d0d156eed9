package org.healthbeam.io.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import javax.annotation.Nullable;
import org.apache.beam.runners.core.metrics.MetricsContainerImpl;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.metrics.MetricName;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.util.VarInt;
import org.apache.beam.sdk.values.TimestampedValue;
import org.healthbeam.transforms.outcome.Outcomes;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

/** Blocks hold what a source has ready, and lose no element, time or place. */
class BlockSourceTest {
  private static final int PAUSE_AFTER = 7;
  private static final long NOW = 1_000_000;

  @Test
  void aBlockHoldsWhatIsReadyInItsOrderWithTheTimeOfTheEarliest() throws Exception {
    UnboundedSource.UnboundedReader<List<TimestampedValue<Integer>>> blocks =
        blocks(new Numbers(20, false), null);
    assertThrows(NoSuchElementException.class, blocks::getCurrent);
    assertTrue(blocks.start());
    List<TimestampedValue<Integer>> first = blocks.getCurrent();
    assertEquals(List.of(0, 1, 2, 3, 4, 5, 6), values(first));
    assertEquals(time(3), first.get(3).getTimestamp());
    assertEquals(time(4), blocks.getCurrentTimestamp());
    assertEquals(
        time(6), blocks.getWatermark(), "the watermark is the source's after the last element");
    assertTrue(blocks.advance());
    assertEquals(List.of(7, 8, 9, 10, 11, 12, 13), values(blocks.getCurrent()));
    assertEquals(time(8), blocks.getCurrentTimestamp());
    assertTrue(blocks.advance());
    assertEquals(List.of(14, 15, 16, 17, 18, 19), values(blocks.getCurrent()));
    assertFalse(blocks.advance(), "the source has no more");
    assertThrows(NoSuchElementException.class, blocks::getCurrent);
  }

  @Test
  void howOldTheWatermarkIsIsShownOnceTheRunnerKnowsIt() throws Exception {
    MetricsContainerImpl metrics = new MetricsContainerImpl("Read");
    MetricName age = MetricName.named(Outcomes.NAMESPACE, "Count|watermark_age_ms");
    UnboundedSource.UnboundedReader<List<TimestampedValue<Integer>>> blocks =
        blocks(new Numbers(PAUSE_AFTER, false), null);
    MetricsEnvironment.setCurrentContainer(metrics);
    try {
      blocks.start();
      blocks.advance();
      assertNull(metrics.tryGetGauge(age), "no watermark was told yet");
      long told = blocks.getWatermark().getMillis();
      assertFalse(blocks.advance(), "the source is idle");
      assertEquals(NOW - told, metrics.getGauge(age).getCumulative().value());
    } finally {
      MetricsEnvironment.setCurrentContainer(null);
    }
  }

  @Test
  void whatFollowsACheckpointIsWhatWasNotInABlock() throws Exception {
    Numbers numbers = new Numbers(20, false);
    UnboundedSource.UnboundedReader<List<TimestampedValue<Integer>>> blocks = blocks(numbers, null);
    assertTrue(blocks.start());
    List<Integer> all = values(blocks.getCurrent());
    UnboundedSource.UnboundedReader<List<TimestampedValue<Integer>>> again =
        blocks(numbers, (Numbers.Mark) blocks.getCheckpointMark());
    for (boolean is = again.start(); all.size() < 20; is = again.advance()) {
      if (is) {
        all.addAll(values(again.getCurrent()));
      }
    }
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      expected.add(i);
    }
    assertEquals(expected, all);
  }

  @Test
  void aBlockIsWholeAfterSoManyElementsBytesOrNanoseconds() throws Exception {
    assertEquals(BlockSource.MOST, firstBlock(new Numbers(5_000, true), 1, 0));
    assertEquals(4, firstBlock(new Numbers(5_000, true), (int) BlockSource.MOST_BYTES / 4, 0));
    assertEquals(
        10,
        firstBlock(new Numbers(5_000, true), 1, BlockSource.MOST_NANOS / 10),
        "a clock's ticks");
  }

  @Test
  void itEndsWhenItIsAskedToThoughItsSourceHasMore() throws Exception {
    PipelineOptions options = PipelineOptionsFactory.create();
    ObjectMapper json = new ObjectMapper();
    PipelineOptions copy = json.readValue(json.writeValueAsString(options), PipelineOptions.class);
    UnboundedSource.UnboundedReader<List<TimestampedValue<Integer>>> blocks =
        BlockSource.of(new Numbers(5_000, true), n -> 1).createReader(copy, null);
    assertTrue(blocks.start());
    EndOfStream.ask(PipelineOptionsFactory.create());
    assertTrue(blocks.advance(), "another one was asked");
    int read = blocks.getCurrent().get(0).getValue() + blocks.getCurrent().size();
    EndOfStream.ask(options);
    assertEquals(time(read - 1), blocks.getWatermark(), "its last block is not told yet");
    assertFalse(blocks.advance());
    assertEquals(BoundedWindow.TIMESTAMP_MAX_VALUE, blocks.getWatermark());
    assertEquals(new Numbers.Mark(read), blocks.getCheckpointMark(), "it could go on from there");
    assertFalse(blocks.advance());
  }

  /** A worker without a part would hold up the time of all. */
  @Test
  void workersThatThereIsNoPartForGetOneThatHoldsNobodyUp() throws Exception {
    PipelineOptions options = PipelineOptionsFactory.create();
    BlockSource<Integer, Numbers.Mark> plain = BlockSource.of(new OnePart(20), (Integer n) -> 1);
    BlockSource<Integer, Numbers.Mark> source =
        plain.withPartForEachWorker(nothing -> new Numbers.Mark(0));
    assertEquals(1, source.split(720, options).size(), "nobody has said how many there are");
    options.as(FlinkWorkers.class).setParallelism(3);
    assertEquals(1, plain.split(720, options).size());
    List<BlockSource<Integer, Numbers.Mark>> parts = source.split(720, options);
    assertEquals(3, parts.size());
    assertTrue(parts.get(0).createReader(options, null).start());
    try (var idle = SerializableUtils.clone(parts.get(2)).createReader(options, null)) {
      assertFalse(idle.start());
      assertFalse(idle.advance());
      assertTrue(idle.getWatermark().isAfter(GlobalWindow.INSTANCE.maxTimestamp()));
      assertTrue(idle.getWatermark().isBefore(BoundedWindow.TIMESTAMP_MAX_VALUE), "no end");
      Numbers.Mark mark = (Numbers.Mark) idle.getCheckpointMark();
      try (var again = parts.get(2).createReader(options, mark)) {
        assertFalse(again.start());
      }
    }
  }

  @Test
  void aSourceThatNeedsIdsIsRefused() {
    Numbers numbers =
        new Numbers(1, false) {
          private static final long serialVersionUID = 1L;

          @Override
          public boolean requiresDeduping() {
            return true;
          }
        };
    assertThrows(IllegalArgumentException.class, () -> BlockSource.of(numbers, n -> 1));
  }

  @Test
  void eachSplitIsOneOfTheSourcesSplits() throws Exception {
    List<BlockSource<Integer, Numbers.Mark>> splits =
        BlockSource.of(new Numbers(20, false), n -> 1).split(3, PipelineOptionsFactory.create());
    assertEquals(3, splits.size());
  }

  private static int firstBlock(Numbers numbers, int bytes, long nanosByLook) throws IOException {
    long[] now = {0};
    BlockSource.Blocks<Integer, Numbers.Mark> blocks =
        new BlockSource.Blocks<>(
            BlockSource.of(numbers, n -> bytes),
            numbers.createReader(null, null),
            () -> {
              long at = now[0];
              now[0] += nanosByLook;
              return at;
            },
            () -> 0,
            () -> false);
    assertTrue(blocks.start());
    return blocks.getCurrent().size();
  }

  private static UnboundedSource.UnboundedReader<List<TimestampedValue<Integer>>> blocks(
      Numbers numbers, @Nullable Numbers.Mark mark) throws IOException {
    // Its own clock stands still: no block ends for want of time.
    return new BlockSource.Blocks<>(
        BlockSource.of(numbers, (Integer n) -> 1).measuredAs("Count"),
        numbers.createReader(null, mark),
        () -> 0,
        () -> NOW,
        () -> false);
  }

  private static List<Integer> values(List<TimestampedValue<Integer>> block) {
    List<Integer> values = new ArrayList<>();
    block.forEach(each -> values.add(each.getValue()));
    return values;
  }

  /** Every fourth is ten before its neighbours. */
  private static Instant time(int n) {
    return Instant.ofEpochMilli(n % 4 == 0 && n > 0 ? n - 10L : n);
  }

  /** Counts; after each seventh there is nothing once, unless it is steady. */
  private static class Numbers extends UnboundedSource<Integer, Numbers.Mark> {
    private static final long serialVersionUID = 1L;
    private final int count;
    private final boolean steady;

    Numbers(int count, boolean steady) {
      this.count = count;
      this.steady = steady;
    }

    record Mark(int next) implements UnboundedSource.CheckpointMark {
      @Override
      public void finalizeCheckpoint() {}
    }

    private static final class MarkCoder extends AtomicCoder<Mark> {
      private static final long serialVersionUID = 1L;

      @Override
      public void encode(Mark value, java.io.OutputStream out) throws IOException {
        VarInt.encode(value.next(), out);
      }

      @Override
      public Mark decode(java.io.InputStream in) throws IOException {
        return new Mark(VarInt.decodeInt(in));
      }
    }

    @Override
    public List<Numbers> split(int desired, PipelineOptions options) {
      List<Numbers> all = new ArrayList<>();
      for (int i = 0; i < desired; i++) {
        all.add(this);
      }
      return all;
    }

    @Override
    public UnboundedReader<Integer> createReader(
        @Nullable PipelineOptions options, @Nullable Mark mark) {
      return new Counting(this, mark == null ? 0 : mark.next());
    }

    @Override
    public Coder<Mark> getCheckpointMarkCoder() {
      return new MarkCoder();
    }

    @Override
    public Coder<Integer> getOutputCoder() {
      return VarIntCoder.of();
    }
  }

  private static final class OnePart extends Numbers {
    private static final long serialVersionUID = 1L;

    OnePart(int count) {
      super(count, false);
    }

    @Override
    public List<Numbers> split(int desired, PipelineOptions options) {
      return List.of(this);
    }
  }

  private static final class Counting extends UnboundedSource.UnboundedReader<Integer> {
    private final Numbers source;
    private int next;
    private boolean paused = true;

    Counting(Numbers source, int next) {
      this.source = source;
      this.next = next;
    }

    @Override
    public boolean start() {
      return advance();
    }

    @Override
    public boolean advance() {
      if (next >= source.count) {
        return false;
      }
      if (!source.steady && next % PAUSE_AFTER == 0 && !paused) {
        paused = true;
        return false;
      }
      paused = false;
      next++;
      return true;
    }

    @Override
    public Integer getCurrent() {
      return next - 1;
    }

    @Override
    public Instant getCurrentTimestamp() {
      return time(next - 1);
    }

    @Override
    public Instant getWatermark() {
      return time(next - 1);
    }

    @Override
    public Numbers.Mark getCheckpointMark() {
      return new Numbers.Mark(next);
    }

    @Override
    public Numbers getCurrentSource() {
      return source;
    }

    @Override
    public void close() {}
  }
}
