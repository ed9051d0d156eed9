package org.healthbeam.io.text;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.transforms.outcome.InputWork;

/**
 * Files to ranges that can be read in parallel, with line numbers that do not depend on how many
 * ranges there are.
 *
 * <p>Plain files of lines, and sequence files, are cut into ranges of {@code rangeBytes}; of lines,
 * where there are several, the newlines of each are counted first, in parallel. Compressed files,
 * JSON documents and messages are one range. What is smaller is put together up to about so many
 * bytes; which files come together follows from their names, so that few files stay apart and are
 * read in parallel.
 *
 * <p>Memory: the ranges of one of {@value #SHARDS} shards of files.
 */
final class PlanRanges extends PTransform<PCollection<String>, PCollection<FileRanges>> {
  private static final long serialVersionUID = 1L;

  private static final int SHARDS = 64;

  /** To open a file is as much work as to read so many bytes. */
  private static final long OPENING = 1 << 12;

  /** Compressed text is so much longer, about. */
  private static final int INFLATED = 8;

  private final boolean json;
  private final long rangeBytes;

  PlanRanges(boolean json, long rangeBytes) {
    this.json = json;
    this.rangeBytes = rangeBytes;
  }

  @Override
  public PCollection<FileRanges> expand(PCollection<String> patterns) {
    return patterns
        .apply(
            "Match files", FileIO.matchAll().withEmptyMatchTreatment(EmptyMatchTreatment.DISALLOW))
        .apply("Cut files", ParDo.of(new CutFile(json, rangeBytes)))
        .setCoder(FileRange.RangeCoder.of())
        .apply("Spread ranges", Reshuffle.viaRandomKey())
        .apply("Count lines", ParDo.of(new CountNewlines()))
        .setCoder(KvCoder.of(VarIntCoder.of(), FileRange.RangeCoder.of()))
        // A grouping would give its output the end of time, and whoever sets event times on the
        // records would be behind the watermark with all of them.
        .apply(
            "Keep the beginning of time",
            Window.<KV<Integer, FileRange>>configure()
                .withTimestampCombiner(TimestampCombiner.EARLIEST))
        .apply("Ranges of some files", GroupByKey.create())
        .apply("Number lines", ParDo.of(new NumberLines(rangeBytes)))
        .setCoder(FileRanges.RangesCoder.of())
        .apply(
            "As others group",
            Window.<FileRanges>configure().withTimestampCombiner(TimestampCombiner.END_OF_WINDOW))
        .apply("Spread numbered ranges", Reshuffle.viaRandomKey());
  }

  static final class CutFile extends DoFn<MatchResult.Metadata, FileRange> {
    private static final long serialVersionUID = 1L;
    private final boolean json;
    private final long rangeBytes;

    CutFile(boolean json, long rangeBytes) {
      this.json = json;
      this.rangeBytes = rangeBytes;
    }

    @ProcessElement
    public void process(@Element MatchResult.Metadata file, OutputReceiver<FileRange> receiver)
        throws IOException {
      String name = file.resourceId().toString();
      SniffedFile.Compression compression;
      Framing framing;
      try (SniffedFile sniffed = SniffedFile.open(file.resourceId())) {
        compression = sniffed.compression();
        framing = Framing.of(name, json, new BufferedInputStream(sniffed.stream(), 1 << 16));
      } catch (FileSystemException e) {
        if (!e.isNoPermission()) {
          throw e;
        }
        receiver.output(FileRange.whole(name, Framing.LINES, OPENING));
        return;
      } catch (IOException damaged) {
        // The stage that reads it says what is wrong, once, with its place.
        receiver.output(FileRange.whole(name, Framing.LINES, OPENING));
        return;
      }
      boolean cut =
          (framing == Framing.LINES || (framing == Framing.SEQUENCE && isSound(file)))
              && compression == SniffedFile.Compression.PLAIN
              && file.isReadSeekEfficient()
              && file.sizeBytes() > rangeBytes;
      if (!cut) {
        boolean plain = compression == SniffedFile.Compression.PLAIN;
        long weight = OPENING + file.sizeBytes() * (plain ? 1 : INFLATED);
        receiver.output(FileRange.whole(name, framing, weight));
        return;
      }
      int index = 0;
      for (long start = 0; start < file.sizeBytes(); start += rangeBytes) {
        long end = start + rangeBytes < file.sizeBytes() ? start + rangeBytes : FileRange.WHOLE;
        receiver.output(new FileRange(name, index++, start, end, 0, framing, rangeBytes));
      }
    }
  }

  /** A file whose header cannot be read is rejected once, so it is one range. */
  private static boolean isSound(MatchResult.Metadata file) throws IOException {
    try {
      SequenceHeader.of(file.resourceId());
      return true;
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException unreadable) {
      return false;
    }
  }

  /** Puts into each range that is not its file's last how many newlines the range has. */
  static final class CountNewlines extends DoFn<FileRange, KV<Integer, FileRange>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element FileRange range, OutputReceiver<KV<Integer, FileRange>> receiver)
        throws IOException {
      boolean counted = range.end() != FileRange.WHOLE && range.framing() == Framing.LINES;
      long newlines = counted ? count(range) : 0;
      int shard = Math.floorMod(range.file().hashCode(), SHARDS);
      receiver.output(KV.of(shard, range.after(newlines)));
    }

    private static long count(FileRange range) throws IOException {
      byte[] buffer = new byte[1 << 16];
      long newlines = 0;
      try (SeekableByteChannel channel =
          (SeekableByteChannel)
              SniffedFile.openChannel(FileSystems.matchNewResource(range.file(), false))) {
        channel.position(range.start());
        InputStream in = Channels.newInputStream(channel);
        long left = range.end() - range.start();
        while (left > 0) {
          int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
          if (n < 0) {
            break;
          }
          newlines += ByteScan.count(buffer, (byte) '\n', 0, n);
          left -= n;
        }
      }
      return newlines;
    }
  }

  /** Numbers the lines of each file, and puts small ranges together. */
  static final class NumberLines extends DoFn<KV<Integer, Iterable<FileRange>>, FileRanges> {
    private static final long serialVersionUID = 1L;

    private final long bytesTogether;

    NumberLines(long bytesTogether) {
      this.bytesTogether = bytesTogether;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<FileRange>> shard, OutputReceiver<FileRanges> receiver) {
      List<FileRange> ranges =
          new ArrayList<>(StreamSupport.stream(shard.getValue().spliterator(), false).toList());
      ranges.sort(Comparator.comparing(FileRange::file).thenComparingInt(FileRange::index));
      List<FileRange> numbered = new ArrayList<>();
      long before = 0;
      String file = "";
      int last = -1;
      for (FileRange range : ranges) {
        if (!range.file().equals(file)) {
          file = range.file();
          before = 0;
          last = -1;
        }
        if (range.index() == last) {
          // The same file matched by two patterns is one input.
          continue;
        }
        last = range.index();
        numbered.add(range.after(before));
        before += range.newlinesBefore();
      }
      InputWork.planned(numbered.stream().mapToLong(FileRange::weight).sum());
      FileRanges.together(numbered, bytesTogether).forEach(receiver::output);
    }
  }
}
