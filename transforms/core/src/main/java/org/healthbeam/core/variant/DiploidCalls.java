package org.healthbeam.core.variant;

import static org.healthbeam.core.variant.SampleLayout.BY_TYPE;
import static org.healthbeam.core.variant.SampleLayout.HET_SITES;
import static org.healthbeam.core.variant.SampleLayout.KNOWN;
import static org.healthbeam.core.variant.SampleLayout.KNOWN_TI;
import static org.healthbeam.core.variant.SampleLayout.KNOWN_TV;
import static org.healthbeam.core.variant.SampleLayout.TI;
import static org.healthbeam.core.variant.SampleLayout.TV;
import static org.healthbeam.core.variant.SampleLayout.WIDTH;

/**
 * Diploid calls of records with one alternate that are not in the {@link SampleLayout cells} of
 * their samples yet: two ints for each sample and kind of alternate, heterozygotes and homozygotes.
 * A call touches one of them, and half a dozen cells.
 */
final class DiploidCalls {
  // What calls of records with one alternate have in common, as digits of one number.
  private static final int EXPECTED_KINDS = 2;
  private static final int SUBSTITUTION_KINDS = 3 * EXPECTED_KINDS;
  private static final int NOVELTY_KINDS = 2 * SUBSTITUTION_KINDS;
  private static final int KINDS = AlleleType.count() * NOVELTY_KINDS;
  private static final int MOST_RECORDS = 1 << 30;

  private final int[][] counts = new int[KINDS][];
  private int records;

  /** Counts the calls of a record, which are not of the reference only. */
  void add(ScannedRecord r, boolean isExpected, int samples) {
    GenotypeScan g = r.genotypes;
    int substitution = r.substitutions[1];
    int kind = r.types[1].index() * NOVELTY_KINDS;
    kind += r.novelty[1] == Novelty.KNOWN ? SUBSTITUTION_KINDS : 0;
    if (substitution >= 0) {
      kind += (AlleleType.isTransition(substitution) ? 1 : 2) * EXPECTED_KINDS;
    }
    kind += isExpected ? 1 : 0;
    if (counts[kind] == null) {
      counts[kind] = new int[2 * samples];
    }
    int[] ofKind = counts[kind];
    int homozygous = Call.HOM_ALT.index();
    for (int k = 0; k < g.kept; k++) {
      ofKind[2 * g.keptSample[k] + (g.keptCall[k] == homozygous ? 1 : 0)]++;
    }
    records++;
  }

  /** {@return whether one record more could be too many for a count} */
  boolean isFull() {
    return records == MOST_RECORDS;
  }

  /** Puts all counts into the cells, and begins anew. */
  void foldInto(long[] cells) {
    for (int kind = 0; kind < KINDS && records > 0; kind++) {
      int[] ofKind = counts[kind];
      for (int s = 0; ofKind != null && 2 * s < ofKind.length; s++) {
        fold(kind, ofKind[2 * s], ofKind[2 * s + 1], cells, s * WIDTH);
      }
      counts[kind] = null;
    }
    records = 0;
  }

  private static void fold(int kind, int het, int hom, long[] cells, int base) {
    long calls = het + 2L * hom;
    cells[base + Call.HET.index()] += het;
    cells[base + Call.HOM_ALT.index()] += hom;
    cells[base + BY_TYPE + kind / NOVELTY_KINDS] += calls;
    boolean known = kind / SUBSTITUTION_KINDS % 2 == 1;
    cells[base + KNOWN] += known ? calls : 0;
    int substitution = kind / EXPECTED_KINDS % 3;
    if (substitution > 0) {
      cells[base + (substitution == 1 ? TI : TV)] += calls;
      cells[base + (substitution == 1 ? KNOWN_TI : KNOWN_TV)] += known ? calls : 0;
    }
    cells[base + HET_SITES] += kind % EXPECTED_KINDS == 1 ? het : 0;
  }
}
