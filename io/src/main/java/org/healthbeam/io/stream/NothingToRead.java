package org.healthbeam.io.stream;

import java.util.List;
import java.util.NoSuchElementException;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * The part of a source for a worker that there is none for ({@link FlinkWorkers}): it gives nothing
 * and holds nobody up. It ends only when the other parts do.
 *
 * @param <T> the elements of the source
 * @param <M> the source's checkpoints
 */
final class NothingToRead<T, M extends UnboundedSource.CheckpointMark>
    extends UnboundedSource<T, M> {
  private static final long serialVersionUID = 1L;

  private final UnboundedSource<T, M> source;
  private final SerializableFunction<Void, M> mark;

  /**
   * Makes one.
   *
   * @param mark makes a checkpoint of the source in which nothing was read
   */
  NothingToRead(UnboundedSource<T, M> source, SerializableFunction<Void, M> mark) {
    this.source = source;
    this.mark = mark;
  }

  @Override
  public List<NothingToRead<T, M>> split(int desired, PipelineOptions options) {
    return List.of(this);
  }

  @Override
  public UnboundedReader<T> createReader(PipelineOptions options, @Nullable M before) {
    return new Nothing();
  }

  @Override
  public Coder<M> getCheckpointMarkCoder() {
    return source.getCheckpointMarkCoder();
  }

  @Override
  public Coder<T> getOutputCoder() {
    return source.getOutputCoder();
  }

  private final class Nothing extends UnboundedReader<T> {
    @Override
    public boolean start() {
      return false;
    }

    @Override
    public boolean advance() {
      return false;
    }

    @Override
    public T getCurrent() {
      throw new NoSuchElementException();
    }

    @Override
    public Instant getCurrentTimestamp() {
      throw new NoSuchElementException();
    }

    @Override
    public Instant getWatermark() {
      return BoundedWindow.TIMESTAMP_MAX_VALUE.minus(Duration.millis(1));
    }

    @Override
    public CheckpointMark getCheckpointMark() {
      return mark.apply(null);
    }

    @Override
    public UnboundedSource<T, ?> getCurrentSource() {
      return NothingToRead.this;
    }

    @Override
    public void close() {}
  }
}
