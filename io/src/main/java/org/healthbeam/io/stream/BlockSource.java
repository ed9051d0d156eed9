package org.healthbeam.io.stream;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.TimestampedValue;
import org.healthbeam.transforms.outcome.StageMetrics;
import org.joda.time.Instant;

/**
 * Hands out the elements of an unbounded source several at a time.
 *
 * <p>A runner does much for each element that it asks a source for: Flink's goes through all
 * metrics of the step. Here it does so once for a block, which is what the source has ready: at
 * most {@link #MOST} elements, {@link #MOST_BYTES} bytes and the elements of {@link #MOST_NANOS}. A
 * source that has one element ready gives a block of one; none waits for others.
 *
 * <p>A block is a list of elements in their order, each with its own time; the block's time is that
 * of the earliest. The watermark and the checkpoint are the source's after the last element of the
 * block. So whoever outputs the elements at their own times makes none of them late.
 *
 * <p>It ends when it is asked to ({@link EndOfStream}), though the source does not.
 *
 * <p>It can show how old its watermark is ({@link #measuredAs}), also while the source is idle.
 *
 * @param <T> the elements
 * @param <M> the source's checkpoints, which stay what they are
 */
public final class BlockSource<T, M extends UnboundedSource.CheckpointMark>
    extends UnboundedSource<List<TimestampedValue<T>>, M> {
  private static final long serialVersionUID = 1L;

  /** So many elements are in a block at most. */
  static final int MOST = 500;

  /** After so many bytes a block is whole. */
  static final long MOST_BYTES = 1L << 20;

  /** After so many nanoseconds a block is whole, even if the source has more. */
  static final long MOST_NANOS = 10_000_000;

  private final UnboundedSource<T, M> source;
  private final SerializableFunction<T, Integer> bytes;
  @Nullable private final SerializableFunction<Void, M> nothingRead;
  @Nullable private final Gauge watermarkAge;

  private BlockSource(
      UnboundedSource<T, M> source,
      SerializableFunction<T, Integer> bytes,
      @Nullable SerializableFunction<Void, M> nothingRead,
      @Nullable Gauge watermarkAge) {
    this.source = source;
    this.bytes = bytes;
    this.nothingRead = nothingRead;
    this.watermarkAge = watermarkAge;
  }

  /**
   * Wraps a source.
   *
   * @param <T> the type of the elements
   * @param <M> the type of the source's checkpoints
   * @param source one that does not need its elements' ids, which are lost in blocks
   * @param bytes tells about how large an element is
   * @return a source of blocks of these elements
   */
  public static <T, M extends UnboundedSource.CheckpointMark> BlockSource<T, M> of(
      UnboundedSource<T, M> source, SerializableFunction<T, Integer> bytes) {
    if (source.requiresDeduping()) {
      throw new IllegalArgumentException("source needs the ids of its elements");
    }
    return new BlockSource<>(source, bytes, null, null);
  }

  /**
   * Has a part for each worker of Flink, also of a source that has fewer: the others give nothing
   * and hold nobody up.
   *
   * @param mark makes a checkpoint of the source in which nothing was read
   * @return a copy that has so many parts
   */
  public BlockSource<T, M> withPartForEachWorker(SerializableFunction<Void, M> mark) {
    return new BlockSource<>(source, bytes, mark, watermarkAge);
  }

  /**
   * {@return a copy that shows how far the watermark is behind the clock as a gauge of this stage}
   *
   * @param stage the name in counters
   */
  public BlockSource<T, M> measuredAs(String stage) {
    return new BlockSource<>(
        source, bytes, nothingRead, StageMetrics.gauge(stage, "watermark_age_ms"));
  }

  @Override
  public List<BlockSource<T, M>> split(int desired, PipelineOptions options) throws Exception {
    List<BlockSource<T, M>> all = new ArrayList<>();
    for (UnboundedSource<T, M> part : source.split(desired, options)) {
      all.add(new BlockSource<>(part, bytes, nothingRead, watermarkAge));
    }
    int workers = FlinkWorkers.of(options);
    while (nothingRead != null && all.size() < workers) {
      all.add(new BlockSource<>(new NothingToRead<>(source, nothingRead), bytes, null, null));
    }
    return all;
  }

  @Override
  public UnboundedReader<List<TimestampedValue<T>>> createReader(
      PipelineOptions options, @Nullable M mark) throws IOException {
    return new Blocks<>(
        this,
        source.createReader(options, mark),
        System::nanoTime,
        System::currentTimeMillis,
        EndOfStream.asked(options));
  }

  @Override
  public Coder<M> getCheckpointMarkCoder() {
    return source.getCheckpointMarkCoder();
  }

  @Override
  public Coder<List<TimestampedValue<T>>> getOutputCoder() {
    return ListCoder.of(TimestampedValue.TimestampedValueCoder.of(source.getOutputCoder()));
  }

  /** Fills one block after another from the source's own reader. */
  static final class Blocks<T, M extends UnboundedSource.CheckpointMark>
      extends UnboundedReader<List<TimestampedValue<T>>> {
    private final BlockSource<T, M> source;
    private final UnboundedReader<T> elements;
    private final LongSupplier nanoClock;
    private final LongSupplier clock;
    private final BooleanSupplier endAsked;
    private boolean ended;
    private Instant told = BoundedWindow.TIMESTAMP_MIN_VALUE;
    private List<TimestampedValue<T>> block = List.of();
    private Instant earliest = Instant.ofEpochMilli(0);

    Blocks(
        BlockSource<T, M> source,
        UnboundedReader<T> elements,
        LongSupplier nanoClock,
        LongSupplier clock,
        BooleanSupplier endAsked) {
      this.source = source;
      this.elements = elements;
      this.nanoClock = nanoClock;
      this.clock = clock;
      this.endAsked = endAsked;
    }

    @Override
    public boolean start() throws IOException {
      return fill(elements.start());
    }

    @Override
    public boolean advance() throws IOException {
      ended = ended || endAsked.getAsBoolean();
      measure();
      return fill(!ended && elements.advance());
    }

    /** Of the watermark that the runner was told last: to ask the source for one is a promise. */
    private void measure() {
      if (source.watermarkAge != null
          && told.isAfter(BoundedWindow.TIMESTAMP_MIN_VALUE)
          && told.isBefore(BoundedWindow.TIMESTAMP_MAX_VALUE)) {
        source.watermarkAge.set(clock.getAsLong() - told.getMillis());
      }
    }

    private boolean fill(boolean isThere) throws IOException {
      block = List.of();
      if (!isThere) {
        return false;
      }
      List<TimestampedValue<T>> taken = new ArrayList<>();
      long begin = nanoClock.getAsLong();
      long size = 0;
      do {
        TimestampedValue<T> element =
            TimestampedValue.of(elements.getCurrent(), elements.getCurrentTimestamp());
        if (taken.isEmpty() || element.getTimestamp().isBefore(earliest)) {
          earliest = element.getTimestamp();
        }
        taken.add(element);
        size += source.bytes.apply(element.getValue());
      } while (taken.size() < MOST
          && size < MOST_BYTES
          && nanoClock.getAsLong() - begin < MOST_NANOS
          && elements.advance());
      block = taken;
      return true;
    }

    @Override
    public List<TimestampedValue<T>> getCurrent() {
      if (block.isEmpty()) {
        throw new NoSuchElementException();
      }
      return block;
    }

    @Override
    public Instant getCurrentTimestamp() {
      if (block.isEmpty()) {
        throw new NoSuchElementException();
      }
      return earliest;
    }

    @Override
    public Instant getWatermark() {
      told = ended ? BoundedWindow.TIMESTAMP_MAX_VALUE : elements.getWatermark();
      return told;
    }

    @Override
    @SuppressWarnings("unchecked") // The reader is of the source whose marks these are.
    public M getCheckpointMark() {
      return (M) elements.getCheckpointMark();
    }

    @Override
    public long getSplitBacklogBytes() {
      return elements.getSplitBacklogBytes();
    }

    @Override
    public long getTotalBacklogBytes() {
      return elements.getTotalBacklogBytes();
    }

    @Override
    public UnboundedSource<List<TimestampedValue<T>>, ?> getCurrentSource() {
      return source;
    }

    @Override
    public void close() throws IOException {
      elements.close();
    }
  }
}
