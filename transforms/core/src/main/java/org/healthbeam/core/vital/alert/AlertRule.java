package org.healthbeam.core.vital.alert;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.healthbeam.core.vital.score.Threshold;

/**
 * A rule of alerts as data.
 *
 * <p>The condition holds where all thresholds of {@code raise} hold of the signal. It clears where
 * all of {@code clear} hold, or, if there are none, where the condition does not hold: thresholds
 * for clearing that lie apart from those for raising are a hysteresis.
 *
 * @param name stands in {@code rule}; unique
 * @param priority how urgent its alerts are
 * @param signal what it looks at
 * @param raise the condition; empty for a missing signal
 * @param clear when a raised alert clears
 * @param onDelay how long the condition must hold before it is raised
 * @param offDelay how long the condition for clearing must hold before it is cleared
 * @param suppression how long no new alert of this rule is raised after an acknowledgement
 * @param expiry after how long without a measurement of the signal an alert expires
 * @param repeatEvery how often a missing signal is told again
 * @param repeats how many times
 * @param source where the thresholds are from
 */
public record AlertRule(
    String name,
    AlertPriority priority,
    AlertSignal signal,
    List<Threshold> raise,
    List<Threshold> clear,
    Duration onDelay,
    Duration offDelay,
    Duration suppression,
    Duration expiry,
    Duration repeatEvery,
    int repeats,
    String source)
    implements Serializable {

  private static final Duration HALF_A_DAY = Duration.ofHours(12);
  private static final int MOST_REPEATS = 1000;
  private static final int DEFAULT_REPEATS = 3;

  /** A day that is active takes a row of the burden: what lasts longer is not meant. */
  private static final Duration LONGEST = Duration.ofDays(366);

  /**
   * Takes copies of the thresholds; refuses a rule without a name, thresholds that do not go with
   * the signal or of which one value holds both those for raising and those for clearing, and
   * durations above 366 days or below what they may be.
   *
   * @param name stands in {@code rule}; unique
   * @param priority how urgent its alerts are
   * @param signal what it looks at
   * @param raise the condition; empty for a missing signal
   * @param clear when a raised alert clears
   * @param onDelay how long the condition must hold before it is raised
   * @param offDelay how long the condition for clearing must hold before it is cleared
   * @param suppression how long no new alert of this rule is raised after an acknowledgement
   * @param expiry after how long without a measurement of the signal an alert expires
   * @param repeatEvery how often a missing signal is told again
   * @param repeats how many times
   * @param source where the thresholds are from
   */
  public AlertRule {
    raise = new ArrayList<>(raise);
    clear = new ArrayList<>(clear);
    boolean missing = signal.type() == AlertSignal.Type.MISSING;
    if (name.isBlank()) {
      throw new IllegalArgumentException("a rule of alerts needs a name");
    }
    if (missing != raise.isEmpty() || (missing && !clear.isEmpty())) {
      throw new IllegalArgumentException(
          "rule " + name + (missing ? " of missing readings has thresholds" : " has no threshold"));
    }
    if (onDelay.isNegative() || offDelay.isNegative() || suppression.isNegative()) {
      throw new IllegalArgumentException("rule " + name + " has a negative delay");
    }
    if (expiry.compareTo(onDelay) <= 0 || expiry.compareTo(offDelay) <= 0) {
      throw new IllegalArgumentException("rule " + name + " expires before its delays are over");
    }
    for (Duration each :
        List.of(onDelay, offDelay, suppression, expiry, repeatEvery, signal.over())) {
      if (each.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("rule " + name + " has a duration above 366d");
      }
    }
    if (Threshold.haveCommonNumber(raise, clear)) {
      throw new IllegalArgumentException(
          "rule " + name + " raises and clears at the same value; clear must lie outside of raise");
    }
    if (repeatEvery.toMillis() < 1 || repeats < 0 || repeats > MOST_REPEATS) {
      throw new IllegalArgumentException(
          "rule %s must repeat at most %d times, 1 ms or more apart".formatted(name, MOST_REPEATS));
    }
  }

  /**
   * {@return a rule without delays: it clears where the condition ends}
   *
   * @param name stands in {@code rule}; unique
   * @param priority how urgent its alerts are
   * @param signal what it looks at
   * @param raise thresholds like {@code >=7}, all of which must hold; none for a missing signal
   */
  public static AlertRule of(
      String name, AlertPriority priority, AlertSignal signal, String... raise) {
    return new AlertRule(
        name,
        priority,
        signal,
        thresholds(raise),
        List.of(),
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        HALF_A_DAY,
        HALF_A_DAY,
        DEFAULT_REPEATS,
        "");
  }

  private static List<Threshold> thresholds(String... texts) {
    return List.of(texts).stream().map(Threshold::parse).toList();
  }

  /**
   * {@return this rule with thresholds at which it clears}
   *
   * @param thresholds like {@code <5}, all of which must hold
   */
  public AlertRule clearing(String... thresholds) {
    return with(change -> change.clear = thresholds(thresholds));
  }

  /**
   * {@return this rule with delays before it is raised and before it is cleared}
   *
   * @param on how long the condition must hold, 0 or more
   * @param off how long the condition for clearing must hold, 0 or more
   */
  public AlertRule delayed(Duration on, Duration off) {
    return with(
        change -> {
          change.onDelay = on;
          change.offDelay = off;
        });
  }

  /**
   * {@return this rule, silent for so long after an acknowledgement}
   *
   * @param time 0 or more
   */
  public AlertRule suppressedFor(Duration time) {
    return with(change -> change.suppression = time);
  }

  /**
   * {@return this rule, expiring after so long without a measurement}
   *
   * @param time more than both delays
   */
  public AlertRule expiringAfter(Duration time) {
    return with(change -> change.expiry = time);
  }

  /**
   * {@return this rule of missing readings, told again so often and so many times}
   *
   * @param every 1 ms or more
   * @param times 0 to 1000
   */
  public AlertRule repeating(Duration every, int times) {
    return with(
        change -> {
          change.repeatEvery = every;
          change.repeats = times;
        });
  }

  /**
   * {@return this rule with the source of its thresholds}
   *
   * @param source a publication, or whose choice it is
   */
  public AlertRule from(String source) {
    return with(change -> change.source = source);
  }

  private AlertRule with(Consumer<Change> how) {
    Change change = new Change(this);
    how.accept(change);
    return change.rule();
  }

  /** What may be changed of a rule. */
  private static final class Change {
    private final AlertRule of;
    private List<Threshold> clear;
    private Duration onDelay;
    private Duration offDelay;
    private Duration suppression;
    private Duration expiry;
    private Duration repeatEvery;
    private int repeats;
    private String source;

    Change(AlertRule of) {
      this.of = of;
      this.clear = of.clear;
      this.onDelay = of.onDelay;
      this.offDelay = of.offDelay;
      this.suppression = of.suppression;
      this.expiry = of.expiry;
      this.repeatEvery = of.repeatEvery;
      this.repeats = of.repeats;
      this.source = of.source;
    }

    AlertRule rule() {
      return new AlertRule(
          of.name,
          of.priority,
          of.signal,
          of.raise,
          clear,
          onDelay,
          offDelay,
          suppression,
          expiry,
          repeatEvery,
          repeats,
          source);
    }
  }

  boolean isOfMissing() {
    return signal.type() == AlertSignal.Type.MISSING;
  }

  boolean raises(double value) {
    for (Threshold threshold : raise) {
      if (!threshold.holds(value)) {
        return false;
      }
    }
    return true;
  }

  boolean clears(double value) {
    if (clear.isEmpty()) {
      return !raises(value);
    }
    for (Threshold threshold : clear) {
      if (!threshold.holds(value)) {
        return false;
      }
    }
    return true;
  }
}
