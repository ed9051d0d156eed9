package org.healthbeam.pipelines.monitorvitals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.healthbeam.core.vital.window.VitalWindows;
import org.healthbeam.pipelines.run.ShortDuration;
import org.healthbeam.pipelines.run.UsageException;

/** Reads which windows the options ask for. */
final class WindowOptions {
  private WindowOptions() {}

  static VitalWindows of(MonitorVitalsOptions options) throws UsageException {
    List<String> chosen = new ArrayList<>();
    if (isSet(options.getSlide())) {
      chosen.add("--slide");
    }
    if (isSet(options.getSessionGap())) {
      chosen.add("--sessionGap");
    }
    if (isSet(options.getLadder())) {
      chosen.add("--ladder");
    }
    if (chosen.size() > 1) {
      throw new UsageException(
          "%s exclude each other: a run has one kind of windows"
              .formatted(String.join(" and ", chosen)));
    }
    if (isSet(options.getLongestSession()) && !chosen.contains("--sessionGap")) {
      throw new UsageException("--longestSession needs --sessionGap");
    }
    try {
      return windows(options);
    } catch (IllegalArgumentException e) {
      String option = chosen.isEmpty() ? "--window" : chosen.get(0);
      throw new UsageException(option + ": " + e.getMessage(), e);
    }
  }

  private static VitalWindows windows(MonitorVitalsOptions options) throws UsageException {
    if (isSet(options.getSessionGap())) {
      VitalWindows sessions =
          VitalWindows.sessions(ShortDuration.parsePositive("sessionGap", options.getSessionGap()));
      return isSet(options.getLongestSession())
          ? sessions.cutAt(
              ShortDuration.parsePositive("longestSession", options.getLongestSession()))
          : sessions;
    }
    if (isSet(options.getLadder())) {
      List<Duration> lengths = new ArrayList<>();
      for (String length : options.getLadder().split(",")) {
        lengths.add(ShortDuration.parsePositive("ladder", length));
      }
      return VitalWindows.ladder(lengths);
    }
    Duration window = ShortDuration.parsePositive("window", options.getWindow());
    return isSet(options.getSlide())
        ? VitalWindows.sliding(window, ShortDuration.parsePositive("slide", options.getSlide()))
        : VitalWindows.fixed(window);
  }

  private static boolean isSet(String text) {
    return !text.isBlank();
  }
}
