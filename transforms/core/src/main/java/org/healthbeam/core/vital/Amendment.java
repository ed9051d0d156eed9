package org.healthbeam.core.vital;

import java.util.Comparator;
import java.util.Objects;

/**
 * What is told of a series' readings at one time after they were told: a correction, a taking back,
 * or that a value is an artefact or is none after all.
 *
 * @param timeMillis the event time of the readings
 * @param observation a hash of the observation's id, or 0; of artefacts 0
 * @param order the greatest counts
 * @param what what is told
 * @param value the new value, the value judged, or NaN where it takes back
 */
public record Amendment(long timeMillis, long observation, long order, What what, double value)
    implements Comparable<Amendment> {

  /** What an amendment tells. */
  public enum What {
    /** The value replaces those at this time. */
    CORRECTED(0),
    /** The readings at this time are taken back. */
    WITHDRAWN(1),
    /** This value at this time is not to be used. */
    ARTEFACT(2),
    /** This value at this time is to be used, whatever was told before. */
    NO_ARTEFACT(3);

    private final int index;

    What(int index) {
      this.index = index;
    }

    /** Returns the number that stands for it in encoded elements. */
    public int index() {
      return index;
    }

    /** Returns the one with this {@link #index}. */
    public static What at(int index) {
      return switch (index) {
        case 0 -> CORRECTED;
        case 1 -> WITHDRAWN;
        case 2 -> ARTEFACT;
        case 3 -> NO_ARTEFACT;
        default -> throw new IllegalArgumentException("no amendment has the index " + index);
      };
    }
  }

  /** By time, observation, order, what is told, and value: the last of an observation counts. */
  private static final Comparator<Amendment> ORDER =
      Comparator.comparingLong(Amendment::timeMillis)
          .thenComparing(Amendment::isJudgement)
          .thenComparingLong(Amendment::observation)
          .thenComparingLong(Amendment::order)
          .thenComparingInt(a -> a.what.index)
          .thenComparingDouble(Amendment::value);

  public Amendment {
    Objects.requireNonNull(what, "what");
  }

  /** Says whether it judges a value, and is no record of a source. */
  public boolean isJudgement() {
    return what == What.ARTEFACT || what == What.NO_ARTEFACT;
  }

  /** Says whether it is of the same observation, time and order. */
  boolean isOfTheSameVersion(Amendment other) {
    return timeMillis == other.timeMillis
        && observation == other.observation
        && order == other.order;
  }

  @Override
  public int compareTo(Amendment other) {
    return ORDER.compare(this, other);
  }

  /** Shows what it tells only: the content is a patient's. */
  @Override
  public String toString() {
    return "Amendment(" + what + ")";
  }
}
