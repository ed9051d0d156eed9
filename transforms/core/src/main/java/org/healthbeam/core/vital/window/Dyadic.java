package org.healthbeam.core.vital.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;

/**
 * An exact number, units times a power of two: what sums and products of doubles are. Equal numbers
 * are equal objects. It takes about 80 bytes where the numbers summed are of a like size.
 */
record Dyadic(BigInteger units, int exponent) {
  static final Dyadic ZERO = new Dyadic(BigInteger.ZERO, 0);

  private static final int MANTISSA_BITS = 52;
  private static final long MANTISSA = (1L << MANTISSA_BITS) - 1;
  private static final int EXPONENTS = 0x7ff;
  private static final int BIAS = 1075;

  /** More than a double has, so that one bit for what was cut off makes the rounding right. */
  private static final int BITS = 66;

  Dyadic {
    if (units.signum() == 0) {
      exponent = 0;
    } else {
      int zeros = units.getLowestSetBit();
      units = units.shiftRight(zeros);
      exponent += zeros;
    }
  }

  static Dyadic of(double value) {
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) (bits >>> MANTISSA_BITS) & EXPONENTS;
    if (exponent == EXPONENTS) {
      throw new IllegalArgumentException("A sum of what is not finite is not defined");
    }
    long mantissa = exponent == 0 ? (bits & MANTISSA) << 1 : (bits & MANTISSA) | (MANTISSA + 1);
    return new Dyadic(BigInteger.valueOf(bits < 0 ? -mantissa : mantissa), exponent - BIAS);
  }

  static Dyadic of(long value) {
    return new Dyadic(BigInteger.valueOf(value), 0);
  }

  Dyadic plus(Dyadic other) {
    if (units.signum() == 0) {
      return other;
    }
    if (other.units.signum() == 0) {
      return this;
    }
    int least = Math.min(exponent, other.exponent);
    return new Dyadic(
        units.shiftLeft(exponent - least).add(other.units.shiftLeft(other.exponent - least)),
        least);
  }

  Dyadic minus(Dyadic other) {
    return plus(new Dyadic(other.units.negate(), other.exponent));
  }

  Dyadic times(Dyadic other) {
    return new Dyadic(units.multiply(other.units), exponent + other.exponent);
  }

  Dyadic times(long factor) {
    return times(of(factor));
  }

  /** {@return the double nearest to this divided by that} */
  double over(Dyadic divisor) {
    if (units.signum() == 0) {
      return 0;
    }
    BigInteger denominator = divisor.units.abs();
    BigInteger numerator = units.abs();
    int shift = denominator.bitLength() - numerator.bitLength() + BITS;
    if (shift > 0) {
      numerator = numerator.shiftLeft(shift);
    } else {
      denominator = denominator.shiftLeft(-shift);
    }
    BigInteger[] parts = numerator.divideAndRemainder(denominator);
    BigInteger quotient = parts[0].shiftLeft(1);
    if (parts[1].signum() != 0) {
      quotient = quotient.setBit(0);
    }
    double result = Math.scalb(quotient.doubleValue(), exponent - divisor.exponent - shift - 1);
    return units.signum() == divisor.units.signum() ? result : -result;
  }

  void writeTo(DataOutput out) throws IOException {
    byte[] bytes = units.toByteArray();
    out.writeShort(bytes.length);
    out.write(bytes);
    out.writeShort(exponent);
  }

  static Dyadic readFrom(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readUnsignedShort()];
    in.readFully(bytes);
    return new Dyadic(new BigInteger(bytes), in.readShort());
  }
}
