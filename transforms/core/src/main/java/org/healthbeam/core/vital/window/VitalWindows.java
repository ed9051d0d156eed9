package org.healthbeam.core.vital.window;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which windows vital signs are summarized in, and how those are made of slots.
 *
 * <p>Only the shortest slots hold readings; each wider window takes the digests of the slots in it.
 * So a reading is in time for all its windows or for none: it is late when its {@linkplain #slot
 * slot} has been over for longer than the lateness, and how long readings are held does not grow
 * with the length of windows. The slot is the window itself up to {@value #LONGEST_SLOT_HOURS} h,
 * the shortest window of a ladder, the step of sliding windows, the gap of sessions up to 10 min,
 * and 10 min of whatever is longer.
 */
public final class VitalWindows implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Windows up to this length hold their readings. */
  static final int LONGEST_SLOT_HOURS = 1;

  /** The longest window. */
  public static final Duration LONGEST = Duration.ofDays(7);

  /** The longest session, if nothing else is said and the gap is not below 10 minutes. */
  public static final Duration LONGEST_SESSION = Duration.ofDays(30);

  /** A window holds the digests of at most so many slots, a session of thirty days 4,320. */
  public static final int MOST_SLOTS = 256;

  /** So many sliding windows may overlap. */
  public static final int MOST_OVERLAPPING = 300;

  private static final int MOST_SLOTS_OF_SESSION = 4_320;
  private static final long LONGEST_SLOT = Duration.ofHours(LONGEST_SLOT_HOURS).toMillis();
  private static final long INNER_SLOT = Duration.ofMinutes(10).toMillis();
  private static final long SHORTEST_GAP = 1_000;
  private static final int SLOTS_OF_A_SLOT = 64;

  /** What windows there may be. */
  public enum Shape {
    /** Windows of one length, each of them or several that contain each other. */
    NESTED,
    /** Windows of one length that begin at every multiple of a shorter step. */
    SLIDING,
    /** Stretches in which readings follow one another, each subject's own. */
    SESSIONS
  }

  /**
   * Windows of a length that begin at multiples of it within wider ones, the last of which may be
   * shorter; the wider ones begin at multiples of their length since 1970.
   *
   * @param length of each, in milliseconds
   * @param within the length of the wider ones, in milliseconds
   * @param told whether they are summarized, or only there for the wider ones
   */
  public record Rung(long length, long within, boolean told) implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * {@return the start of the window that a time is in}
     *
     * @param time in milliseconds since 1970
     */
    public long start(long time) {
      long inside = Math.floorMod(time, within);
      return time - inside % length;
    }

    /**
     * {@return the end of the window that a time is in, excluded}
     *
     * @param time in milliseconds since 1970
     */
    public long end(long time) {
      long widerEnd = time - Math.floorMod(time, within) + within;
      return Math.min(start(time) + length, widerEnd);
    }

    /**
     * {@return the last watermark at which a reading of a time is in time: what groupings into the
     * windows drop is behind it, as a window's last instant is a millisecond before its end}
     *
     * @param time in milliseconds since 1970
     * @param allowedLateness in milliseconds, 0 or more
     */
    public long lastInTime(long time, long allowedLateness) {
      return end(time) - 1 + allowedLateness;
    }
  }

  private final Shape shape;
  private final long[] lengths;
  private final long every;
  private final long gap;
  private final long longestSession;

  private VitalWindows(Shape shape, long[] lengths, long every, long gap, long longestSession) {
    this.shape = shape;
    this.lengths = lengths;
    this.every = every;
    this.gap = gap;
    this.longestSession = longestSession;
  }

  /**
   * {@return windows that begin at multiples of their length since 1970}
   *
   * @param length 1 ms or more
   * @throws IllegalArgumentException if it is shorter, or longer than windows may be
   */
  public static VitalWindows fixed(Duration length) {
    return new VitalWindows(Shape.NESTED, new long[] {length("window", length)}, 0, 0, 0);
  }

  /**
   * {@return windows of a length that begin at every multiple of a step}
   *
   * @param length a multiple of the step
   * @param every must divide the length
   */
  public static VitalWindows sliding(Duration length, Duration every) {
    long whole = length("window", length);
    long step = length("step of sliding windows", every);
    if (whole % step != 0) {
      throw new IllegalArgumentException(
          "sliding windows of %s must be a multiple of their step %s long"
              .formatted(text(length), text(every)));
    }
    if (whole / step > MOST_OVERLAPPING) {
      throw new IllegalArgumentException(
          "sliding windows of %s with the step %s overlap %d times; at most %d are held at once"
              .formatted(text(length), text(every), whole / step, MOST_OVERLAPPING));
    }
    return new VitalWindows(Shape.SLIDING, new long[] {whole}, step, 0, 0);
  }

  /**
   * {@return sessions of a subject, which end when nothing is read for the gap}
   *
   * @param gap 1 s or more
   * @throws IllegalArgumentException if it is shorter
   */
  public static VitalWindows sessions(Duration gap) {
    long millis = length("gap of sessions", gap);
    if (millis < SHORTEST_GAP) {
      throw new IllegalArgumentException("gap of sessions " + text(gap) + " is shorter than 1 s");
    }
    long slot = Math.min(millis, INNER_SLOT);
    return new VitalWindows(Shape.SESSIONS, new long[0], 0, millis, slot * MOST_SLOTS_OF_SESSION);
  }

  /**
   * {@return sessions that are cut at multiples of this length since 1970, which bounds what is
   * held; a part that is cut off is a session of its own} The length is rounded up to whole slots.
   *
   * @param longest from the gap to as many slots as are held
   * @throws IllegalStateException if these are no sessions
   * @throws IllegalArgumentException if the length is out of its range
   */
  public VitalWindows cutAt(Duration longest) {
    if (shape != Shape.SESSIONS) {
      throw new IllegalStateException("only sessions have a longest length");
    }
    long slot = Math.min(gap, INNER_SLOT);
    long millis = longest.toMillis();
    if (millis < gap || millis > slot * MOST_SLOTS_OF_SESSION) {
      throw new IllegalArgumentException(
          "longest session %s is not from the gap %s to %s; the slots of %s in between are held"
              .formatted(
                  text(longest),
                  text(Duration.ofMillis(gap)),
                  text(Duration.ofMillis(slot * MOST_SLOTS_OF_SESSION)),
                  text(Duration.ofMillis(slot))));
    }
    return new VitalWindows(shape, lengths, every, gap, (millis + slot - 1) / slot * slot);
  }

  /**
   * {@return windows of several lengths, from short to long, each of which divides the next}
   *
   * @param lengths two or more
   * @throws IllegalArgumentException if there are fewer, or one does not divide the next
   */
  public static VitalWindows ladder(List<Duration> lengths) {
    if (lengths.size() < 2) {
      throw new IllegalArgumentException("a ladder has at least two lengths of windows");
    }
    long[] millis = new long[lengths.size()];
    for (int i = 0; i < millis.length; i++) {
      millis[i] = length("window of the ladder", lengths.get(i));
      if (i > 0 && (millis[i] <= millis[i - 1] || millis[i] % millis[i - 1] != 0)) {
        throw new IllegalArgumentException(
            "windows of a ladder must each be a multiple of the one before: %s is none of %s"
                .formatted(text(lengths.get(i)), text(lengths.get(i - 1))));
      }
    }
    return new VitalWindows(Shape.NESTED, millis, 0, 0, 0);
  }

  /**
   * {@return windows of several lengths, from short to long, each of which divides the next}
   *
   * @param lengths two or more
   * @throws IllegalArgumentException if there are fewer, or one does not divide the next
   */
  public static VitalWindows ladder(Duration... lengths) {
    return ladder(List.of(lengths));
  }

  private static long length(String what, Duration length) {
    if (length.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException(what + " " + text(length) + " is shorter than 1 ms");
    }
    if (length.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "%s %s is longer than %s".formatted(what, text(length), text(LONGEST)));
    }
    return length.toMillis();
  }

  private static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0 || millis % 1_000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1_000;
    return seconds % 86_400 == 0
        ? seconds / 86_400 + "d"
        : seconds % 3_600 == 0
            ? seconds / 3_600 + "h"
            : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  /** {@return what kind of windows these are} */
  public Shape shape() {
    return shape;
  }

  /** {@return the length of sliding windows} */
  public Duration length() {
    return Duration.ofMillis(lengths[0]);
  }

  /** {@return the step of sliding windows} */
  public Duration every() {
    return Duration.ofMillis(every);
  }

  /** {@return how long nothing is read between two sessions} */
  public Duration gap() {
    return Duration.ofMillis(gap);
  }

  /** {@return at whose multiples sessions are cut} */
  public Duration longestSession() {
    return Duration.ofMillis(longestSession);
  }

  /**
   * {@return the windows that do not overlap, from the slots that hold the readings to the widest;
   * sliding windows and sessions are made of the last of them}
   */
  public List<Rung> rungs() {
    List<Rung> rungs = new ArrayList<>();
    switch (shape) {
      case NESTED -> {
        for (int i = 0; i < lengths.length; i++) {
          addInner(rungs, lengths[i]);
          rungs.add(new Rung(lengths[i], lengths[i], true));
        }
      }
      case SLIDING -> {
        addInner(rungs, every);
        rungs.add(new Rung(every, every, false));
      }
      case SESSIONS -> {
        long slot = Math.min(gap, INNER_SLOT);
        rungs.add(new Rung(slot, slot, false));
      }
    }
    return rungs;
  }

  /** Adds what stands between the rungs and a wider window, so that neither holds too much. */
  private static void addInner(List<Rung> rungs, long length) {
    if (rungs.isEmpty()) {
      if (length <= LONGEST_SLOT) {
        return;
      }
      rungs.add(new Rung(INNER_SLOT, length, false));
    }
    long slot = rungs.get(rungs.size() - 1).length();
    while ((length + slot - 1) / slot > MOST_SLOTS) {
      slot *= SLOTS_OF_A_SLOT;
      rungs.add(new Rung(slot, length, false));
    }
  }

  /** {@return the slots, which hold the readings} */
  public Rung slot() {
    return rungs().get(0);
  }

  /**
   * {@return the length of the windows that begin at multiples of it and contain whole slots: a
   * reading in time for its slot is in time for them}
   */
  public Duration grain() {
    return Duration.ofMillis(
        switch (shape) {
          case NESTED -> lengths[0];
          case SLIDING -> every;
          case SESSIONS -> Math.min(gap, INNER_SLOT);
        });
  }

  /** {@return whether these are windows of one length that hold their readings themselves} */
  public boolean isOneGrouping() {
    return shape == Shape.NESTED && rungs().size() == 1;
  }

  @Override
  public String toString() {
    return switch (shape) {
      case NESTED ->
          lengths.length == 1
              ? "windows of " + text(Duration.ofMillis(lengths[0]))
              : "ladder of "
                  + String.join(
                      ", ",
                      Arrays.stream(lengths).mapToObj(l -> text(Duration.ofMillis(l))).toList());
      case SLIDING ->
          "windows of %s every %s"
              .formatted(text(Duration.ofMillis(lengths[0])), text(Duration.ofMillis(every)));
      case SESSIONS ->
          "sessions with a gap of %s, cut at %s"
              .formatted(text(Duration.ofMillis(gap)), text(Duration.ofMillis(longestSession)));
    };
  }
}
