package org.healthbeam.transforms.vital;

import org.apache.beam.sdk.transforms.windowing.AfterPane;
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
 * can come any more. Of bounded input once.
 */
final class PanePolicy {
  private static final Duration ALL_TIME =
      new Duration(BoundedWindow.TIMESTAMP_MIN_VALUE, BoundedWindow.TIMESTAMP_MAX_VALUE);

  private PanePolicy() {}

  static <T> Window<T> window(
      WindowFn<Object, ? extends BoundedWindow> windows,
      IsBounded bounded,
      Duration allowedLateness) {
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
    // Always, also without lateness: the watermark may stop between a window's last instant, at
    // which it is told, and the next, at which no more can come.
    return window
        .triggering(
            AfterWatermark.pastEndOfWindow().withLateFirings(AfterPane.elementCountAtLeast(1)))
        .withAllowedLateness(allowedLateness, Window.ClosingBehavior.FIRE_ALWAYS);
  }

  /** Says whether a pane is the last of its window. */
  static boolean isFinal(boolean bounded, PaneInfo pane) {
    return bounded || pane.isLast();
  }
}
