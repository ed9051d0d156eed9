package org.healthbeam.runners.flink;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.util.VarInt;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.transforms.outcome.InputRecordCoder;
import org.joda.time.Instant;

/**
 * Records as an unbounded source, in the order given; its watermark is the latest event time so
 * far, so that whatever comes out of order is late, and the end of time after the last one.
 */
final class ReplayedRecords extends UnboundedSource<InputRecord, ReplayedRecords.Mark> {
  private static final long serialVersionUID = 1L;
  private static final int BETWEEN_PAUSES = 20;

  private final String[] records;
  private final long[] times;
  private final long pauseMillis;

  /**
   * @param pauseMillis how long there is nothing after each twentieth record
   */
  ReplayedRecords(List<String> records, List<Long> times, long pauseMillis) {
    this.pauseMillis = pauseMillis;
    this.records = records.toArray(String[]::new);
    this.times = times.stream().mapToLong(Long::longValue).toArray();
  }

  /** How many records are read. */
  record Mark(int read) implements UnboundedSource.CheckpointMark {
    @Override
    public void finalizeCheckpoint() {}
  }

  @Override
  public List<ReplayedRecords> split(int desired, PipelineOptions options) {
    return List.of(this);
  }

  @Override
  public UnboundedReader<InputRecord> createReader(PipelineOptions options, @Nullable Mark mark) {
    return new Replay(this, mark == null ? 0 : mark.read());
  }

  @Override
  public Coder<Mark> getCheckpointMarkCoder() {
    return new MarkCoder();
  }

  @Override
  public Coder<InputRecord> getOutputCoder() {
    return InputRecordCoder.of();
  }

  private static final class MarkCoder extends AtomicCoder<Mark> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(Mark value, OutputStream out) throws IOException {
      VarInt.encode(value.read(), out);
    }

    @Override
    public Mark decode(InputStream in) throws IOException {
      return new Mark(VarInt.decodeInt(in));
    }
  }

  private static final class Replay extends UnboundedReader<InputRecord> {
    private final ReplayedRecords source;
    private int read;
    private long next = System.nanoTime();
    private long latest = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();

    Replay(ReplayedRecords source, int read) {
      this.source = source;
      this.read = read;
      for (int i = 0; i < read; i++) {
        latest = Math.max(latest, source.times[i]);
      }
    }

    @Override
    public boolean start() {
      return advance();
    }

    @Override
    public boolean advance() {
      if (read == source.records.length) {
        latest = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();
        return false;
      }
      if (System.nanoTime() - next < 0) {
        return false;
      }
      latest = Math.max(latest, source.times[read]);
      read++;
      if (source.pauseMillis > 0 && read % BETWEEN_PAUSES == 0) {
        next = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(source.pauseMillis);
      }
      return true;
    }

    @Override
    public InputRecord getCurrent() {
      if (read == 0) {
        throw new NoSuchElementException();
      }
      return InputRecord.ofText("replay", Integer.toString(read), source.records[read - 1]);
    }

    @Override
    public Instant getCurrentTimestamp() {
      return Instant.ofEpochMilli(source.times[read - 1]);
    }

    @Override
    public Instant getWatermark() {
      return Instant.ofEpochMilli(latest);
    }

    @Override
    public Mark getCheckpointMark() {
      return new Mark(read);
    }

    @Override
    public ReplayedRecords getCurrentSource() {
      return source;
    }

    @Override
    public void close() {}
  }
}
