package org.healthbeam.core.vital.score;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.annotation.Nullable;
import org.healthbeam.core.vital.VitalKind;

/**
 * One parameter of a score: the kinds that may stand for it, and what its values come to.
 *
 * <p>Of several kinds the one that was measured last counts; of those measured at the same time the
 * one with the most points, and of those the one that was named first.
 */
public final class ParameterDefinition implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What a parameter is for. */
  public enum Role {
    /** Its points are added. */
    POINTS,
    /** Its value goes into the formula; of several at one time the greatest. */
    GREATEST_VALUE,
    /** Its value goes into the formula; of several at one time the least. */
    LEAST_VALUE,
    /** It is shown beside the score and has no part in it; the least of several at one time. */
    SHOWN
  }

  /**
   * How one kind scores.
   *
   * @param kind the kind
   * @param given the coded parameter on whose value the rule depends; empty if on none
   * @param rules the rule; where it depends, one for each rank of that parameter's kind
   * @param leastPoints the fewest points that any of them gives
   * @param mostPoints the most
   */
  record Scale(VitalKind kind, String given, List<PointRule> rules, int leastPoints, int mostPoints)
      implements Serializable {
    Scale {
      rules = Collections.unmodifiableList(new ArrayList<>(rules));
    }
  }

  private final String name;
  private final Role role;
  private final List<Scale> scales;
  @Nullable private final Duration horizon;

  private ParameterDefinition(
      String name, Role role, List<Scale> scales, @Nullable Duration horizon) {
    this.name = name;
    this.role = role;
    this.scales = scales;
    this.horizon = horizon;
  }

  /**
   * {@return a parameter of points, called as its kind}
   *
   * @param kind what is measured
   * @param bands the points of its values
   */
  public static ParameterDefinition of(VitalKind kind, Bands bands) {
    return of(kind, bands, bands.leastPoints(), bands.mostPoints());
  }

  /**
   * {@return a parameter of points with a rule of one's own, and the range of its points}
   *
   * @param kind what is measured
   * @param rule the points of its values
   * @param leastPoints the fewest that the rule gives
   * @param mostPoints the most that the rule gives
   */
  public static ParameterDefinition of(
      VitalKind kind, PointRule rule, int leastPoints, int mostPoints) {
    return new ParameterDefinition(
        kind.kindName(),
        Role.POINTS,
        List.of(new Scale(kind, "", List.of(rule), leastPoints, mostPoints)),
        null);
  }

  /**
   * {@return a parameter whose bands depend on another one's code, as NEWS2's second scale of
   * oxygen saturation does on air or oxygen} Where that one is missing, it has no points unless all
   * bands agree, and the range of the possible widens.
   *
   * @param kind what is measured
   * @param given the other one's name; its kind must be coded, and its points must depend on none
   * @param byRank the bands by the rank of its codes
   */
  public static ParameterDefinition dependent(VitalKind kind, String given, List<Bands> byRank) {
    int least = byRank.stream().mapToInt(Bands::leastPoints).min().orElseThrow();
    int most = byRank.stream().mapToInt(Bands::mostPoints).max().orElseThrow();
    return new ParameterDefinition(
        kind.kindName(),
        Role.POINTS,
        List.of(new Scale(kind, given, new ArrayList<>(byRank), least, most)),
        null);
  }

  /**
   * {@return a parameter whose value goes into the formula, or is shown only}
   *
   * @param kind what is measured
   * @param role any but {@link Role#POINTS}
   * @throws IllegalArgumentException if the role is that of points
   */
  public static ParameterDefinition value(VitalKind kind, Role role) {
    if (role == Role.POINTS) {
      throw new IllegalArgumentException("a parameter of points needs bands");
    }
    return new ParameterDefinition(
        kind.kindName(), role, List.of(new Scale(kind, "", List.of(v -> 0), 0, 0)), null);
  }

  /**
   * {@return this parameter with another kind that may stand for it}
   *
   * @param kind that is measured in place of the first
   * @param bands the points of its values
   * @throws IllegalArgumentException if this parameter has no points
   */
  public ParameterDefinition or(VitalKind kind, Bands bands) {
    if (role != Role.POINTS) {
      throw new IllegalArgumentException("parameter " + name + " has a value and no points");
    }
    List<Scale> more = new ArrayList<>(scales);
    more.add(new Scale(kind, "", List.of(bands), bands.leastPoints(), bands.mostPoints()));
    return new ParameterDefinition(name, role, Collections.unmodifiableList(more), horizon);
  }

  /**
   * {@return this parameter with a horizon of its own, which stands before the run's horizons}
   *
   * @param horizon how long a value counts, 1 ms or more
   * @throws IllegalArgumentException if it is shorter
   */
  public ParameterDefinition within(Duration horizon) {
    if (horizon.toMillis() < 1) {
      throw new IllegalArgumentException("horizon " + horizon + " is not at least 1 ms");
    }
    return new ParameterDefinition(name, role, scales, horizon);
  }

  /** {@return the name, which columns bear: that of its first kind} */
  public String name() {
    return name;
  }

  /** {@return what it is for} */
  public Role role() {
    return role;
  }

  /** {@return the kinds that may stand for it} */
  public List<VitalKind> kinds() {
    return scales.stream().map(Scale::kind).toList();
  }

  /** {@return its own horizon, if it has one} */
  public Optional<Duration> horizon() {
    return Optional.ofNullable(horizon);
  }

  List<Scale> scales() {
    return scales;
  }

  /** {@return the points that a missing value leaves possible} */
  int leastPoints() {
    return scales.stream().mapToInt(Scale::leastPoints).min().orElse(0);
  }

  int mostPoints() {
    return scales.stream().mapToInt(Scale::mostPoints).max().orElse(0);
  }
}
