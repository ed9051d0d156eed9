package org.healthbeam.core.vital.alert;

/** Durations in words: {@code 1h30m}, {@code 15s}. */
final class Durations {
  private static final long[] UNITS = {86_400_000, 3_600_000, 60_000, 1000, 1};
  private static final String[] NAMES = {"d", "h", "m", "s", "ms"};

  private Durations() {}

  static String text(long millis) {
    StringBuilder text = new StringBuilder();
    long rest = millis;
    for (int i = 0; i < UNITS.length; i++) {
      if (rest >= UNITS[i]) {
        text.append(rest / UNITS[i]).append(NAMES[i]);
        rest %= UNITS[i];
      }
    }
    return text.isEmpty() ? "0s" : text.toString();
  }
}
