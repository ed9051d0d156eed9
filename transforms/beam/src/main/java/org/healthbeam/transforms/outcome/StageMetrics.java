package org.healthbeam.transforms.outcome;

import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.metrics.Metrics;

/**
 * Numbers of a stage beside its {@link Outcomes}, for those who run it: in the same namespace,
 * named {@code stage|name}. They are no part of the ledger.
 *
 * <p>Names say the unit, and never anything of a patient.
 */
public final class StageMetrics {
  private static final char SEPARATOR = '|';

  private StageMetrics() {}

  /**
   * {@return a number that rises and falls; the runner shows the last one that was set}
   *
   * @param stage as the ledger calls it
   * @param name of the metric
   */
  public static Gauge gauge(String stage, String name) {
    return Metrics.gauge(Outcomes.NAMESPACE, name(stage, name));
  }

  /**
   * {@return counts of how large numbers are}
   *
   * @param stage as the ledger calls it
   * @param name of the metric
   * @param bounds rising; so many numbers are at most as large as each is counted
   */
  public static Histogram histogram(String stage, String name, long... bounds) {
    return new Histogram(name(stage, name), bounds);
  }

  private static String name(String stage, String name) {
    if (stage.isEmpty() || stage.indexOf(SEPARATOR) >= 0) {
      throw new IllegalArgumentException("stage '" + stage + "' is empty or contains " + SEPARATOR);
    }
    if (!name.matches("[A-Za-z].+") || name.equals("in")) {
      throw new IllegalArgumentException(
          "name '" + name + "' does not begin with a letter, or is that of an outcome");
    }
    return stage + SEPARATOR + name;
  }
}
