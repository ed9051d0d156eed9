package org.healthbeam.pipelines.run;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as typed: {@code 10s}, {@code 1m}, {@code 1h}, {@code 1d}, {@code 500ms}; at most ten
 * years, so that no sum of some and a time is beyond Beam's end of time.
 */
public final class ShortDuration {
  private static final Pattern SYNTAX = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  private static final Duration LONGEST = Duration.ofDays(3650);

  private ShortDuration() {}

  /**
   * Reads one.
   *
   * @param option its name without dashes
   * @param text a whole number and a unit, with white space around it or without
   * @return the duration, 0 or more
   * @throws UsageException that names the option
   */
  public static Duration parse(String option, String text) throws UsageException {
    Matcher m = SYNTAX.matcher(text.strip());
    if (!m.matches()) {
      throw new UsageException(
          "--%s: '%s' is not a duration like 10s, 1m, 1h or 1d".formatted(option, text));
    }
    long n = Long.parseLong(m.group(1));
    Duration duration =
        switch (m.group(2)) {
          case "ms" -> Duration.ofMillis(n);
          case "s" -> Duration.ofSeconds(n);
          case "m" -> Duration.ofMinutes(n);
          case "h" -> Duration.ofHours(n);
          default -> Duration.ofDays(n);
        };
    if (duration.compareTo(LONGEST) > 0) {
      throw new UsageException(
          "--%s: '%s' is longer than %dd".formatted(option, text, LONGEST.toDays()));
    }
    return duration;
  }

  /**
   * As {@link #parse}, but none of no time.
   *
   * @param option its name without dashes
   * @param text a whole number and a unit, with white space around it or without
   * @return the duration, more than 0
   * @throws UsageException that names the option
   */
  public static Duration parsePositive(String option, String text) throws UsageException {
    Duration duration = parse(option, text);
    if (duration.isZero()) {
      throw new UsageException("--%s: '%s' must be longer than 0".formatted(option, text));
    }
    return duration;
  }
}
