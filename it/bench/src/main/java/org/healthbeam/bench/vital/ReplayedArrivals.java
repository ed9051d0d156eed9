package org.healthbeam.bench.vital;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.util.VarInt;
import org.joda.time.Instant;

/**
 * The arrivals as an unbounded source of Beam's, in so many splits as a topic has partitions; each
 * split has every n-th of them. Flink would take as many as it has key groups: a watermark is the
 * least of all splits', and would stand still until each of these hundreds had its turn.
 */
final class ReplayedArrivals<T> extends UnboundedSource<T, ReplayedArrivals.Mark> {
  private static final long serialVersionUID = 1L;

  private final Arrivals arrivals;
  private final SerializableFunction<Long, T> element;
  private final Coder<T> coder;
  private final int split;
  private final int splits;

  ReplayedArrivals(
      Arrivals arrivals, SerializableFunction<Long, T> element, Coder<T> coder, int partitions) {
    this(arrivals, element, coder, 0, partitions);
  }

  private ReplayedArrivals(
      Arrivals arrivals,
      SerializableFunction<Long, T> element,
      Coder<T> coder,
      int split,
      int splits) {
    this.arrivals = arrivals;
    this.element = element;
    this.coder = coder;
    this.split = split;
    this.splits = splits;
  }

  /** How many readings of the split were taken. */
  record Mark(long taken) implements UnboundedSource.CheckpointMark {
    @Override
    public void finalizeCheckpoint() {}
  }

  @Override
  public List<ReplayedArrivals<T>> split(int desired, PipelineOptions options) {
    List<ReplayedArrivals<T>> all = new ArrayList<>();
    for (int i = 0; i < splits; i++) {
      all.add(new ReplayedArrivals<>(arrivals, element, coder, i, splits));
    }
    return all;
  }

  @Override
  public UnboundedReader<T> createReader(PipelineOptions options, @Nullable Mark mark) {
    return new Replay<>(this, mark == null ? 0 : mark.taken());
  }

  @Override
  public Coder<Mark> getCheckpointMarkCoder() {
    return new MarkCoder();
  }

  @Override
  public Coder<T> getOutputCoder() {
    return coder;
  }

  private static final class MarkCoder extends AtomicCoder<Mark> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(Mark value, OutputStream out) throws IOException {
      VarInt.encode(value.taken(), out);
    }

    @Override
    public Mark decode(InputStream in) throws IOException {
      return new Mark(VarInt.decodeLong(in));
    }
  }

  private static final class Replay<T> extends UnboundedReader<T> {
    private final ReplayedArrivals<T> source;
    private long taken;
    private long at = -1;
    private long begin;
    private boolean done;

    Replay(ReplayedArrivals<T> source, long taken) {
      this.source = source;
      this.taken = taken;
    }

    @Override
    public boolean start() {
      begin = Tally.begin();
      return advance();
    }

    @Override
    public boolean advance() {
      long next = source.split + taken * source.splits;
      if (next >= source.arrivals.count()) {
        done = true;
        return false;
      }
      if (!source.arrivals.isDue(next, begin)) {
        return false; // Who waited here would keep the runner from all else that it has to do.
      }
      at = next;
      taken++;
      return true;
    }

    @Override
    public T getCurrent() {
      if (at < 0) {
        throw new NoSuchElementException();
      }
      return source.element.apply(at);
    }

    @Override
    public Instant getCurrentTimestamp() {
      return Instant.ofEpochMilli(source.arrivals.eventTime(at));
    }

    @Override
    public Instant getWatermark() {
      return done
          ? BoundedWindow.TIMESTAMP_MAX_VALUE
          : at < 0
              ? BoundedWindow.TIMESTAMP_MIN_VALUE
              : Instant.ofEpochMilli(source.arrivals.watermark(at));
    }

    @Override
    public Mark getCheckpointMark() {
      return new Mark(taken);
    }

    @Override
    public ReplayedArrivals<T> getCurrentSource() {
      return source;
    }

    @Override
    public void close() {}
  }
}
