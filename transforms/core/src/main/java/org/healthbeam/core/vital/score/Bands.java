package org.healthbeam.core.vital.score;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * A printed table of points: bands of values from the lowest to the highest.
 *
 * <p>A table prints whole numbers or tenths. A value between two printed ones is first rounded to
 * what the table prints, half upwards, by its decimal digits: 20.5 scores as 21, 35.05 as 35.1.
 * {@link #exact} compares without rounding.
 *
 * <pre>{@code
 * Bands.whole().upTo(8, 3).upTo(11, 1).upTo(20, 0).upTo(24, 2).above(3)
 * }</pre>
 */
public final class Bands implements PointRule {
  private static final long serialVersionUID = 1L;
  private static final int EXACT = -1;
  private static final double NEAR_TIE = 1e-6;

  private final int digits;
  private final double[] ends;
  private final boolean[] closed;
  private final int[] points;

  private Bands(int digits, double[] ends, boolean[] closed, int[] points) {
    this.digits = digits;
    this.ends = ends;
    this.closed = closed;
    this.points = points;
  }

  /**
   * Begins a table that prints whole numbers.
   *
   * @return a table without bands
   */
  public static Open whole() {
    return printedTo(0);
  }

  /**
   * Begins a table that prints tenths.
   *
   * @return a table without bands
   */
  public static Open tenths() {
    return printedTo(1);
  }

  /**
   * Begins a table that prints so many decimal digits, 0 to 3.
   *
   * @param digits after the decimal point
   * @return a table without bands
   * @throws IllegalArgumentException if they are not 0 to 3
   */
  public static Open printedTo(int digits) {
    if (digits < 0 || digits > 3) {
      throw new IllegalArgumentException("digits " + digits + " are not 0 to 3");
    }
    return new Open(new Bands(digits, new double[0], new boolean[0], new int[0]));
  }

  /**
   * Begins a table whose values are compared as they are.
   *
   * @return a table without bands
   */
  public static Open exact() {
    return new Open(new Bands(EXACT, new double[0], new boolean[0], new int[0]));
  }

  /**
   * {@return the table of a coded kind: the points by the rank of the code}
   *
   * @param points of each rank from 0 on, as many as the kind has codes
   */
  public static Bands byRank(int... points) {
    Open open = exact();
    for (int rank = 0; rank < points.length - 1; rank++) {
      open = open.upTo(rank, points[rank]);
    }
    return open.above(points[points.length - 1]);
  }

  @Override
  public int points(double value) {
    double at = digits == EXACT ? value : rounded(value, digits);
    for (int i = 0; i < ends.length; i++) {
      if (closed[i] ? at <= ends[i] : at < ends[i]) {
        return points[i];
      }
    }
    return points[points.length - 1];
  }

  /** {@return the fewest points that a value can have} */
  public int leastPoints() {
    return Arrays.stream(points).min().orElse(0);
  }

  /** {@return the most points that a value can have} */
  public int mostPoints() {
    return Arrays.stream(points).max().orElse(0);
  }

  private Bands with(double end, boolean closed, int points) {
    int n = ends.length;
    if (digits != EXACT && BigDecimal.valueOf(end).stripTrailingZeros().scale() > digits) {
      throw new IllegalArgumentException(
          "band end " + end + " has more decimal digits than the table prints, " + digits);
    }
    double scaled = digits == EXACT ? end : Math.rint(end * Math.pow(10, digits));
    boolean follows =
        n == 0 || scaled > ends[n - 1] || (scaled == ends[n - 1] && closed && !this.closed[n - 1]);
    if (!follows) {
      throw new IllegalArgumentException(
          "band up to " + end + " does not follow the one before it");
    }
    double[] newEnds = Arrays.copyOf(ends, n + 1);
    boolean[] newClosed = Arrays.copyOf(this.closed, n + 1);
    newEnds[n] = scaled;
    newClosed[n] = closed;
    return new Bands(digits, newEnds, newClosed, with(points));
  }

  private int[] with(int more) {
    if (more < 0) {
      throw new IllegalArgumentException("points " + more + " are negative");
    }
    int[] result = Arrays.copyOf(points, points.length + 1);
    result[points.length] = more;
    return result;
  }

  /**
   * {@return the value times ten to the power of {@code digits}, rounded half upwards by its
   * decimal digits: 35.05 is a tie although the double nearest to it is not}
   */
  private static double rounded(double value, int digits) {
    double scaled = digits == 0 ? value : value * Math.pow(10, digits);
    double fraction = scaled - Math.floor(scaled);
    if (Math.abs(fraction - 0.5) > NEAR_TIE) {
      return Math.floor(scaled + 0.5);
    }
    return BigDecimal.valueOf(value)
        .movePointRight(digits)
        .setScale(0, value < 0 ? RoundingMode.HALF_DOWN : RoundingMode.HALF_UP)
        .doubleValue();
  }

  /** A table whose highest band is not named yet. */
  public static final class Open {
    private final Bands bands;

    private Open(Bands bands) {
      this.bands = bands;
    }

    /**
     * Adds the band from the one before it to this value and with it.
     *
     * @param end greater than that of the band before
     * @param points 0 or more
     * @return the table with one band more
     */
    public Open upTo(double end, int points) {
      return new Open(bands.with(end, true, points));
    }

    /**
     * Adds the band from the one before it to this value and without it.
     *
     * @param end greater than that of the band before
     * @param points 0 or more
     * @return the table with one band more
     */
    public Open below(double end, int points) {
      return new Open(bands.with(end, false, points));
    }

    /**
     * Ends the table: all values above have these points.
     *
     * @param points 0 or more
     * @return the table, which has points for every number
     */
    public Bands above(int points) {
      return new Bands(bands.digits, bands.ends, bands.closed, bands.with(points));
    }
  }
}
