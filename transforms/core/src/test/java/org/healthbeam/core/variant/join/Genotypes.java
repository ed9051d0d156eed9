package org.healthbeam.core.variant.join;

import java.util.Random;

/** Genotype columns of GT:DP:GQ. */
final class Genotypes {
  private Genotypes() {}

  static String random(Random random, int alleles) {
    int ploidy = random.nextInt(12) == 0 ? 1 : random.nextInt(12) == 0 ? 3 : 2;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < ploidy; i++) {
      text.append(i == 0 ? "" : random.nextBoolean() ? "/" : "|");
      boolean reference = random.nextInt(3) > 0;
      text.append(random.nextInt(10) == 0 ? "." : reference ? "0" : "" + random.nextInt(alleles));
    }
    return text + fields(random);
  }

  static String fields(Random random) {
    return ":"
        + (random.nextInt(5) == 0 ? "." : random.nextInt(60))
        + ":"
        + (random.nextInt(5) == 0 ? "." : random.nextInt(99));
  }
}
