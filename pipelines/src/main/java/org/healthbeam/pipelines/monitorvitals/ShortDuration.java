package org.healthbeam.pipelines.monitorvitals;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.pipelines.run.UsageException;

/**
 * Durations as typed: {@code 10s}, {@code 1m}, {@code 1h}, {@code 1d}, {@code 500ms}; at most ten
 * years, so that no sum of some and a time is beyond Beam's end of time.
 */
final class ShortDuration {
  private static final Pattern SYNTAX = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  private static final Duration LONGEST = Duration.ofDays(3650);

  private ShortDuration() {}

  static Duration parse(String option, String text) throws UsageException {
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

  static Duration parsePositive(String option, String text) throws UsageException {
    Duration duration = parse(option, text);
    if (duration.isZero()) {
      throw new UsageException("--%s: '%s' must be longer than 0".formatted(option, text));
    }
    return duration;
  }

  /** Reads one duration for all kinds and then some {@code kind=duration}. */
  static void parseByKind(
      String option, String text, Consumer<Duration> all, BiConsumer<VitalKind, Duration> one)
      throws UsageException {
    boolean first = true;
    for (String part : text.split(",")) {
      int at = part.indexOf('=');
      if (at < 0) {
        if (!first) {
          throw new UsageException(
              "--%s: '%s' must be KIND=DURATION; only the first may lack the kind"
                  .formatted(option, part));
        }
        all.accept(parsePositive(option, part));
      } else {
        Duration duration = parsePositive(option, part.substring(at + 1));
        try {
          one.accept(VitalKind.named(part.substring(0, at).strip()), duration);
        } catch (IllegalArgumentException e) {
          throw new UsageException("--" + option + ": " + e.getMessage(), e);
        }
      }
      first = false;
    }
  }
}
