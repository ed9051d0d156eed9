package org.healthbeam.bench.variant;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.Filters;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.Regions;
import org.healthbeam.core.variant.Totals;
import org.healthbeam.core.variant.VariantScan;
import org.healthbeam.core.variant.VcfHeader;

/** The scan of every axis as one loop over a file's lines, on one thread, without Beam. */
final class BareScan {
  private static final long WINDOW = 1_000_000;

  private final VcfHeader.Scan headerLines = new VcfHeader.Scan(OnInvalid.STRICT);
  private final VariantScan scan =
      new VariantScan(OnInvalid.STRICT, Filters.all(), Regions.windows(WINDOW));
  private final Totals totals = new Totals();
  private VcfHeader header;
  private long rows;

  private BareScan() {}

  /** Takes a VCF file; prints what it has counted. */
  public static void main(String[] args) throws IOException, RejectedException {
    BareScan bare = new BareScan();
    try (InputStream in = new GZIPInputStream(Files.newInputStream(Path.of(args[0])), 1 << 16)) {
      bare.read(in);
    }
    System.out.println(bare.rows + " alternates");
  }

  private void read(InputStream in) throws IOException, RejectedException {
    byte[] buffer = new byte[1 << 20];
    int filled = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer, filled, buffer.length - filled)) {
      filled += n;
      int from = 0;
      for (int end = lineEnd(buffer, 0, filled); end >= 0; end = lineEnd(buffer, from, filled)) {
        line(buffer, from, end);
        from = end + 1;
      }
      System.arraycopy(buffer, from, buffer, 0, filled - from);
      filled -= from;
      if (filled == buffer.length) {
        buffer = java.util.Arrays.copyOf(buffer, 2 * filled);
      }
    }
  }

  private void line(byte[] buffer, int from, int end) throws RejectedException {
    if (header != null) {
      scan.scan(buffer, from, end, header, totals, row -> rows++);
    } else if (headerLines.line(buffer, from, end)) {
      header = headerLines.header();
      totals.expect(header, "");
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
