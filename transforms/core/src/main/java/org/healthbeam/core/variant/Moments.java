package org.healthbeam.core.variant;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Number, sum, sum of squares, least and greatest of whole numbers, exactly: the sum of squares has
 * 128 bits, so that merging in any order gives the same result to the last bit.
 */
public final class Moments {
  /** The greatest number whose square is a long. */
  private static final long MAX_ROOT = 3_037_000_499L;

  private long n;
  private long sum;
  private long squaresHigh;
  private long squaresLow;
  private long min = Long.MAX_VALUE;
  private long max = Long.MIN_VALUE;

  /** Forgets everything. */
  public void clear() {
    n = 0;
    sum = 0;
    squaresHigh = 0;
    squaresLow = 0;
    min = Long.MAX_VALUE;
    max = Long.MIN_VALUE;
  }

  /**
   * Adds a value between -2^40 and 2^40.
   *
   * @param value whole; fractions are added as thousandths or the like
   */
  public void add(long value) {
    n++;
    sum += value;
    addSquares(Math.multiplyHigh(value, value), value * value);
    min = Math.min(min, value);
    max = Math.max(max, value);
  }

  /**
   * Adds a value between -2^40 and 2^40 that was seen so many times, at most 2^40; a negative
   * number takes out as many that were added before, all but for the least and the greatest.
   */
  void addTimes(long value, long times) {
    n += times;
    sum += value * times;
    long low = value * value;
    long product = low * Math.abs(times);
    long high =
        Math.multiplyHigh(value, value) * Math.abs(times)
            + unsignedMultiplyHigh(low, Math.abs(times));
    if (times < 0) {
      high = product == 0 ? -high : ~high;
      product = -product;
    }
    addSquares(high, product);
  }

  /** Adds what values come to that {@link #bound} is told of one by one. */
  void addSums(long values, long total, long squares) {
    n += values;
    sum += total;
    addSquares(0, squares);
  }

  /** Says that there is such a value. */
  void bound(long value) {
    min = Math.min(min, value);
    max = Math.max(max, value);
  }

  /** Says what the least and the greatest value are. */
  void setBounds(long least, long greatest) {
    min = least;
    max = greatest;
  }

  /** Of a factor that is any unsigned number and one that is not negative. */
  private static long unsignedMultiplyHigh(long unsigned, long factor) {
    return Math.multiplyHigh(unsigned, factor) + (unsigned < 0 ? factor : 0);
  }

  /**
   * Adds all that another has seen.
   *
   * @param other is not changed
   */
  public void add(Moments other) {
    n += other.n;
    sum += other.sum;
    addSquares(other.squaresHigh, other.squaresLow);
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
  }

  private void addSquares(long high, long low) {
    squaresLow += low;
    squaresHigh += high + (Long.compareUnsigned(squaresLow, low) < 0 ? 1 : 0);
  }

  /** {@return a copy} */
  public Moments copy() {
    Moments result = new Moments();
    result.n = n;
    result.sum = sum;
    result.squaresHigh = squaresHigh;
    result.squaresLow = squaresLow;
    result.min = min;
    result.max = max;
    return result;
  }

  long squaresHigh() {
    return squaresHigh;
  }

  long squaresLow() {
    return squaresLow;
  }

  /** {@return how many values were added} */
  public long n() {
    return n;
  }

  /**
   * {@return the mean in units of {@code scale}; NaN if nothing was added}
   *
   * @param scale by which the added values were multiplied before, from 1
   */
  public double mean(int scale) {
    return mean(n, sum, scale);
  }

  /**
   * {@return the population's standard deviation in units of {@code scale}; NaN if nothing}
   *
   * @param scale by which the added values were multiplied before, from 1
   */
  public double sd(int scale) {
    return sd(n, sum, squaresHigh, squaresLow, scale);
  }

  /**
   * {@return the least value in units of {@code scale}; NaN if nothing was added}
   *
   * @param scale by which the added values were multiplied before, from 1
   */
  public double min(int scale) {
    return n == 0 ? Double.NaN : (double) min / scale;
  }

  /**
   * {@return the greatest value in units of {@code scale}; NaN if nothing was added}
   *
   * @param scale by which the added values were multiplied before, from 1
   */
  public double max(int scale) {
    return n == 0 ? Double.NaN : (double) max / scale;
  }

  static double mean(long n, long sum, int scale) {
    return n == 0 ? Double.NaN : sum / ((double) n * scale);
  }

  static double sd(long n, long sum, long squaresHigh, long squaresLow, int scale) {
    if (n == 0) {
      return Double.NaN;
    }
    if (n == 1) {
      return 0;
    }
    long product = n * squaresLow;
    boolean small =
        squaresHigh == 0
            && squaresLow >= 0
            && Math.multiplyHigh(n, squaresLow) == 0
            && product >= 0
            && Math.abs(sum) <= MAX_ROOT;
    if (small) {
      return Math.sqrt((double) (product - sum * sum)) / ((double) n * scale);
    }
    BigInteger squares =
        BigInteger.valueOf(squaresHigh)
            .shiftLeft(64)
            .add(new BigInteger(Long.toUnsignedString(squaresLow)));
    BigInteger spread =
        squares.multiply(BigInteger.valueOf(n)).subtract(BigInteger.valueOf(sum).pow(2));
    return Math.sqrt(new BigDecimal(spread).doubleValue()) / ((double) n * scale);
  }

  /**
   * Writes it, as short as it goes.
   *
   * @param out takes the bytes
   * @throws IOException if {@code out} cannot take them
   */
  public void write(DataOutput out) throws IOException {
    Varints.write(out, n);
    if (n > 0) {
      Varints.write(out, Varints.zigzag(sum));
      Varints.write(out, squaresHigh);
      Varints.write(out, squaresLow);
      Varints.write(out, Varints.zigzag(min));
      Varints.write(out, Varints.zigzag(max));
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param in the bytes, of which no more are taken than were written
   * @return what was written
   * @throws IOException if they end early or cannot be read
   */
  public static Moments read(DataInput in) throws IOException {
    Moments result = new Moments();
    result.n = Varints.read(in);
    if (result.n > 0) {
      result.sum = Varints.unzigzag(Varints.read(in));
      result.squaresHigh = Varints.read(in);
      result.squaresLow = Varints.read(in);
      result.min = Varints.unzigzag(Varints.read(in));
      result.max = Varints.unzigzag(Varints.read(in));
    }
    return result;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Moments that
        && n == that.n
        && sum == that.sum
        && squaresHigh == that.squaresHigh
        && squaresLow == that.squaresLow
        && min == that.min
        && max == that.max;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(31 * (31 * n + sum) + squaresLow);
  }

  @Override
  public String toString() {
    return "Moments(n=%d, sum=%d)".formatted(n, sum);
  }
}
