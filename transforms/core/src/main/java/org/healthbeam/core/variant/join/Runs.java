package org.healthbeam.core.variant.join;

import java.util.Arrays;

/** Runs of records at which a sample has the same genotype; four numbers each. */
final class Runs {
  private int[] numbers = new int[64];
  private int used;

  /** Takes one. */
  @FunctionalInterface
  interface Taker {
    void take(int sample, int ploidy, int from, int to);
  }

  void add(int sample, int ploidy, int from, int to) {
    if (used == numbers.length) {
      numbers = Arrays.copyOf(numbers, used * 2);
    }
    numbers[used++] = sample;
    numbers[used++] = ploidy;
    numbers[used++] = from;
    numbers[used++] = to;
  }

  void forEach(Taker taker) {
    for (int i = 0; i < used; i += 4) {
      taker.take(numbers[i], numbers[i + 1], numbers[i + 2], numbers[i + 3]);
    }
  }
}
