package org.healthbeam.core.unit;

import java.math.BigDecimal;
import java.math.MathContext;
import javax.annotation.Nullable;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;

/**
 * The compiled conversion of one pair of units; immutable.
 *
 * <p>Between proportional and shifted scales it is one exact linear function. A logarithmic scale
 * adds its function or the inverse, {@code last(function(middle(inverse(first(x)))))}, and the
 * result is rounded to 14 significant digits.
 */
final class Conversion {
  /** What is left of a double's 53 bits after a power and a logarithm. */
  private static final MathContext CURVED_PRECISION = new MathContext(14);

  private static final LinearConversion SAME = new LinearConversion(Rational.ONE, Rational.ZERO);

  private final LinearConversion first;
  @Nullable private final SpecialFunction inverse;
  private final LinearConversion middle;
  @Nullable private final SpecialFunction function;
  private final LinearConversion last;
  private final boolean repaired;

  private Conversion(
      LinearConversion first,
      @Nullable SpecialFunction inverse,
      LinearConversion middle,
      @Nullable SpecialFunction function,
      LinearConversion last,
      boolean repaired) {
    this.first = first;
    this.inverse = inverse;
    this.middle = middle;
    this.function = function;
    this.last = last;
    this.repaired = repaired;
  }

  /**
   * Compiles the conversion of commensurable units.
   *
   * @param per how many base units of {@code to} there are for one base unit of {@code from}; 1
   *     unless the two differ by an analyte's molar mass
   */
  static Conversion between(Unit from, Unit to, Rational per, boolean repaired) {
    SpecialFunction inverse = curve(from);
    SpecialFunction function = curve(to);
    if (inverse != null && inverse == function && from.factor().equals(to.factor())) {
      return linear(from.scale().over(to.scale()), Rational.ZERO, repaired);
    }
    // A straight scale: base = slope * x + shift.
    Rational slope = inverse == null ? from.factor().times(from.scale()) : from.factor();
    Rational shift = inverse == null ? shift(from) : Rational.ZERO;
    Rational toSlope = function == null ? to.factor().times(to.scale()) : to.factor();
    Rational toShift = function == null ? shift(to) : Rational.ZERO;
    Rational factor = slope.times(per).over(toSlope);
    Rational offset = shift.times(per).minus(toShift).over(toSlope);
    if (inverse == null && function == null) {
      return linear(factor, offset, repaired);
    }
    return new Conversion(
        new LinearConversion(inverse == null ? Rational.ONE : from.scale(), Rational.ZERO),
        inverse,
        new LinearConversion(factor, offset),
        function,
        new LinearConversion(
            function == null ? Rational.ONE : Rational.ONE.over(to.scale()), Rational.ZERO),
        repaired);
  }

  private static Conversion linear(Rational factor, Rational offset, boolean repaired) {
    return new Conversion(SAME, null, new LinearConversion(factor, offset), null, SAME, repaired);
  }

  @Nullable
  private static SpecialFunction curve(Unit unit) {
    SpecialFunction function = unit.function();
    return function == null || function.isShift() ? null : function;
  }

  private static Rational shift(Unit unit) {
    SpecialFunction function = unit.function();
    return function == null ? Rational.ZERO : function.zero().times(unit.factor());
  }

  /**
   * Converts one value.
   *
   * @throws RejectedException if the value is not finite, or outside what the scale can express
   */
  Converted apply(double value) throws RejectedException {
    if (!Double.isFinite(value)) {
      throw new RejectedException(RejectReason.INVALID_VALUE, "the value is not a finite number");
    }
    double x = value;
    if (inverse != null) {
      x = finite(inverse.fromScale(first.apply(x)));
    }
    x = middle.apply(x);
    if (function != null) {
      x = last.apply(finite(function.toScale(x)));
    }
    boolean curved = inverse != null || function != null;
    return new Converted(curved ? rounded(finite(x)) : finite(x), repaired);
  }

  private static double rounded(double x) {
    return BigDecimal.valueOf(x).round(CURVED_PRECISION).doubleValue();
  }

  private static double finite(double x) throws RejectedException {
    if (!Double.isFinite(x)) {
      throw new RejectedException(
          RejectReason.INVALID_VALUE, "the value cannot be expressed in the unit that is wanted");
    }
    return x;
  }
}
