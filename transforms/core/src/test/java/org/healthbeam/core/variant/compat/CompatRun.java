package org.healthbeam.core.variant.compat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.zip.GZIPInputStream;
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
    CompatRun run = new CompatRun();
    run.totals.sitesTo(run.sites::add);
    Totals all = new Totals(List.of(run.totals));
    VcfHeader.Scan head = new VcfHeader.Scan(OnInvalid.STRICT);
    VariantScan scan = new VariantScan(OnInvalid.SKIP, Filters.all(), Regions.none());
    boolean inHeader = true;
    for (int from = 0, to; from < bytes.length; from = to + 1) {
      to = from;
      while (to < bytes.length && bytes[to] != '\n') {
        to++;
      }
      try {
        if (!inHeader) {
          scan.scan(bytes, from, to, head.header(), all, row -> {});
        } else if (head.line(bytes, from, to)) {
          inHeader = false;
          all.expect(head.header(), "test.vcf");
        }
      } catch (RejectedException e) {
        throw new AssertionError(e.detail() + " at byte " + from, e);
      }
    }
    return run;
  }

  List<String> rows(SiteTable table) {
    return sites.stream().flatMap(site -> table.rows(site).stream()).toList();
  }

  List<String> lines(TotalsTable table) {
    return table.lines(totals, "a.vcf", name -> name);
  }
}
