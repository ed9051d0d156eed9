package org.healthbeam.samples;

import java.util.Random;

/**
 * A seeded source of chance that gives the same numbers on every JDK.
 *
 * <p>It rests on {@link Random} because its sequence, the Gaussian one too, is fixed by its
 * specification; newer generators are free to change theirs.
 */
public final class Chance {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final Random random;

  private Chance(long seed) {
    this.random = new Random(seed);
  }

  /**
   * {@return the source for one numbered part of what is made, independent of all other parts}
   *
   * @param seed of all that is made
   * @param part its number, from 0
   */
  public static Chance of(long seed, long part) {
    long mixed = seed + GOLDEN * (part + 1);
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return new Chance(mixed ^ (mixed >>> 31));
  }

  /** {@return a number from 0 (included) to 1 (excluded)} */
  public double uniform() {
    return random.nextDouble();
  }

  /**
   * {@return a number from {@code low} (included) to {@code high} (excluded)}
   *
   * @param low the least that may come
   * @param high more than any that comes, but for rounding
   */
  public double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /**
   * {@return a whole number from 0 (included) to {@code bound} (excluded)}
   *
   * @param bound 1 or more
   */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /**
   * {@return a normally distributed number}
   *
   * @param mean of the distribution
   * @param sd its standard deviation
   */
  public double gaussian(double mean, double sd) {
    return mean + sd * random.nextGaussian();
  }

  /**
   * Returns true with this probability.
   *
   * @param probability from 0 to 1
   * @return whether it happens this time
   */
  public boolean happens(double probability) {
    return random.nextDouble() < probability;
  }

  /**
   * {@return an exponentially distributed number}
   *
   * @param mean of the distribution, more than 0
   */
  public double exponential(double mean) {
    return -mean * StrictMath.log(1 - random.nextDouble());
  }

  /**
   * {@return the number of trials until one of this probability succeeds, at least 1}
   *
   * @param probability more than 0, up to 1
   */
  public int geometric(double probability) {
    int trials = 1;
    while (!happens(probability)) {
      trials++;
    }
    return trials;
  }

  /**
   * {@return a Beta-distributed number; both shapes must be positive}
   *
   * @param alpha more than 0
   * @param beta more than 0
   */
  public double beta(double alpha, double beta) {
    double x = gamma(alpha);
    double y = gamma(beta);
    return x + y == 0 ? 0 : x / (x + y);
  }

  /** Marsaglia and Tsang (2000), with their boost for shapes under 1. */
  private double gamma(double shape) {
    if (shape < 1) {
      double boost = StrictMath.pow(1 - random.nextDouble(), 1 / shape);
      return gamma(shape + 1) * boost;
    }
    double d = shape - 1.0 / 3;
    double c = 1 / StrictMath.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double v = 1 + c * x;
      if (v > 0) {
        v = v * v * v;
        double u = 1 - random.nextDouble();
        if (StrictMath.log(u) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
          return d * v;
        }
      }
    }
  }

  /**
   * {@return one of the choices}
   *
   * @param <T> what they are
   * @param choices one or more, each as likely as the others
   */
  @SafeVarargs
  public final <T> T oneOf(T... choices) {
    return choices[below(choices.length)];
  }
}
