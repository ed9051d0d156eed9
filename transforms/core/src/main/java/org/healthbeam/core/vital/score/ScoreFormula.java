package org.healthbeam.core.vital.score;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes a score from the values of its parameters, where it is no sum of points.
 *
 * <p>It is asked only when every parameter that counts has a value.
 */
@FunctionalInterface
public interface ScoreFormula extends Serializable {
  /**
   * {@return the score; the values are in the order of the definition's parameters}
   *
   * @param values in the kinds' units
   */
  double score(List<Double> values);

  /**
   * {@return the formula: one parameter's value divided by another's, by where they stand}
   *
   * @param dividend its place among the parameters, from 0
   * @param divisor its place among the parameters, from 0
   */
  static ScoreFormula ratio(int dividend, int divisor) {
    return values -> values.get(dividend) / values.get(divisor);
  }

  /**
   * {@return the formula: the values by their weights, added, and the sum divided}
   *
   * @param divisor not 0
   * @param weights one for each parameter; a parameter whose weight is 0 may be missing
   */
  static ScoreFormula weighted(double divisor, List<Double> weights) {
    List<Double> kept = new ArrayList<>(weights);
    return values -> {
      double sum = 0;
      for (int i = 0; i < kept.size(); i++) {
        // A value without weight may be missing.
        sum += kept.get(i) == 0 ? 0 : kept.get(i) * values.get(i);
      }
      return sum / divisor;
    };
  }
}
