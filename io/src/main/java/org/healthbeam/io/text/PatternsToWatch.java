package org.healthbeam.io.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.util.VarInt;
import org.healthbeam.io.stream.EndOfStream;
import org.healthbeam.io.stream.FlinkWorkers;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Gives patterns once, and lives as long as files are looked for by them.
 *
 * <p>{@code Create} would do both worse on Flink. What it makes has no name in savepoints, so no
 * job could go on from one with another parallelism. And it ends at once: Flink's runner then lets
 * whoever watches files end too, who polls without a pause until there is nothing more to look for,
 * takes part in no checkpoint, and hears of no cancel.
 */
final class PatternsToWatch extends UnboundedSource<String, PatternsToWatch.Mark> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> patterns;
  private final long total;

  /**
   * Makes one.
   *
   * @param total milliseconds after which it ends
   */
  PatternsToWatch(List<String> patterns, long total) {
    this.patterns = new ArrayList<>(patterns);
    this.total = total;
  }

  /** One part has the patterns; the others are for the workers that there is no part for. */
  @Override
  public List<PatternsToWatch> split(int desired, PipelineOptions options) {
    List<PatternsToWatch> parts = new ArrayList<>();
    parts.add(this);
    while (parts.size() < FlinkWorkers.of(options)) {
      parts.add(new PatternsToWatch(List.of(), total));
    }
    return parts;
  }

  @Override
  public UnboundedReader<String> createReader(PipelineOptions options, @Nullable Mark mark) {
    return new Given(this, mark, EndOfStream.asked(options), System::currentTimeMillis);
  }

  @Override
  public Coder<Mark> getCheckpointMarkCoder() {
    return MarkCoder.INSTANCE;
  }

  @Override
  public Coder<String> getOutputCoder() {
    return StringUtf8Coder.of();
  }

  /**
   * How far it is.
   *
   * @param given so many patterns
   * @param began when, by the clock
   */
  record Mark(int given, long began) implements CheckpointMark {
    @Override
    public void finalizeCheckpoint() {}
  }

  /** Encodes a mark, deterministically. */
  private static final class MarkCoder extends AtomicCoder<Mark> {
    private static final long serialVersionUID = 1L;
    private static final MarkCoder INSTANCE = new MarkCoder();

    @Override
    public void encode(Mark mark, OutputStream out) throws IOException {
      VarInt.encode(mark.given, out);
      VarInt.encode(mark.began, out);
    }

    @Override
    public Mark decode(InputStream in) throws IOException {
      return new Mark(VarInt.decodeInt(in), VarInt.decodeLong(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }

  /** Gives what is still to be given. */
  static final class Given extends UnboundedReader<String> {
    private final PatternsToWatch source;
    private final BooleanSupplier askedToEnd;
    private final LongSupplier clock;
    private final long began;
    private int given;

    Given(
        PatternsToWatch source,
        @Nullable Mark mark,
        BooleanSupplier askedToEnd,
        LongSupplier clock) {
      this.source = source;
      this.askedToEnd = askedToEnd;
      this.clock = clock;
      this.began = mark == null ? clock.getAsLong() : mark.began();
      this.given = mark == null ? 0 : mark.given();
    }

    @Override
    public boolean start() {
      return advance();
    }

    @Override
    public boolean advance() {
      if (given == source.patterns.size()) {
        return false;
      }
      given++;
      return true;
    }

    @Override
    public String getCurrent() {
      if (given == 0) {
        throw new NoSuchElementException();
      }
      return source.patterns.get(given - 1);
    }

    @Override
    public Instant getCurrentTimestamp() {
      return BoundedWindow.TIMESTAMP_MIN_VALUE;
    }

    /** Holds nobody up, and ends when nothing is to be looked for any more. */
    @Override
    public Instant getWatermark() {
      if (given < source.patterns.size()) {
        return BoundedWindow.TIMESTAMP_MIN_VALUE;
      }
      boolean isOver = askedToEnd.getAsBoolean() || clock.getAsLong() - began > source.total;
      return isOver
          ? BoundedWindow.TIMESTAMP_MAX_VALUE
          : BoundedWindow.TIMESTAMP_MAX_VALUE.minus(Duration.millis(1));
    }

    @Override
    public CheckpointMark getCheckpointMark() {
      return new Mark(given, began);
    }

    @Override
    public UnboundedSource<String, ?> getCurrentSource() {
      return source;
    }

    @Override
    public void close() {}
  }
}
