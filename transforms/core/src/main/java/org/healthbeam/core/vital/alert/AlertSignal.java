package org.healthbeam.core.vital.alert;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import javax.annotation.Nullable;
import org.healthbeam.core.vital.VitalKind;

/**
 * What a rule looks at.
 *
 * @param type what of it
 * @param score the score's name; empty if it looks at none
 * @param parameter the parameter whose points count; empty but for {@link Type#POINTS}
 * @param kind the kind of reading; null for scores, and where any kind counts
 * @param over how far a trend looks back, or how long readings must be missing
 */
public record AlertSignal(
    Type type, String score, String parameter, @Nullable VitalKind kind, Duration over)
    implements Serializable {

  /** What of a score or of readings. */
  public enum Type {
    /** The score's number. */
    SCORE,
    /** The score's risk by its rank: low 0, low-medium 1, medium 2, high 3. */
    RISK,
    /** The points of one of its parameters. */
    POINTS,
    /** A reading's value, in the kind's canonical unit. */
    VALUE,
    /** The value less that of the earliest reading in (time - over, time]. */
    DELTA,
    /** The slope of the least-squares line of the readings in (time - over, time], per hour. */
    SLOPE,
    /** That there is no reading. */
    MISSING
  }

  /**
   * Refuses a type or a time that is null.
   *
   * @param type what of it
   * @param score the score's name; empty if it looks at none
   * @param parameter the parameter whose points count; empty but for {@link Type#POINTS}
   * @param kind the kind of reading; null for scores, and where any kind counts
   * @param over how far a trend looks back, or how long readings must be missing
   */
  public AlertSignal {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(over, "over");
  }

  /**
   * Looks at a score's number.
   *
   * @param score the score's name
   * @return the signal
   */
  public static AlertSignal score(String score) {
    return new AlertSignal(Type.SCORE, score, "", null, Duration.ZERO);
  }

  /**
   * Looks at a score's risk.
   *
   * @param score the score's name
   * @return the signal, whose values are 0 for low, 1, 2 and 3 for high
   */
  public static AlertSignal risk(String score) {
    return new AlertSignal(Type.RISK, score, "", null, Duration.ZERO);
  }

  /**
   * Looks at the points of a score's parameter.
   *
   * @param score the score's name
   * @param parameter its name in the score
   * @return the signal
   */
  public static AlertSignal points(String score, String parameter) {
    return new AlertSignal(Type.POINTS, score, parameter, null, Duration.ZERO);
  }

  /**
   * Looks at a kind's readings.
   *
   * @param kind what was measured
   * @return the signal, in the kind's unit
   */
  public static AlertSignal value(VitalKind kind) {
    return new AlertSignal(Type.VALUE, "", "", kind, Duration.ZERO);
  }

  /**
   * Looks at how much a kind's value changed over a time.
   *
   * @param kind what was measured
   * @param over how far it looks back, more than 0
   * @return the signal, in the kind's unit
   */
  public static AlertSignal delta(VitalKind kind, Duration over) {
    return new AlertSignal(Type.DELTA, "", "", kind, positive(over));
  }

  /**
   * Looks at how fast a kind's value changes over a time.
   *
   * @param kind what was measured
   * @param over how far it looks back, more than 0
   * @return the signal, in the kind's unit by the hour
   */
  public static AlertSignal slope(VitalKind kind, Duration over) {
    return new AlertSignal(Type.SLOPE, "", "", kind, positive(over));
  }

  /**
   * Looks for readings of a kind, or of any, that fail to come.
   *
   * @param kind of which readings are expected; null for any
   * @param after how long none must have come, more than 0
   * @return the signal, which has no value
   */
  public static AlertSignal missing(@Nullable VitalKind kind, Duration after) {
    return new AlertSignal(Type.MISSING, "", "", kind, positive(after));
  }

  boolean isOfScore() {
    return !score.isEmpty();
  }

  boolean isTrend() {
    return type == Type.DELTA || type == Type.SLOPE;
  }

  /** {@return what it looks at, in words for the detail of an alert} */
  String words() {
    return switch (type) {
      case SCORE -> score;
      case RISK -> score + " risk";
      case POINTS -> score + " points of " + parameter;
      case VALUE -> kindName();
      case DELTA -> kindName() + " change over " + Durations.text(over.toMillis());
      case SLOPE -> kindName() + " slope per hour over " + Durations.text(over.toMillis());
      case MISSING -> kind == null ? "any reading" : kindName();
    };
  }

  private String kindName() {
    return kind == null ? "" : kind.kindName();
  }

  private static Duration positive(Duration duration) {
    if (duration.toMillis() < 1) {
      throw new IllegalArgumentException("duration " + duration + " is not at least 1 ms");
    }
    return duration;
  }
}
