package org.healthbeam.io.replay;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.beam.sdk.util.SerializableUtils;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.io.stream.PartitionProgress;
import org.healthbeam.io.stream.RecordTimes;
import org.healthbeam.io.stream.WatermarkPolicy;
import org.healthbeam.io.text.FileRecords;
import org.healthbeam.io.text.RecordSink;

/**
 * The items of some files, sorted as they are to be replayed, in a file on the local disk that only
 * its owner can read.
 */
final class SortedSpool {
  static final long MEMORY = 64L << 20;
  private static final int EVERY = 1000;

  private final Path folder;
  private final Path file;
  private final List<Long> index = new ArrayList<>();
  private long size;

  private SortedSpool(Path folder) {
    this.folder = folder;
    this.file = folder.resolve("sorted");
  }

  /** Reads and sorts files. */
  static SortedSpool build(ReplaySource source, long memory) throws IOException {
    Path folder = Files.createTempDirectory("healthbeam-replay-");
    folder.toFile().deleteOnExit();
    SortedSpool spool = new SortedSpool(folder);
    spool.file.toFile().deleteOnExit();
    try {
      SpoolSort sort = new SpoolSort(folder, memory);
      // Copies of several sources are made at the same time, and what tells times is not safe for
      // threads.
      RecordTimes times = SerializableUtils.clone(source.times());
      long ordinal = 0;
      for (ReplayedFile each : source.files()) {
        Arrivals arrivals = new Arrivals(source, times, sort, ordinal);
        FileRecords.read(each.name(), each.json(), arrivals);
        ordinal = arrivals.ordinal;
      }
      try (DataOutputStream out = SpoolSort.output(spool.file)) {
        long[] offset = {0};
        sort.drainTo(
            entry -> {
              if (spool.size % EVERY == 0) {
                spool.index.add(offset[0]);
              }
              entry.write(out);
              spool.size++;
              offset[0] += entry.size();
            });
      }
      return spool;
    } catch (IOException | RuntimeException e) {
      spool.delete();
      throw e;
    }
  }

  /** {@return how many items there are} */
  long size() {
    return size;
  }

  /** Reads from an item on, the first being 0. */
  Cursor from(long item) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    Cursor cursor = new Cursor(channel);
    if (item < size) {
      channel.position(index.get((int) (item / EVERY)));
      for (long i = item - item % EVERY; i < item; i++) {
        cursor.next();
      }
    } else {
      channel.position(channel.size());
    }
    return cursor;
  }

  void delete() {
    try {
      Files.deleteIfExists(file);
      try (java.util.stream.Stream<Path> runs = Files.list(folder)) {
        for (Path run : runs.toList()) {
          Files.delete(run);
        }
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A place in the sorted items. */
  static final class Cursor implements AutoCloseable {
    private final DataInputStream in;

    private Cursor(FileChannel channel) {
      this.in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
    }

    /** {@return the next item, or null at the end} */
    @Nullable
    SpoolEntry next() throws IOException {
      return SpoolEntry.read(in);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  /** Dates the items of one file and puts them into the sort. */
  private static final class Arrivals implements RecordSink {
    private final RecordTimes times;
    private final SpoolSort sort;
    @Nullable private final PartitionProgress progress;
    private long ordinal;
    private long time = RecordTimes.UNKNOWN;
    private long due = RecordTimes.UNKNOWN;

    Arrivals(ReplaySource source, RecordTimes times, SpoolSort sort, long ordinal) {
      this.times = times;
      this.sort = sort;
      this.ordinal = ordinal;
      this.progress =
          source.order().byEventTime()
              ? null
              : new PartitionProgress(WatermarkPolicy.ofArchive(source.order().maxDelay()));
    }

    @Override
    public void record(InputRecord record) {
      try {
        long known = times.earliestMillis(record);
        if (known != RecordTimes.UNKNOWN) {
          time = known;
          if (progress == null) {
            due = known;
          } else {
            progress.observe(known, 0);
            due = Math.max(due, progress.progress());
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      add(ReplayItem.of(record));
    }

    @Override
    public void reject(RejectReason reason, String detail, InputRecord place) {
      add(new ReplayItem(reason, detail, place));
    }

    private void add(ReplayItem item) {
      try {
        sort.add(SpoolEntry.of(due, time, ordinal++, item));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
