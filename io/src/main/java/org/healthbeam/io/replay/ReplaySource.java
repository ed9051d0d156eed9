package org.healthbeam.io.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.values.TimestampedValue;
import org.healthbeam.io.stream.EndOfStream;
import org.healthbeam.io.stream.FlinkWorkers;
import org.healthbeam.io.stream.RecordTimes;

/** The unbounded source behind {@link ReplayFiles}. */
final class ReplaySource extends UnboundedSource<List<TimestampedValue<ReplayItem>>, ReplayMark> {
  private static final long serialVersionUID = 1L;

  /** An element is so many items, since some runners take few elements between two checkpoints. */
  private static final int AT_ONCE = 200;

  /** Names the sorted copy of these files on a worker's disk. */
  private final String id;

  private final ArrayList<ReplayedFile> files;
  private final RecordTimes times;
  private final ReplaySpeed speed;
  private final ReplayOrder order;

  private ReplaySource(
      String id,
      List<ReplayedFile> files,
      RecordTimes times,
      ReplaySpeed speed,
      ReplayOrder order) {
    this.id = id;
    this.files = new ArrayList<>(files);
    this.times = times;
    this.speed = speed;
    this.order = order;
  }

  static ReplaySource of(List<ReplayedFile> files, RecordTimes times) {
    List<ReplayedFile> byName = new ArrayList<>(files);
    byName.sort(Comparator.comparing(ReplayedFile::name));
    return new ReplaySource(
        UUID.randomUUID().toString(), byName, times, ReplaySpeed.MAX, ReplayOrder.EVENT_TIME);
  }

  ReplaySource atSpeed(ReplaySpeed newSpeed) {
    return new ReplaySource(UUID.randomUUID().toString(), files, times, newSpeed, order);
  }

  ReplaySource inOrder(ReplayOrder newOrder) {
    return new ReplaySource(UUID.randomUUID().toString(), files, times, speed, newOrder);
  }

  /** Shares the files out, always in the same way; a set speed needs one clock, so one reader. */
  @Override
  public List<ReplaySource> split(int desired, PipelineOptions options) {
    int parts = speed.isPaced() ? 1 : Math.max(1, Math.min(desired, files.size()));
    int all = Math.max(parts, FlinkWorkers.of(options));
    List<ReplaySource> split = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      List<ReplayedFile> mine = new ArrayList<>();
      for (int i = part; i < files.size(); i += parts) {
        mine.add(files.get(i));
      }
      split.add(new ReplaySource(id + "-" + part + "-" + parts, mine, times, speed, order));
    }
    for (int empty = parts; empty < all; empty++) {
      split.add(new ReplaySource(id + "-" + empty + "-" + parts, List.of(), times, speed, order));
    }
    return split;
  }

  @Override
  public UnboundedReader<List<TimestampedValue<ReplayItem>>> createReader(
      PipelineOptions options, @Nullable ReplayMark mark) throws IOException {
    return new Replay(this, mark, AT_ONCE, System::nanoTime, EndOfStream.asked(options));
  }

  @Override
  public Coder<ReplayMark> getCheckpointMarkCoder() {
    return ReplayMark.MarkCoder.of();
  }

  @Override
  public Coder<List<TimestampedValue<ReplayItem>>> getOutputCoder() {
    return ListCoder.of(TimestampedValue.TimestampedValueCoder.of(ReplayItem.ItemCoder.of()));
  }

  String id() {
    return id;
  }

  List<ReplayedFile> files() {
    return files;
  }

  RecordTimes times() {
    return times;
  }

  ReplaySpeed speed() {
    return speed;
  }

  ReplayOrder order() {
    return order;
  }
}
