package org.healthbeam.transforms.vital.block;

import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.healthbeam.core.vital.ReadingSeries;
import org.healthbeam.transforms.outcome.Outcomes;

/** Counts what became of a series' readings. */
public final class SeriesOutcomes {
  private SeriesOutcomes() {}

  /**
   * Counts all readings that were added to a series, once for ever.
   *
   * @param series that is told
   * @param window it is told in
   * @param outcomes of the stage
   */
  public static void count(ReadingSeries series, BoundedWindow window, Outcomes outcomes) {
    outcomes.in(series.added(), window);
    outcomes.out(Outcomes.PASSED, series.size());
    count("duplicate", series.duplicates(), outcomes);
    count("superseded", series.superseded(), outcomes);
    count("withdrawn", series.withdrawn(), outcomes);
    count("withdrawal", series.withdrawals(), outcomes);
    count("artefact", series.artefacts(), outcomes);
  }

  private static void count(String outcome, long n, Outcomes outcomes) {
    if (n > 0) {
      outcomes.out(outcome, n);
    }
  }
}
