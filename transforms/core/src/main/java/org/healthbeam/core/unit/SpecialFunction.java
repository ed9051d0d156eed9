package org.healthbeam.core.unit;

import java.util.function.DoubleUnaryOperator;

/**
 * The functions of special units (UCUM sections 21 and 22): from the number of proper units to the
 * number on the special scale, and back.
 *
 * <p>Three of them are shifts and stay exact. The others use {@link StrictMath}, so that every
 * machine gives the same bits.
 */
@SuppressWarnings("ImmutableEnumChecker") // a record of BigIntegers and functions without state
enum SpecialFunction {
  CELSIUS("Cel", "273.15"),
  FAHRENHEIT("degF", "459.67"),
  REAUMUR("degRe", "218.52"),
  PH("pH", x -> -StrictMath.log10(x), r -> pow(10, -r)),
  LN("ln", StrictMath::log, StrictMath::exp),
  LG("lg", StrictMath::log10, r -> pow(10, r)),
  LG_TIMES_2("lgTimes2", x -> 2 * StrictMath.log10(x), r -> pow(10, r / 2)),
  LD("ld", x -> StrictMath.log(x) / StrictMath.log(2), r -> pow(2, r)),
  TAN_100("100tan", x -> 100 * StrictMath.tan(x), r -> StrictMath.atan(r / 100)),
  SQRT("sqrt", StrictMath::sqrt, r -> r * r),
  HOMEOPATHIC_X("hpX", x -> -StrictMath.log10(x), r -> pow(10, -r)),
  HOMEOPATHIC_C("hpC", x -> -StrictMath.log10(x) / 2, r -> pow(100, -r)),
  HOMEOPATHIC_M("hpM", x -> -StrictMath.log10(x) / 3, r -> pow(1000, -r)),
  HOMEOPATHIC_Q("hpQ", x -> -StrictMath.log10(x) / StrictMath.log10(50_000), r -> pow(50_000, -r));

  private final String code;
  private final Rational zero;
  private final DoubleUnaryOperator toScale;
  private final DoubleUnaryOperator fromScale;

  SpecialFunction(String code, String zero) {
    this.code = code;
    this.zero = Rational.of(zero);
    this.toScale = DoubleUnaryOperator.identity();
    this.fromScale = DoubleUnaryOperator.identity();
  }

  SpecialFunction(String code, DoubleUnaryOperator toScale, DoubleUnaryOperator fromScale) {
    this.code = code;
    this.zero = Rational.ZERO;
    this.toScale = toScale;
    this.fromScale = fromScale;
  }

  /** {@return the function with the name that the definitions give it} */
  static SpecialFunction named(String name) {
    if (name.equals("tanTimes100")) {
      return TAN_100;
    }
    for (SpecialFunction function : values()) {
      if (function.code.equals(name)) {
        return function;
      }
    }
    throw new IllegalStateException("UCUM has a special function that is not known: " + name);
  }

  /** {@return whether the function only shifts the zero} */
  boolean isShift() {
    return !zero.isZero();
  }

  /** {@return how many proper units the special scale's zero is above theirs} */
  Rational zero() {
    return zero;
  }

  /** From proper units to the special scale; NaN or infinite outside the domain. */
  double toScale(double proper) {
    return toScale.applyAsDouble(proper);
  }

  /** From the special scale to proper units. */
  double fromScale(double special) {
    return fromScale.applyAsDouble(special);
  }

  private static double pow(double base, double exponent) {
    return StrictMath.pow(base, exponent);
  }
}
