package org.healthbeam.core.variant;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.SortedMap;

/**
 * How many alternates have which p-value of the exact test, in hundredths of −log10 p: of those of
 * which some and not all alleles are the alternate, since else p is 1 whatever happens.
 *
 * <p>Its size is bounded: p below 1e-330 counts as that.
 */
final class HardyWeinbergTotals {
  /** Hundredths. */
  static final int STEPS = 100;

  private static final int MOST = 330 * STEPS;

  private final Histogram exact = new Histogram(0, MOST);
  private final Histogram midP = new Histogram(0, MOST);
  private long lastRest = -1;
  private long lastHet;
  private long lastHom;
  private int lastExact;
  private int lastMidP;

  /** Counts the alternates of a record. */
  void add(ScannedRecord r) {
    GenotypeScan g = r.genotypes;
    if (!g.counted || g.diploid == 0) {
      return;
    }
    for (int i = 1; i < g.alleles; i++) {
      if (r.types[i].isVariant() && g.ac[i] > 0 && g.ac[i] < g.an) {
        long hom = g.diploidHom[i];
        long het = g.diploidHet[i];
        long rest = g.diploid - hom - het;
        // Of few samples nearly all alternates have the same.
        if (rest != lastRest || het != lastHet || hom != lastHom) {
          lastRest = rest;
          lastHet = het;
          lastHom = hom;
          HardyWeinberg test = HardyWeinberg.of(rest, het, hom);
          lastExact = hundredths(test.exact());
          lastMidP = hundredths(test.midP());
        }
        exact.add(lastExact);
        midP.add(lastMidP);
      }
    }
  }

  private static int hundredths(double p) {
    return p == 0 ? MOST : (int) Math.min(MOST, Math.round(-Math.log10(p) * STEPS));
  }

  void add(HardyWeinbergTotals other) {
    exact.add(other.exact);
    midP.add(other.midP);
  }

  /** Takes out all that another has counted. */
  void subtract(HardyWeinbergTotals other) {
    exact.subtract(other.exact);
    midP.subtract(other.midP);
  }

  SortedMap<Integer, Long> exact() {
    return exact.counts();
  }

  SortedMap<Integer, Long> midP() {
    return midP.counts();
  }

  void write(DataOutput out) throws IOException {
    exact.write(out);
    midP.write(out);
  }

  void readFrom(DataInput in) throws IOException {
    exact.readFrom(in);
    midP.readFrom(in);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HardyWeinbergTotals that
        && exact.equals(that.exact)
        && midP.equals(that.midP);
  }

  @Override
  public int hashCode() {
    return 31 * exact.hashCode() + midP.hashCode();
  }

  @Override
  public String toString() {
    return "HardyWeinbergTotals(" + midP + ")";
  }
}
