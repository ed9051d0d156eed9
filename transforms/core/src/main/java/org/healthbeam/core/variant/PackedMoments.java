package org.healthbeam.core.variant;

/**
 * Number, sum and sum of squares of small numbers, in one long for each of many places: so that a
 * number that is added touches one of them.
 */
final class PackedMoments {
  /** The greatest number that can be added. */
  static final int GREATEST = 1023;

  /** How often may be added in one place. */
  static final int MOST = 2047;

  // A square has 20 bits and a number 10; 11 more for as many as there may be.
  private static final int SQUARE_BITS = 31;
  private static final int SUM_BITS = 21;
  private static final int SUM = SQUARE_BITS;
  private static final int NUMBER = SQUARE_BITS + SUM_BITS;

  private final long[] packed;

  PackedMoments(int places) {
    packed = new long[places];
  }

  /** Adds a number from 0 to {@link #GREATEST}. */
  void add(int place, int value) {
    packed[place] += (1L << NUMBER) + ((long) value << SUM) + (long) value * value;
  }

  long n(int place) {
    return packed[place] >>> NUMBER;
  }

  long sum(int place) {
    return (packed[place] >>> SUM) & ((1L << SUM_BITS) - 1);
  }

  long squares(int place) {
    return packed[place] & ((1L << SQUARE_BITS) - 1);
  }

  void clear(int place) {
    packed[place] = 0;
  }
}
