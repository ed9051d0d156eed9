package org.healthbeam.bench.variant;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.Filters;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.Regions;
import org.healthbeam.core.variant.Totals;
import org.healthbeam.core.variant.VariantScan;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.core.variant.VcfHeader;
import org.healthbeam.io.bgzf.BgzfInputStream;
import org.healthbeam.io.bgzf.BlockInflater;
import org.healthbeam.io.bgzf.BlockWalk;

/**
 * The scan of every axis as a loop over the lines of a BGZF file, without Beam: on two threads,
 * with the inflater and the scan of the pipeline, each thread with totals of its own that are
 * merged at the end. It makes the summary of each alternate and writes none.
 */
final class BareScan {
  private static final long WINDOW = 1_000_000;
  private static final int THREADS = 2;
  private static final int PARTS = 32;

  private final Path file;
  private final VcfHeader header;
  private final long[] cuts;
  private final AtomicInteger next = new AtomicInteger();

  private BareScan(Path file, VcfHeader header, long size) {
    this.file = file;
    this.header = header;
    this.cuts = new long[PARTS + 1];
    for (int i = 0; i <= PARTS; i++) {
      cuts[i] = i == PARTS ? Long.MAX_VALUE : size * i / PARTS;
    }
  }

  /** Takes a BGZF file; prints what it has counted. */
  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[0]);
    BareScan bare = new BareScan(file, header(file), Files.size(file));
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Worker>> workers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        workers.add(threads.submit(bare::work));
      }
      Totals all = new Totals();
      long rows = 0;
      for (Future<Worker> worker : workers) {
        all.cohort().add(worker.get().totals.cohort());
        rows += worker.get().rows;
      }
      System.out.println(rows + " alternates");
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } finally {
      threads.shutdown();
    }
  }

  private static VcfHeader header(Path file) throws IOException, RejectedException {
    VcfHeader.Scan scan = new VcfHeader.Scan(OnInvalid.STRICT);
    byte[] line = new byte[1 << 16];
    try (InputStream in = new BgzfInputStream(Files.newInputStream(file))) {
      while (true) {
        int n = 0;
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
          line = n == line.length ? Arrays.copyOf(line, 2 * n) : line;
          line[n++] = (byte) b;
        }
        if (scan.line(line, 0, n)) {
          return scan.header();
        }
      }
    }
  }

  private Worker work() throws IOException, RejectedException {
    Worker worker = new Worker();
    try (BlockInflater inflater = BlockInflater.fastest()) {
      for (int i = next.getAndIncrement(); i < PARTS; i = next.getAndIncrement()) {
        worker.read(inflater, cuts[i], cuts[i + 1]);
      }
    }
    return worker;
  }

  /** What one thread does. */
  private final class Worker {
    private final VariantScan scan =
        new VariantScan(OnInvalid.STRICT, Filters.all(), Regions.windows(WINDOW));
    private final Totals totals = new Totals();
    private byte[] buffer = new byte[1 << 19];
    private int filled;
    private long rows;

    Worker() {
      totals.expect(header, "");
    }

    /** Scans the lines that begin behind a line feed of the blocks between two places. */
    void read(BlockInflater inflater, long from, long to) throws IOException, RejectedException {
      long start = Math.max(0, from - BlockWalk.LOOK_BACK);
      filled = 0;
      boolean inLine = from == 0;
      try (FileChannel channel = FileChannel.open(file);
          InputStream in = Channels.newInputStream(channel.position(start))) {
        BlockWalk walk = new BlockWalk(in, start, start == 0, to, inflater);
        walk.skipTo(from);
        while (walk.next() == BlockWalk.Step.BLOCK) {
          int end = walk.dataLength();
          int begin = 0;
          boolean beyond = walk.address() >= to;
          if (!inLine && beyond) {
            return;
          }
          if (!inLine || beyond) {
            int lineFeed = lineEnd(walk.data(), 0, end);
            begin = inLine || lineFeed < 0 ? 0 : lineFeed + 1;
            end = beyond && lineFeed >= 0 ? lineFeed + 1 : end;
            if (!inLine && lineFeed < 0) {
              continue;
            }
            inLine = true;
          }
          add(walk.data(), begin, end);
          if (beyond && end > 0 && walk.data()[end - 1] == '\n') {
            return;
          }
        }
      }
    }

    private void add(byte[] data, int begin, int end) throws RejectedException {
      int length = end - begin;
      if (filled + length > buffer.length) {
        buffer = Arrays.copyOf(buffer, 2 * (filled + length));
      }
      System.arraycopy(data, begin, buffer, filled, length);
      filled += length;
      VcfBlock block = new VcfBlock("", VcfBlock.Part.WHOLE, 1, header, buffer, filled);
      int from = 0;
      for (int to = block.lineEnd(0); to < filled; to = block.lineEnd(from)) {
        if (buffer[from] != '#') {
          scan.scan(buffer, from, to, header, totals, row -> rows++);
        }
        from = to + 1;
      }
      System.arraycopy(buffer, from, buffer, 0, filled - from);
      filled -= from;
    }
  }

  private static int lineEnd(byte[] buffer, int from, int to) {
    for (int i = from; i < to; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
