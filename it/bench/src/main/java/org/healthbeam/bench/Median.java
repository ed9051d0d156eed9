package org.healthbeam.bench;

import java.util.Arrays;
import java.util.Locale;

/** The median of some measurements, and the least and the greatest of them. */
public record Median(double value, double min, double max) {

  public static Median of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double middle = n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    return new Median(middle, sorted[0], sorted[n - 1]);
  }

  /** Returns it as {@code median (min–max)}. */
  public String show(String format) {
    return String.format(Locale.ROOT, format + " (" + format + "–" + format + ")", value, min, max);
  }
}
