package org.healthbeam.io.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.ListCoder;

/**
 * What one worker reads at a time: a range of a file, or several small files one after the other,
 * since to begin costs more than to read them. {@link RangeRecords} opens it.
 */
public final class FileRanges {
  private static final Coder<List<FileRange>> RANGES = ListCoder.of(FileRange.RangeCoder.of());

  private final List<FileRange> ranges;

  FileRanges(List<FileRange> ranges) {
    this.ranges = List.copyOf(ranges);
  }

  List<FileRange> ranges() {
    return ranges;
  }

  /**
   * Puts ranges together until they are this heavy.
   *
   * @param ranges in order
   */
  static List<FileRanges> together(List<FileRange> ranges, long weight) {
    List<FileRanges> all = new ArrayList<>();
    List<FileRange> some = new ArrayList<>();
    long sum = 0;
    for (FileRange range : ranges) {
      if (!some.isEmpty() && sum + range.weight() > weight) {
        all.add(new FileRanges(some));
        some.clear();
        sum = 0;
      }
      some.add(range);
      sum += range.weight();
    }
    if (!some.isEmpty()) {
      all.add(new FileRanges(some));
    }
    return all;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FileRanges that && ranges.equals(that.ranges);
  }

  @Override
  public int hashCode() {
    return ranges.hashCode();
  }

  @Override
  public String toString() {
    return ranges.size() == 1 ? ranges.get(0).toString() : ranges.size() + " ranges of files";
  }

  /** Encodes ranges, deterministically. */
  static final class RangesCoder extends AtomicCoder<FileRanges> {
    private static final long serialVersionUID = 1L;
    private static final RangesCoder INSTANCE = new RangesCoder();

    static RangesCoder of() {
      return INSTANCE;
    }

    @Override
    public void encode(FileRanges value, OutputStream out) throws IOException {
      RANGES.encode(value.ranges, out);
    }

    @Override
    public FileRanges decode(InputStream in) throws IOException {
      return new FileRanges(RANGES.decode(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
