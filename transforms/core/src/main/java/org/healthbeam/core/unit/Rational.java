package org.healthbeam.core.unit;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * An exact fraction in lowest terms.
 *
 * @param num the numerator
 * @param den the denominator, above zero
 */
record Rational(BigInteger num, BigInteger den) {
  static final Rational ZERO = new Rational(BigInteger.ZERO, BigInteger.ONE);
  static final Rational ONE = new Rational(BigInteger.ONE, BigInteger.ONE);

  Rational {
    if (den.signum() == 0) {
      throw new ArithmeticException("division by zero");
    }
    BigInteger gcd = num.gcd(den);
    if (den.signum() < 0) {
      gcd = gcd.negate();
    }
    if (!gcd.equals(BigInteger.ONE)) {
      num = num.divide(gcd);
      den = den.divide(gcd);
    }
  }

  static Rational of(BigInteger value) {
    return new Rational(value, BigInteger.ONE);
  }

  static Rational of(BigDecimal value) {
    return value.scale() >= 0
        ? new Rational(value.unscaledValue(), BigInteger.TEN.pow(value.scale()))
        : of(value.toBigIntegerExact());
  }

  static Rational of(String decimal) {
    return of(new BigDecimal(decimal));
  }

  Rational plus(Rational other) {
    return new Rational(
        num.multiply(other.den).add(other.num.multiply(den)), den.multiply(other.den));
  }

  Rational minus(Rational other) {
    return plus(new Rational(other.num.negate(), other.den));
  }

  Rational times(Rational other) {
    return new Rational(num.multiply(other.num), den.multiply(other.den));
  }

  Rational over(Rational other) {
    return new Rational(num.multiply(other.den), den.multiply(other.num));
  }

  Rational pow(int exponent) {
    return exponent >= 0
        ? new Rational(num.pow(exponent), den.pow(exponent))
        : new Rational(den.pow(-exponent), num.pow(-exponent));
  }

  /** {@return how many bits the larger of numerator and denominator has} */
  int bits() {
    return Math.max(num.bitLength(), den.bitLength());
  }

  boolean isZero() {
    return num.signum() == 0;
  }

  BigDecimal toDecimal(MathContext precision) {
    return new BigDecimal(num).divide(new BigDecimal(den), precision);
  }
}
