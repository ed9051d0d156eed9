package org.healthbeam.core.variant;

/** Where the counters of one sample stand among its longs in {@link SampleTotals}. */
final class SampleLayout {
  /** Calls stand by {@link Call}, from the first on. */
  static final int CALLS = Call.count();

  /** Alternate alleles stand by {@link AlleleType}. */
  static final int BY_TYPE = CALLS;

  static final int SNP = BY_TYPE + AlleleType.SNP.index();
  static final int MNP = BY_TYPE + AlleleType.MNP.index();
  static final int INS = BY_TYPE + AlleleType.INSERTION.index();
  static final int DEL = BY_TYPE + AlleleType.DELETION.index();
  static final int COMPLEX = BY_TYPE + AlleleType.COMPLEX.index();
  static final int STAR = BY_TYPE + AlleleType.STAR.index();
  static final int SYMBOLIC = BY_TYPE + AlleleType.SYMBOLIC.index();
  static final int BREAKEND = BY_TYPE + AlleleType.BREAKEND.index();
  static final int TI = BREAKEND + 1;
  static final int TV = TI + 1;
  static final int SINGLETON = TV + 1;
  static final int PRIVATE = SINGLETON + 1;
  static final int HET_SITES = PRIVATE + 1;
  static final int LEFT_OUT_SITES = HET_SITES + 1;
  static final int LEFT_OUT_EXPECTED = LEFT_OUT_SITES + 1;
  static final int KNOWN = LEFT_OUT_EXPECTED + 1;
  static final int KNOWN_TI = KNOWN + 1;
  static final int KNOWN_TV = KNOWN_TI + 1;

  /** From here on moments: number, sum, and the sum of squares in two longs, the high one first. */
  static final int DEPTH = KNOWN_TV + 1;

  static final int QUALITY = DEPTH + 4;

  /** The longs of a sample. */
  static final int WIDTH = QUALITY + 4;

  /** Expected heterozygosities are summed as multiples of 2^-32: exactly, up to 2^31 sites. */
  static final double FIXED_POINT = 0x1p32;

  private SampleLayout() {}

  /**
   * {@return what a sample's counters come to}
   *
   * @param cells has its counters from {@code base} on
   * @param records how many records were counted
   * @param sites how many of these have an expected heterozygosity
   * @param expected what these come to
   */
  static SampleSummary summary(
      String name, long[] cells, int base, long records, long sites, long expected) {
    long kept = 0;
    for (int c = 0; c < CALLS; c++) {
      kept += cells[base + c];
    }
    long missing = cells[base + Call.MISSING.index()];
    long partial = cells[base + Call.PARTIAL.index()];
    return new SampleSummary(
        name,
        records - missing - partial,
        missing,
        partial,
        cells[base + Call.HOM_REF.index()] + records - kept,
        cells[base + Call.HET.index()],
        cells[base + Call.HOM_ALT.index()],
        cells[base + Call.HAP_REF.index()],
        cells[base + Call.HAP_ALT.index()],
        cells[base + SNP],
        cells[base + INS],
        cells[base + DEL],
        cells[base + MNP],
        cells[base + COMPLEX],
        cells[base + STAR],
        cells[base + SYMBOLIC] + cells[base + BREAKEND],
        cells[base + TI],
        cells[base + TV],
        cells[base + SINGLETON],
        cells[base + PRIVATE],
        (expected - cells[base + LEFT_OUT_EXPECTED]) / FIXED_POINT,
        cells[base + HET_SITES],
        sites - cells[base + LEFT_OUT_SITES],
        mean(cells, base + DEPTH, 1),
        sd(cells, base + DEPTH, 1),
        mean(cells, base + QUALITY, GenotypeScan.GQ_SCALE),
        sd(cells, base + QUALITY, GenotypeScan.GQ_SCALE),
        cells[base + KNOWN],
        cells[base + KNOWN_TI],
        cells[base + KNOWN_TV]);
  }

  private static double mean(long[] cells, int at, int scale) {
    return Moments.mean(cells[at], cells[at + 1], scale);
  }

  private static double sd(long[] cells, int at, int scale) {
    return Moments.sd(cells[at], cells[at + 1], cells[at + 2], cells[at + 3], scale);
  }
}
