package org.healthbeam.core.unit;

import javax.annotation.Nullable;

/**
 * What a term means: a multiple of base units, possibly on a special scale.
 *
 * <p>For a special unit, {@code factor} is that of its proper unit, and {@code scale} what the
 * numbers on the special scale are multiplied by before the function's inverse: 1/10 for a decibel.
 *
 * @param factor how many of the base units of {@code dimension}
 * @param dimension what it measures
 * @param moles how often {@code mol} stands in the term itself: the substance side of a mass to
 *     substance conversion, since UCUM counts the mole among the pure numbers
 * @param equivalents how often {@code eq} stands in it
 * @param scale 1 unless the unit is special
 * @param function of a special unit, or null
 */
record Unit(
    Rational factor,
    Dimension dimension,
    int moles,
    int equivalents,
    Rational scale,
    @Nullable SpecialFunction function) {
  static final Unit UNITY = of(Rational.ONE, Dimension.NONE);

  static Unit of(Rational factor, Dimension dimension) {
    return new Unit(factor, dimension, 0, 0, Rational.ONE, null);
  }

  boolean isSpecial() {
    return function != null;
  }
}
