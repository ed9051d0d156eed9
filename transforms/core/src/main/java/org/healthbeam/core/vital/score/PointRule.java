package org.healthbeam.core.vital.score;

import java.io.Serializable;

/** Turns a value in its kind's canonical unit into points, 0 or more. */
@FunctionalInterface
public interface PointRule extends Serializable {
  /**
   * {@return the points of a value; for a coded kind the value is the rank of the code}
   *
   * @param value a number in the kind's unit, never NaN
   */
  int points(double value);
}
