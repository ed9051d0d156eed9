package org.healthbeam.core.unit;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * {@code factor * x + offset}, exactly, rounded once to the nearest double.
 *
 * <p>The double is taken as the shortest decimal number that reads back as it, since that is what
 * somebody wrote: 98.6, not the binary fraction next to it. Where all whole numbers on the way fit
 * into 53 bits, one division of doubles is exact enough to round correctly; otherwise {@link
 * BigDecimal} does the work.
 */
final class LinearConversion {
  private static final MathContext PRECISION = new MathContext(40);
  private static final long MAX_EXACT = 1L << 53;
  private static final double MAX_DIGITS = 1e15;
  private static final long[] TENS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

  private final BigDecimal numerator;
  private final BigDecimal shift;
  private final BigDecimal denominator;
  private final boolean identity;

  private final long smallNumerator;
  private final long smallShift;
  private final long smallDenominator;

  LinearConversion(Rational factor, Rational offset) {
    BigInteger num = factor.num().multiply(offset.den());
    BigInteger add = offset.num().multiply(factor.den());
    BigInteger den = factor.den().multiply(offset.den());
    BigInteger gcd = num.gcd(add).gcd(den);
    num = num.divide(gcd);
    add = add.divide(gcd);
    den = den.divide(gcd);
    numerator = new BigDecimal(num);
    shift = new BigDecimal(add);
    denominator = new BigDecimal(den);
    identity = factor.equals(Rational.ONE) && offset.isZero();
    boolean small = num.bitLength() <= 53 && add.bitLength() <= 53 && den.bitLength() <= 53;
    smallNumerator = small ? num.longValueExact() : 0;
    smallShift = small ? add.longValueExact() : 0;
    smallDenominator = small ? den.longValueExact() : 0;
  }

  double apply(double x) {
    if (identity) {
      return x;
    }
    if (smallDenominator != 0) {
      for (long ten : TENS) {
        double digits = Math.rint(x * ten);
        if (Math.abs(digits) >= MAX_DIGITS) {
          break;
        }
        if (digits / ten == x) {
          double quick = quick((long) digits, ten);
          return Double.isNaN(quick) ? exactly(x) : quick;
        }
      }
    }
    return exactly(x);
  }

  /** The result for digits/ten, or NaN where a whole number would not fit. */
  private double quick(long digits, long ten) {
    if (Math.multiplyHigh(digits, smallNumerator) != (digits * smallNumerator) >> 63
        || Math.multiplyHigh(smallShift, ten) != (smallShift * ten) >> 63
        || Math.multiplyHigh(smallDenominator, ten) != 0) {
      return Double.NaN;
    }
    long product = digits * smallNumerator;
    long sum = product + smallShift * ten;
    long divisor = smallDenominator * ten;
    boolean fits =
        Math.abs(product) <= MAX_EXACT
            && Math.abs(sum) <= MAX_EXACT
            && divisor > 0
            && divisor <= MAX_EXACT;
    return fits ? (double) sum / (double) divisor : Double.NaN;
  }

  double exactly(double x) {
    return BigDecimal.valueOf(x)
        .multiply(numerator)
        .add(shift)
        .divide(denominator, PRECISION)
        .doubleValue();
  }
}
