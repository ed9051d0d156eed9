package org.healthbeam.samples.cohort;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.healthbeam.samples.Chance;

/** One sequenced person: sex, population, and how well the sequencing went. */
record Sample(
    String name, boolean male, int population, double depth, double missing, double contamination) {
  static final List<String> POPULATIONS = List.of("north", "east", "south");

  /** Returns the cohort; the third sample from the end is contaminated and thinly covered. */
  static List<Sample> cohort(int count, Chance chance) {
    List<Sample> samples = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      double share = (i + 0.5) / count;
      int population = share < 0.5 ? 0 : share < 0.8 ? 1 : 2;
      boolean bad = i == Math.max(0, count - 3);
      samples.add(
          new Sample(
              String.format(Locale.ROOT, "HB%04d", i + 1),
              i % 2 == 0,
              population,
              bad ? 11 : Math.max(18, chance.gaussian(31, 4)),
              bad ? 0.11 : 0.0015 + chance.exponential(0.0015),
              bad ? 0.12 : 0));
    }
    return samples;
  }
}
