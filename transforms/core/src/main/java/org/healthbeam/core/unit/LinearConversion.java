package org.healthbeam.core.unit;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * {@code factor * x + offset}, exactly, rounded once to the nearest double.
 *
 * <p>The double is taken as the shortest decimal number that reads back as it, since that is what
 * somebody wrote: 98.6, not the binary fraction next to it. Where all whole numbers on the way fit
 * into 53 bits, one division of doubles rounds correctly; otherwise whole numbers of any size do
 * the work.
 */
final class LinearConversion {
  private static final long MAX_EXACT = 1L << 53;
  private static final int QUOTIENT_BITS = 61;
  private static final double MAX_DIGITS = 1e15;
  private static final long[] TENS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

  private final BigInteger numerator;
  private final BigInteger shift;
  private final BigInteger denominator;
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
    numerator = num;
    shift = add;
    denominator = den;
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
    BigDecimal decimal = BigDecimal.valueOf(x);
    BigInteger digits = decimal.unscaledValue();
    BigInteger ten = BigInteger.TEN.pow(Math.abs(decimal.scale()));
    if (decimal.scale() < 0) {
      return nearest(digits.multiply(ten).multiply(numerator).add(shift), denominator);
    }
    return nearest(digits.multiply(numerator).add(shift.multiply(ten)), denominator.multiply(ten));
  }

  /** The double nearest to a fraction; the divisor is above zero. */
  private static double nearest(BigInteger dividend, BigInteger divisor) {
    BigInteger positive = dividend.abs();
    int scale = QUOTIENT_BITS - (positive.bitLength() - divisor.bitLength());
    BigInteger[] quotient =
        scale >= 0
            ? positive.shiftLeft(scale).divideAndRemainder(divisor)
            : positive.divideAndRemainder(divisor.shiftLeft(-scale));
    // What the quotient lacks is kept in its last bit, so that the cast rounds to the right side.
    long bits = quotient[0].longValueExact() | (quotient[1].signum() == 0 ? 0 : 1);
    double magnitude = Math.scalb((double) bits, -scale);
    return dividend.signum() < 0 ? -magnitude : magnitude;
  }
}
