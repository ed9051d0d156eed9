package org.healthbeam.transforms.vital.window;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.MergeOverlappingIntervalWindows;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.transforms.windowing.WindowMappingFn;
import org.apache.beam.sdk.values.KV;
import org.healthbeam.core.vital.window.SlotDigest;
import org.healthbeam.core.vital.window.VitalWindows;
import org.joda.time.Instant;

/**
 * Windows in which whole sessions lie: from the start of a slot with readings to the end of the
 * slot in which its session may end, merged where they overlap. Their ends are ends of slots, so
 * that no reading in time for its slot can come to a session whose window is over. One window may
 * hold several sessions; {@code core.vital.window.Sessions} parts them.
 */
public final class SessionGroups extends WindowFn<KV<String, SlotDigest>, IntervalWindow> {
  private static final long serialVersionUID = 1L;

  private final long slot;
  private final long gap;
  private final long longest;

  private SessionGroups(long slot, long gap, long longest) {
    this.slot = slot;
    this.gap = gap;
    this.longest = longest;
  }

  /**
   * {@return the groups of these windows, which must be sessions}
   *
   * @param windows sessions
   */
  public static SessionGroups of(VitalWindows windows) {
    return new SessionGroups(
        windows.grain().toMillis(), windows.gap().toMillis(), windows.longestSession().toMillis());
  }

  @Override
  public Collection<IntervalWindow> assignWindows(AssignContext context) {
    SlotDigest digest = context.element().getValue();
    long start = digest.startMillis();
    long end = digest.endMillis();
    if (digest.digest().n() > 0) {
      long over = digest.digest().lastTime() + gap;
      long cut = (Math.floorDiv(start, longest) + 1) * longest;
      end = Math.min(cut, (Math.floorDiv(over - 1, slot) + 1) * slot);
    }
    return List.of(new IntervalWindow(Instant.ofEpochMilli(start), Instant.ofEpochMilli(end)));
  }

  @Override
  public void mergeWindows(MergeContext context) throws Exception {
    MergeOverlappingIntervalWindows.mergeWindows(context);
  }

  @Override
  public Coder<IntervalWindow> windowCoder() {
    return IntervalWindow.getCoder();
  }

  @Override
  public WindowMappingFn<IntervalWindow> getDefaultWindowMappingFn() {
    throw new UnsupportedOperationException("Sessions are no windows of side inputs");
  }

  @Override
  @SuppressWarnings("deprecation") // Abstract in WindowFn.
  public boolean isCompatible(WindowFn<?, ?> other) {
    return equals(other);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SessionGroups groups
        && groups.slot == slot
        && groups.gap == gap
        && groups.longest == longest;
  }

  @Override
  public int hashCode() {
    return Objects.hash(slot, gap, longest);
  }

  @Override
  public String toString() {
    return "SessionGroups(" + gap + " ms)";
  }
}
