package org.healthbeam.core.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** What holds of any bytes that are scanned as a VCF, for the fuzz. */
public final class AnyVcf {
  private static final long WINDOW = 1000;

  private AnyVcf() {}

  /** Scans it skipping and repairing, and says whether a record was counted. */
  public static boolean check(byte[] bytes) throws IOException {
    boolean counted = false;
    for (OnInvalid policy : new OnInvalid[] {OnInvalid.SKIP, OnInvalid.REPAIR}) {
      VcfText scanned = VcfText.scan(bytes, policy, Filters.all(), Regions.windows(WINDOW));
      if (scanned.header != null) {
        checkLaws(scanned, linesBehindTheHeader(bytes));
        counted |= !scanned.outcomes.isEmpty();
      }
    }
    return counted;
  }

  private static void checkLaws(VcfText scanned, long lines) throws IOException {
    assertEquals(lines, scanned.outcomes.size() + scanned.rejects.size(), "lines");
    SiteTotals sites = scanned.totals.cohort().sites();
    long kept =
        scanned.outcomes.stream()
            .filter(o -> o == VariantScan.Outcome.COUNTED || o == VariantScan.Outcome.REPAIRED)
            .count();
    assertEquals(kept, sites.get(SiteCounter.RECORDS), "records");
    assertEquals(
        kept * scanned.header.samples().size(),
        sites.get(SiteCounter.CALLED)
            + sites.get(SiteCounter.MISSING)
            + sites.get(SiteCounter.PARTIAL),
        "genotypes");
    SiteTotals byWindow = new SiteTotals();
    scanned.totals.regions().values().forEach(byWindow::add);
    assertEquals(sites, byWindow, "windows");
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    scanned.totals.cohort().write(new DataOutputStream(written));
    CohortTotals read =
        CohortTotals.read(new DataInputStream(new ByteArrayInputStream(written.toByteArray())));
    assertEquals(scanned.totals.cohort(), read, "as it was written");
  }

  /** The header ends with the first line that begins with its last line's name. */
  private static long linesBehindTheHeader(byte[] bytes) {
    byte[] name = {'#', 'C', 'H', 'R', 'O', 'M', '\t'};
    long lines = -1;
    for (int from = 0, to; from < bytes.length; from = to + 1) {
      to = from;
      while (to < bytes.length && bytes[to] != '\n') {
        to++;
      }
      if (lines >= 0) {
        lines++;
      } else if (to - from >= name.length
          && Arrays.equals(bytes, from, from + name.length, name, 0, name.length)) {
        lines = 0;
      }
    }
    return lines;
  }
}
