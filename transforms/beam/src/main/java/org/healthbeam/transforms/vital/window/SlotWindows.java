package org.healthbeam.transforms.vital.window;

import java.util.Objects;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PartitioningWindowFn;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.transforms.windowing.WindowMappingFn;
import org.healthbeam.core.vital.window.VitalWindows.Rung;
import org.joda.time.Instant;

/** The windows of a rung: fixed windows, cut anew where each wider window begins. */
public final class SlotWindows extends PartitioningWindowFn<Object, IntervalWindow> {
  private static final long serialVersionUID = 1L;

  private final Rung rung;

  private SlotWindows(Rung rung) {
    this.rung = rung;
  }

  /**
   * {@return the windows of this rung}
   *
   * @param rung one length of windows
   */
  public static SlotWindows of(Rung rung) {
    return new SlotWindows(rung);
  }

  @Override
  public IntervalWindow assignWindow(Instant timestamp) {
    long millis = timestamp.getMillis();
    return new IntervalWindow(
        Instant.ofEpochMilli(rung.start(millis)), Instant.ofEpochMilli(rung.end(millis)));
  }

  @Override
  public Coder<IntervalWindow> windowCoder() {
    return IntervalWindow.getCoder();
  }

  @Override
  public WindowMappingFn<IntervalWindow> getDefaultWindowMappingFn() {
    throw new UnsupportedOperationException("Slots of vital signs are no windows of side inputs");
  }

  @Override
  @SuppressWarnings("deprecation") // Abstract in WindowFn.
  public boolean isCompatible(WindowFn<?, ?> other) {
    return equals(other);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SlotWindows windows && windows.rung.equals(rung);
  }

  @Override
  public int hashCode() {
    return Objects.hash(rung);
  }

  @Override
  public String toString() {
    return "SlotWindows(" + rung + ")";
  }
}
