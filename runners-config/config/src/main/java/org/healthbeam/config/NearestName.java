package org.healthbeam.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that somebody who mistyped probably meant. */
public final class NearestName {
  private NearestName() {}

  /**
   * {@return the known name with the fewest edits, if it is near enough to be a guess}
   *
   * @param typed what nobody knows, in any case
   * @param known all names
   */
  public static Optional<String> of(String typed, Collection<String> known) {
    String wanted = typed.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(k -> distance(wanted, k.toLowerCase(Locale.ROOT)) <= limit(wanted, k))
        .min(
            Comparator.comparingInt((String k) -> distance(wanted, k.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /**
   * {@return {@code " (did you mean '--input'?)"}, or nothing if no name is near}
   *
   * @param prefix stands before the name that is shown: {@code --} or nothing
   * @param typed what nobody knows, in any case
   * @param known all names
   */
  public static String hint(String prefix, String typed, Collection<String> known) {
    return of(typed, known).map(k -> " (did you mean '" + prefix + k + "'?)").orElse("");
  }

  private static int limit(String wanted, String known) {
    return Math.max(2, Math.max(wanted.length(), known.length()) / 3);
  }

  /** Insertions, deletions, replacements and swaps of neighbours, each counted as one. */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
