package org.healthbeam.core.vital.window;

import java.math.BigInteger;

/**
 * A sum of doubles and of products of doubles that loses nothing, so that neither the order nor the
 * grouping matters. It takes 600 bytes, however many are added.
 *
 * <p>The sum stands in digits of 32 bits, each with room for 2<sup>30</sup> carries, from the least
 * to the greatest bit that a double has: a "small superaccumulator" (R. M. Neal, Fast exact
 * summation using small and large superaccumulators, 2015).
 */
final class ExactSum {
  private static final int MANTISSA_BITS = 52;
  private static final long MANTISSA = (1L << MANTISSA_BITS) - 1;
  private static final int EXPONENTS = 0x7ff;
  private static final int DIGIT_BITS = 32;
  private static final long DIGIT = 0xffffffffL;

  /** The power of two of the lowest digit: that of the least double. */
  private static final int LOWEST = -1074;

  private static final int DIGITS = (2 * 1024 + 52) / DIGIT_BITS + 3;
  private static final int CARRIES = 1 << 30;

  /** Between these, a product and what its rounding loses are both doubles. */
  private static final double LEAST_PRODUCT = 0x1p-900;

  private static final double GREATEST_PRODUCT = 0x1p1000;

  private final long[] digits = new long[DIGITS];
  private int lowest = DIGITS;
  private int highest = -1;
  private int carries;
  private Dyadic rest = Dyadic.ZERO;

  void add(double value) {
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) (bits >>> MANTISSA_BITS) & EXPONENTS;
    long mantissa = bits & MANTISSA;
    if (exponent == EXPONENTS) {
      throw new IllegalArgumentException("A sum of what is not finite is not defined");
    } else if (exponent == 0) {
      exponent = 1;
    } else {
      mantissa |= MANTISSA + 1;
    }
    if (mantissa == 0) {
      return;
    }
    int at = (exponent - 1) / DIGIT_BITS;
    int shift = (exponent - 1) % DIGIT_BITS;
    long low = (mantissa << shift) & DIGIT;
    long middle = (mantissa >>> (DIGIT_BITS - shift)) & DIGIT;
    long high = shift == 0 ? 0 : mantissa >>> (2 * DIGIT_BITS - shift);
    if (bits < 0) {
      low = -low;
      middle = -middle;
      high = -high;
    }
    digits[at] += low;
    digits[at + 1] += middle;
    digits[at + 2] += high;
    lowest = Math.min(lowest, at);
    highest = Math.max(highest, at + 2);
    if (++carries == CARRIES) {
      settle();
    }
  }

  void addProduct(double a, double b) {
    double product = a * b;
    double size = Math.abs(product);
    if (size > LEAST_PRODUCT && size < GREATEST_PRODUCT) {
      add(product);
      add(Math.fma(a, b, -product));
    } else {
      add(Dyadic.of(a).times(Dyadic.of(b)));
    }
  }

  void add(Dyadic number) {
    rest = rest.plus(number);
  }

  Dyadic total() {
    settle();
    return rest;
  }

  private void settle() {
    BigInteger sum = BigInteger.ZERO;
    for (int i = highest; i >= lowest; i--) {
      sum = sum.shiftLeft(DIGIT_BITS).add(BigInteger.valueOf(digits[i]));
      digits[i] = 0;
    }
    if (sum.signum() != 0) {
      rest = rest.plus(new Dyadic(sum, LOWEST + DIGIT_BITS * lowest));
    }
    lowest = DIGITS;
    highest = -1;
    carries = 0;
  }
}
