package org.healthbeam.core.variant.compat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import javax.annotation.Nullable;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.Filters;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.Regions;
import org.healthbeam.core.variant.Totals;
import org.healthbeam.core.variant.VariantScan;
import org.healthbeam.core.variant.VcfHeader;

/** What we say of a whole file, as tests need it. */
final class CompatRun {
  final CompatTotals totals = new CompatTotals(EnumSet.allOf(Compat.class));
  final List<SiteCounts> sites = new ArrayList<>();

  /** Where lines were rejected, by their first byte, and why. */
  final Map<Integer, String> rejects = new TreeMap<>();

  /** The header and the records that were counted, as they stand. */
  final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  @Nullable private VcfHeader header;

  private CompatRun() {}

  static CompatRun of(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      bytes =
          file.toString().endsWith("gz")
              ? new GZIPInputStream(in, 1 << 16).readAllBytes()
              : in.readAllBytes();
    }
    return of(bytes);
  }

  static CompatRun of(byte[] bytes) {
    CompatRun run = skipping(bytes);
    run.rejects.forEach(
        (at, detail) -> {
          throw new AssertionError(detail + " at byte " + at);
        });
    return run;
  }

  /** Leaves out what is rejected. */
  static CompatRun skipping(byte[] bytes) {
    CompatRun run = new CompatRun();
    run.totals.sitesTo(run.sites::add);
    Totals all = new Totals(List.of(run.totals));
    VcfHeader.Scan head = new VcfHeader.Scan(OnInvalid.SKIP);
    VariantScan scan = new VariantScan(OnInvalid.SKIP, Filters.all(), Regions.none());
    for (int from = 0, to; from < bytes.length; from = to + 1) {
      to = from;
      while (to < bytes.length && bytes[to] != '\n') {
        to++;
      }
      try {
        if (run.header != null) {
          scan.scan(bytes, from, to, run.header, all, row -> {});
        } else if (head.line(bytes, from, to)) {
          run.header = head.header();
          all.expect(run.header, "test.vcf");
        }
        run.kept.write(bytes, from, to - from);
        run.kept.write('\n');
      } catch (RejectedException e) {
        run.rejects.put(from, e.detail());
        if (run.header == null) {
          return run;
        }
      }
    }
    if (run.header == null) {
      try {
        head.header();
      } catch (RejectedException e) {
        run.rejects.put(bytes.length, e.detail());
      }
    }
    return run;
  }

  boolean hasHeader() {
    return header != null;
  }

  int samples() {
    return header.samples().size();
  }

  List<String> rows(SiteTable table) {
    return sites.stream().flatMap(site -> table.rows(site).stream()).toList();
  }

  List<String> lines(TotalsTable table) {
    return table.lines(totals, "a.vcf", name -> name);
  }
}
