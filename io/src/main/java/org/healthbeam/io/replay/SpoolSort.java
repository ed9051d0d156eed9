package org.healthbeam.io.replay;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** Sorts entries on the disk: runs that fit into memory, then one merge of all. */
final class SpoolSort {
  private static final int BUFFER = 1 << 16;

  /** What an entry takes in memory beside its bytes, roughly. */
  private static final int OVERHEAD = 72;

  private final Path folder;
  private final long memory;
  private final List<Path> runs = new ArrayList<>();
  private List<SpoolEntry> entries = new ArrayList<>();
  private long held;

  SpoolSort(Path folder, long memory) {
    this.folder = folder;
    this.memory = memory;
  }

  void add(SpoolEntry entry) throws IOException {
    entries.add(entry);
    held += entry.encoded().length + OVERHEAD;
    if (held > memory) {
      spill();
    }
  }

  private void spill() throws IOException {
    entries.sort(SpoolEntry.ORDER);
    Path run = folder.resolve("run-" + runs.size());
    runs.add(run);
    try (DataOutputStream out = output(run)) {
      for (SpoolEntry entry : entries) {
        entry.write(out);
      }
    }
    entries = new ArrayList<>();
    held = 0;
  }

  /** Hands over all entries in order; once. */
  void drainTo(EntrySink sink) throws IOException {
    if (runs.isEmpty()) {
      entries.sort(SpoolEntry.ORDER);
      for (SpoolEntry entry : entries) {
        sink.accept(entry);
      }
      entries = new ArrayList<>();
      return;
    }
    if (!entries.isEmpty()) {
      spill();
    }
    List<DataInputStream> open = new ArrayList<>();
    try {
      PriorityQueue<Head> heads = new PriorityQueue<>();
      for (Path run : runs) {
        DataInputStream in =
            new DataInputStream(new BufferedInputStream(Files.newInputStream(run), BUFFER));
        open.add(in);
        heads.add(new Head(SpoolEntry.read(in), in));
      }
      while (!heads.isEmpty()) {
        Head least = heads.poll();
        sink.accept(least.entry());
        SpoolEntry following = SpoolEntry.read(least.in());
        if (following != null) {
          heads.add(new Head(following, least.in()));
        }
      }
    } finally {
      for (DataInputStream in : open) {
        in.close();
      }
    }
    for (Path run : runs) {
      Files.delete(run);
    }
  }

  static DataOutputStream output(Path file) throws IOException {
    return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
  }

  /** Takes entries in order. */
  interface EntrySink {
    void accept(SpoolEntry entry) throws IOException;
  }

  private record Head(SpoolEntry entry, DataInputStream in) implements Comparable<Head> {
    @Override
    public int compareTo(Head other) {
      return SpoolEntry.ORDER.compare(entry, other.entry);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Head head && entry.ordinal() == head.entry.ordinal();
    }

    @Override
    public int hashCode() {
      return Long.hashCode(entry.ordinal());
    }
  }
}
