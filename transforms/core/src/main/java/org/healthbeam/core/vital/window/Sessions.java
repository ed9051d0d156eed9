package org.healthbeam.core.vital.window;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.healthbeam.core.vital.VitalKind;

/**
 * Parts the slots of one subject into sessions: a stay, or a period in which a device is worn.
 *
 * <p>A session is a run of plausible readings of any kind, each less than the gap after the one
 * before it. It begins with its first reading and ends the gap after its last, or where the longest
 * session ends, if that is earlier: no session goes over a multiple of the longest length since
 * 1970. A slot must not be longer than the gap, so that it belongs to one session as a whole.
 * Implausible readings neither begin nor prolong a session; those of a slot without plausible ones
 * of the kind count in the first session that shares a moment with the slot.
 */
public final class Sessions {
  private static final Comparator<SlotDigest> BY_FIRST_TIME =
      Comparator.comparingLong((SlotDigest slot) -> slot.digest().firstTime())
          .thenComparingInt(slot -> slot.kind().index());

  private final long gap;
  private final long longest;

  /**
   * Parts where nothing is read for that long, and at multiples of the longest length.
   *
   * @param gap at least as long as a slot
   * @param longest a multiple of the slots' length
   */
  public Sessions(Duration gap, Duration longest) {
    this.gap = gap.toMillis();
    this.longest = longest.toMillis();
  }

  private static final class Session {
    private final List<SlotDigest> slots = new ArrayList<>();
    private final long start;
    private long last;
    private long end;

    private Session(long start) {
      this.start = start;
    }
  }

  /**
   * Gives the span of each session and, by kind, what it comes to.
   *
   * @param slots of one subject, all kinds
   * @param expected how often a reading of a kind is expected
   * @param each takes a session; only kinds with a plausible reading are in its map
   */
  public void part(
      SlotDigests slots,
      Function<VitalKind, Duration> expected,
      BiConsumer<WindowSpan, Map<VitalKind, WindowFold>> each) {
    List<SlotDigest> withReadings = new ArrayList<>();
    List<SlotDigest> without = new ArrayList<>();
    for (SlotDigest slot : slots.inOrder()) {
      (slot.digest().n() > 0 ? withReadings : without).add(slot);
    }
    withReadings.sort(BY_FIRST_TIME);
    List<Session> sessions = new ArrayList<>();
    Session session = null;
    for (SlotDigest slot : withReadings) {
      long first = slot.digest().firstTime();
      if (session == null || first >= session.end) {
        session = new Session(first);
        session.last = first;
        sessions.add(session);
      }
      session.slots.add(slot);
      session.last = Math.max(session.last, slot.digest().lastTime());
      long cut = (Math.floorDiv(session.start, longest) + 1) * longest;
      session.end = Math.min(session.last + gap, cut);
    }
    for (SlotDigest slot : without) {
      for (Session candidate : sessions) {
        if (slot.startMillis() < candidate.end && slot.endMillis() > candidate.start) {
          candidate.slots.add(slot);
          break;
        }
      }
    }
    for (Session told : sessions) {
      tell(told, expected, each);
    }
  }

  private static void tell(
      Session session,
      Function<VitalKind, Duration> expected,
      BiConsumer<WindowSpan, Map<VitalKind, WindowFold>> each) {
    session.slots.sort(Comparator.comparingLong(SlotDigest::startMillis));
    Map<VitalKind, WindowFold> folds = new TreeMap<>();
    for (SlotDigest slot : session.slots) {
      folds
          .computeIfAbsent(slot.kind(), kind -> new WindowFold(expected.apply(kind)))
          .addAll(slot.digest());
    }
    folds.values().removeIf(fold -> fold.n() == 0);
    each.accept(
        new WindowSpan(
            Instant.ofEpochMilli(session.start),
            Instant.ofEpochMilli(session.end),
            Instant.ofEpochMilli(session.last)),
        folds);
  }
}
