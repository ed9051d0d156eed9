package org.healthbeam.pipelines.monitorvitals;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.pipelines.run.ShortDuration;
import org.healthbeam.pipelines.run.UsageException;

/** Durations of which some are of one kind of vital sign: {@code 1h,weight=1d}. */
final class KindDurations {
  private KindDurations() {}

  /** Reads one duration for all kinds and then some {@code kind=duration}. */
  static void parse(
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
        all.accept(ShortDuration.parsePositive(option, part));
      } else {
        Duration duration = ShortDuration.parsePositive(option, part.substring(at + 1));
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
