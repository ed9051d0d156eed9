package org.healthbeam.core.variant;

/**
 * How well diploid genotypes fit the Hardy–Weinberg equilibrium, by the exact test over the number
 * of heterozygotes given the alleles (Levene–Haldane; Wigginton, Cutler and Abecasis 2005).
 *
 * <p>The values are functions of three integers and computed in one order, so they are the same
 * wherever they are computed. All are NaN where there is no diploid call.
 *
 * @param expectedHet expected share of heterozygotes, {@code nA·nB/(2n−1)/n}
 * @param inbreeding {@code 1 − observed/expected}; NaN where nothing is expected
 * @param exact the probability of what is as likely or less
 * @param midP the probability of what is less likely, and half of what is as likely
 * @param excessHet the probability of as many heterozygotes or more
 * @param excessHetMidP the probability of more heterozygotes, and half of that of as many
 */
public record HardyWeinberg(
    double expectedHet,
    double inbreeding,
    double exact,
    double midP,
    double excessHet,
    double excessHetMidP) {

  private static final HardyWeinberg NONE =
      new HardyWeinberg(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /**
   * Beyond what rounding adds up to in a walk over millions of steps, below any true difference.
   */
  private static final double TIE = 1e-10;

  /**
   * What was computed before: most alternates are rare and have genotypes like others, and each is
   * asked for more than once. Threads share it without a lock, since each entry is immutable.
   */
  private static final Remembered[] REMEMBERED = new Remembered[1 << 12];

  private record Remembered(long rr, long ra, long aa, HardyWeinberg test) {}

  /**
   * Tests {@code rr} and {@code aa} homozygotes of two alleles against {@code ra} of both.
   *
   * @param rr diploid homozygotes of one allele, 0 or more
   * @param ra diploid heterozygotes, 0 or more
   * @param aa diploid homozygotes of the other allele, 0 or more
   * @return the values, all NaN where the three are 0
   */
  public static HardyWeinberg of(long rr, long ra, long aa) {
    int place = (int) ((rr * 31 + ra) * 31 + aa) & (REMEMBERED.length - 1);
    Remembered before = REMEMBERED[place];
    if (before != null && before.rr == rr && before.ra == ra && before.aa == aa) {
      return before.test;
    }
    HardyWeinberg test = compute(rr, ra, aa);
    REMEMBERED[place] = new Remembered(rr, ra, aa, test);
    return test;
  }

  private static HardyWeinberg compute(long rr, long ra, long aa) {
    long n = rr + ra + aa;
    if (n == 0) {
      return NONE;
    }
    long rare = ra + 2 * Math.min(rr, aa);
    long common = 2 * n - rare;
    double expected = (double) rare * common / (2.0 * n - 1) / n;
    double inbreeding = expected > 0 ? 1 - (double) ra / n / expected : Double.NaN;

    double[] p = likelihoods(rare, common);
    int observed = (int) (ra / 2);
    double atObserved = p[observed];
    double all = 0;
    double less = 0;
    double ties = 0;
    double more = 0;
    for (int i = 0; i < p.length; i++) {
      all += p[i];
      if (Math.abs(p[i] - atObserved) <= TIE * atObserved) {
        ties += p[i];
      } else if (p[i] < atObserved) {
        less += p[i];
      }
      if (i >= observed) {
        more += p[i];
      }
    }
    return new HardyWeinberg(
        expected,
        inbreeding,
        Math.min(1, (less + ties) / all),
        Math.min(1, (less + ties / 2) / all),
        Math.min(1, more / all),
        Math.min(1, (more - atObserved / 2) / all));
  }

  /**
   * Relative to the mode, from which the walk starts so that only what is negligible underflows.
   */
  private static double[] likelihoods(long rare, long common) {
    int parity = (int) (rare % 2);
    double[] p = new double[(int) (rare / 2) + 1];
    int mode = (int) Math.min(p.length - 1, (long) ((double) rare * common / (rare + common)) / 2);
    p[mode] = 1;
    // Beyond a likelihood of zero there is nothing else.
    for (int i = mode; i + 1 < p.length && p[i] > 0; i++) {
      double h = 2.0 * i + parity;
      p[i + 1] = p[i] * ((rare - h) * (common - h)) / ((h + 2) * (h + 1));
    }
    for (int i = mode; i > 0 && p[i] > 0; i--) {
      double h = 2.0 * (i - 1) + parity;
      p[i - 1] = p[i] * ((h + 2) * (h + 1)) / ((rare - h) * (common - h));
    }
    return p;
  }
}
