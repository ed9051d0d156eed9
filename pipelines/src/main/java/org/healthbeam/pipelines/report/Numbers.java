package org.healthbeam.pipelines.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** How numbers look on the page. */
final class Numbers {
  private Numbers() {}

  /** Returns a count with thin separation of thousands. */
  static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** Returns a number with up to four significant digits; empty if there is none. */
  static String shortly(double x) {
    if (Double.isNaN(x) || Double.isInfinite(x)) {
      return "";
    }
    double size = Math.abs(x);
    if (size == Math.rint(size) && size < 1e15) {
      return count(Math.round(x));
    }
    if (size < 1e-3 || size >= 1e15) {
      return String.format(Locale.ROOT, "%.2e", x);
    }
    int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
    String text = String.format(Locale.ROOT, "%,." + decimals + "f", x);
    return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
  }

  /** Returns {@code part} of {@code whole} as per cent; empty if there is no whole. */
  static String percent(long part, long whole) {
    return percent((double) part, (double) whole);
  }

  /** Returns {@code part} of {@code whole} as per cent; empty if there is no whole. */
  static String percent(double part, double whole) {
    if (!(whole > 0)) {
      return "";
    }
    double p = 100 * part / whole;
    if (part > 0 && p < 0.01) {
      return "<0.01 %";
    }
    if (part < whole && p > 99.99) {
      return ">99.99 %";
    }
    return String.format(Locale.ROOT, p >= 10 || p == 0 ? "%.1f %%" : "%.2f %%", p)
        .replace(".00 ", " ")
        .replace(".0 ", " ");
  }

  /** Returns milliseconds as days, hours, minutes or seconds, whichever reads best. */
  static String span(double seconds) {
    if (Double.isNaN(seconds)) {
      return "";
    }
    if (seconds >= 2 * 86400) {
      return shortly(Math.round(seconds / 864) / 100.0) + " d";
    }
    if (seconds >= 3600) {
      return shortly(Math.round(seconds / 36) / 100.0) + " h";
    }
    if (seconds >= 60) {
      return shortly(Math.round(seconds / 0.6) / 100.0) + " min";
    }
    return shortly(Math.round(seconds * 100) / 100.0) + " s";
  }

  /** Returns the number for JSON: null where there is none, at most six significant digits. */
  static Double json(double x) {
    return Double.isNaN(x) || Double.isInfinite(x)
        ? null
        : Double.valueOf(String.format(Locale.ROOT, "%.6g", x));
  }

  /** Returns the numbers for JSON. */
  static List<Double> json(double[] xs) {
    List<Double> result = new ArrayList<>(xs.length);
    for (double x : xs) {
      result.add(json(x));
    }
    return result;
  }

  /** Returns the greatest, 0 if there is none. */
  static long max(Collection<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).max().orElse(0);
  }
}
