package org.healthbeam.core.variant;

/**
 * Reads genotypes of two alleles two at a time: {@code 0|0}, {@code 0|1}, {@code 1|0}, {@code 1|1},
 * all phased or all not, each with a tab behind it.
 */
final class BiallelicRun {
  /** The lowest bits of the four digits, by which 0 and 1 differ. */
  private static final long DIGITS = 0x0001000100010001L;

  private static final byte HET = (byte) Call.HET.index();
  private static final byte HOM_ALT = (byte) Call.HOM_ALT.index();

  private int het;
  private int homAlt;

  void clear() {
    het = 0;
    homAlt = 0;
  }

  /**
   * Reads as many as there are, or one less, and keeps those that are not {@code 0/0}.
   *
   * @param sample whose genotype is the first
   * @param most how many to read at most
   * @return how many were read
   */
  int read(byte[] b, int from, int to, int sample, int most, GenotypeScan into) {
    if (from + 8 > to || most < 2) {
      return 0;
    }
    into.reserve(2 * most);
    final long pair = Bytes.homRefPair(b[from + 1]);
    final int[] keptSample = into.keptSample;
    final byte[] keptCall = into.keptCall;
    final int[] keptFrom = into.keptFrom;
    final int[] keptAlleles = into.keptAlleles;
    int kept = into.kept;
    int allele = keptFrom[kept];
    int at = from;
    int n = 0;
    for (; n + 2 <= most && at + 8 <= to; n += 2, at += 8) {
      long other = Bytes.eight(b, at) ^ pair;
      if (other == 0) {
        // Most are, so four pairs at a time.
        while (n + 10 <= most && at + 40 <= to && isHomRef(b, at + 8, pair)) {
          n += 8;
          at += 32;
        }
        continue;
      }
      if ((other & ~DIGITS) != 0) {
        break;
      }
      int first = (int) ((other & 1) | ((other >>> 15) & 2));
      int second = (int) (((other >>> 32) & 1) | ((other >>> 47) & 2));
      for (int i = 0; i < 2; i++) {
        int alternates = i == 0 ? first : second;
        if (alternates != 0) {
          boolean hom = alternates == 3;
          homAlt += hom ? 1 : 0;
          het += hom ? 0 : 1;
          keptSample[kept] = sample + n + i;
          keptCall[kept] = hom ? HOM_ALT : HET;
          keptAlleles[allele] = alternates & 1;
          keptAlleles[allele + 1] = alternates >> 1;
          allele += 2;
          keptFrom[++kept] = allele;
        }
      }
    }
    into.kept = kept;
    return n;
  }

  private static boolean isHomRef(byte[] b, int at, long pair) {
    return ((Bytes.eight(b, at) ^ pair)
            | (Bytes.eight(b, at + 8) ^ pair)
            | (Bytes.eight(b, at + 16) ^ pair)
            | (Bytes.eight(b, at + 24) ^ pair))
        == 0;
  }

  /** Adds what was read to the counts of the record. */
  void addTo(GenotypeScan g) {
    if (het + homAlt == 0) {
      return;
    }
    g.calls[HET] += het;
    g.calls[HOM_ALT] += homAlt;
    g.ac[0] += het;
    g.ac[1] += het + 2L * homAlt;
    g.carriers[0] += het;
    g.carriers[1] += het + homAlt;
    g.hom[1] += homAlt;
    g.diploidHom[1] += homAlt;
    g.diploidHet[0] += het;
    g.diploidHet[1] += het;
    g.diploid += het + homAlt;
    g.ploidies[2] += het + homAlt;
  }
}
