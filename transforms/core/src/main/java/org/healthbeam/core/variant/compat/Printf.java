package org.healthbeam.core.variant.compat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as the C programs write them, so that their readers find what they know. */
final class Printf {
  private static final int SIGNIFICANT = 6;

  private static final double HALF = 0.5;
  private static final double HALF_SLACK = 5e-9;

  private Printf() {}

  /** {@return it with so many decimals, as {@code %.Nf} does} */
  static String fixed(double value, int decimals) {
    return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
  }

  /** {@return it with six significant digits, as {@code %g} does} */
  static String general(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    return value == 0 ? "0" : general(new BigDecimal(value));
  }

  private static String general(BigDecimal value) {
    BigDecimal rounded = value.round(new MathContext(SIGNIFICANT, RoundingMode.HALF_EVEN));
    int exponent = rounded.precision() - rounded.scale() - 1;
    BigDecimal shortest = rounded.stripTrailingZeros();
    if (exponent >= -4 && exponent < SIGNIFICANT) {
      return shortest.toPlainString();
    }
    BigDecimal mantissa = shortest.scaleByPowerOfTen(-exponent);
    return "%se%s%02d"
        .formatted(mantissa.toPlainString(), exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  /**
   * {@return a float as htslib writes it into a VCF: six significant digits, halves rounded up
   * where it is neither large nor small}
   */
  static String htslib(float value) {
    double d = value;
    if (d < 0.0001 || d > 999999) {
      return general(d);
    }
    int decimals = SIGNIFICANT - 1;
    for (double limit = 10; d >= limit; limit *= 10) {
      decimals--;
    }
    for (double limit = 1; d < limit; limit /= 10) {
      decimals++;
    }
    double scaled = Math.floor(d * Math.pow(10, decimals) + 0.5);
    return new BigDecimal(scaled).movePointLeft(decimals).stripTrailingZeros().toPlainString();
  }

  /**
   * {@return it as PLINK 2 writes it: six significant digits as with {@code %g}; what is half but
   * for a rounding error goes to the even digit, and what is too small for full precision to 0}
   */
  static String plink(double value) {
    if (Double.isNaN(value) || Math.abs(value) < Double.MIN_NORMAL) {
      return Double.isNaN(value) ? "nan" : "0";
    }
    BigDecimal exact = new BigDecimal(value);
    int shift = SIGNIFICANT - (exact.precision() - exact.scale());
    double scaled = Math.abs(exact.scaleByPowerOfTen(shift).doubleValue());
    double down = Math.floor(scaled);
    double rounded = Math.floor(scaled + (down % 2 == 0 ? HALF - HALF_SLACK : HALF + HALF_SLACK));
    return general(new BigDecimal(Math.copySign(rounded, value)).scaleByPowerOfTen(-shift));
  }
}
