package org.healthbeam.core.code;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a map as one number, for where only numbers can be shown: a later version has the
 * larger one, as long as both are written in the same form.
 *
 * <p>Dates are their digits, {@code 2026-03-01} and {@code 20260301} 20260301, {@code 2026-03}
 * 20260300, {@code 2026} 20260000. Numbers and semantic versions of up to three parts have three
 * digits for each part, {@code 4.0.1} 4000001, {@code 5} 5000000. Everything else has no number:
 * pre-releases, letters, digests.
 */
public final class VersionNumber {
  private static final Pattern FORM =
      Pattern.compile(
          "[vV]?([0-9]{1,8})(?:[.\\-_]([0-9]{1,3}))?(?:[.\\-_]([0-9]{1,3}))?(?:\\+.*)?");

  private static final int FIRST_YEAR = 1000;
  private static final int LAST_YEAR = 9999;

  private VersionNumber() {}

  /**
   * {@return the number of a version, if it has one}
   *
   * @param version as the map states it; may be empty
   */
  public static OptionalLong of(String version) {
    Matcher form = FORM.matcher(version);
    if (!form.matches()) {
      return OptionalLong.empty();
    }
    long first = Long.parseLong(form.group(1));
    boolean alone = form.group(2) == null;
    long second = part(form.group(2));
    long third = part(form.group(3));
    if (form.group(1).length() == 8 && alone) {
      return OptionalLong.of(first);
    }
    if (first < FIRST_YEAR) {
      return OptionalLong.of(first * 1_000_000 + second * 1_000 + third);
    }
    if (first <= LAST_YEAR && second < 100 && third < 100) {
      return OptionalLong.of(first * 10_000 + second * 100 + third);
    }
    return OptionalLong.empty();
  }

  private static long part(String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
