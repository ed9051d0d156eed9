package org.healthbeam.transforms.vital;

import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterProcessingTime;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.Never;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.joda.time.Duration;

/**
 * When windows are told: once at their end, again with each late reading, and a last time when none
 * can come any more; if asked, some time after the first reading that was not told yet too, before
 * the end. Of bounded input once.
 */
final class PanePolicy {
  private static final Duration ALL_TIME =
      new Duration(BoundedWindow.TIMESTAMP_MIN_VALUE, BoundedWindow.TIMESTAMP_MAX_VALUE);

  private PanePolicy() {}

  static <T> Window<T> window(
      WindowFn<? super T, ? extends BoundedWindow> windows,
      IsBounded bounded,
      Duration allowedLateness) {
    return window(windows, bounded, allowedLateness, null);
  }

  /**
   * {@return how a collection is put into windows}
   *
   * @param early how long after its first new reading an open window is told; null for not at all
   */
  static <T> Window<T> window(
      WindowFn<? super T, ? extends BoundedWindow> windows,
      IsBounded bounded,
      Duration allowedLateness,
      @Nullable Duration early) {
    Window<T> window =
        Window.<T>into(windows)
            .withOnTimeBehavior(Window.OnTimeBehavior.FIRE_IF_NON_EMPTY)
            .accumulatingFiredPanes();
    if (bounded == IsBounded.BOUNDED) {
      // Told when all is read. Nothing bounded is late, though the watermark may be at the end of
      // time already: a grouping before this, as in the reading of files, leaves it there.
      return window
          .triggering(Never.ever())
          .withAllowedLateness(ALL_TIME, Window.ClosingBehavior.FIRE_IF_NON_EMPTY);
    }
    AfterWatermark.AfterWatermarkEarlyAndLate trigger =
        AfterWatermark.pastEndOfWindow().withLateFirings(AfterPane.elementCountAtLeast(1));
    if (early != null) {
      trigger =
          trigger.withEarlyFirings(AfterProcessingTime.pastFirstElementInPane().plusDelayOf(early));
    }
    // Always, also without lateness: the watermark may stop between a window's last instant, at
    // which it is told, and the next, at which no more can come.
    return window
        .triggering(trigger)
        .withAllowedLateness(allowedLateness, Window.ClosingBehavior.FIRE_ALWAYS);
  }

  /** {@return whether a pane is the last of its window} */
  static boolean isFinal(boolean bounded, PaneInfo pane) {
    return bounded || pane.isLast();
  }

  /**
   * {@return whether a pane may have something that the one before it did not: all but those that
   * are there only to say that their window is closed}
   */
  static boolean mayHaveNews(boolean late, PaneInfo pane) {
    return !late || pane.isFirst() || !pane.isLast() || pane.getTiming() != PaneInfo.Timing.LATE;
  }
}
