package org.healthbeam.core.vital.score;

/**
 * What one parameter contributed to a score.
 *
 * @param points its points; negative if there are none: the value is missing, its points depend on
 *     another one that is, or it goes into a formula
 * @param value the value as in files; empty if missing
 * @param ageSeconds how long before the score's time it was measured; NaN if missing
 */
public record ScoreParameter(int points, String value, double ageSeconds) {
  /** Stands where a parameter has no value. */
  public static final ScoreParameter MISSING = new ScoreParameter(-1, "", Double.NaN);

  /** {@return whether there is no value} */
  public boolean isMissing() {
    return value.isEmpty();
  }

  /** {@return whether there are points} */
  public boolean hasPoints() {
    return points >= 0;
  }

  /** Hides the value: it is a patient's. */
  @Override
  public String toString() {
    return "ScoreParameter";
  }
}
