package org.healthbeam.core.vital.score;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.annotation.Nullable;
import org.healthbeam.core.vital.VitalKind;

/**
 * A score as plain data plus a rule: its parameters, how they come to a number, and what risk that
 * number is.
 *
 * <p>Without a formula the score is the sum of the points that are known. With one it is what the
 * formula says of the values, and unknown if any is missing. The first risk whose condition holds
 * is the score's.
 *
 * <pre>{@code
 * ScoreDefinition breathing =
 *     ScoreDefinition.named("breathing", "an example")
 *         .with(
 *             ParameterDefinition.of(
 *                 VitalKind.RESPIRATORY_RATE, Bands.whole().upTo(8, 2).upTo(24, 0).above(1)))
 *         .with(ParameterDefinition.of(VitalKind.SPO2, Bands.whole().upTo(89, 2).above(0)))
 *         .risk("high", Threshold.parse(">=3"))
 *         .otherwise("low");
 * }</pre>
 */
public final class ScoreDefinition implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The risks, from the lowest to the highest. */
  public static final List<String> RISKS = List.of("low", "low-medium", "medium", "high");

  /** When a risk is the score's. */
  record RiskRule(String risk, boolean ofAnyParameter, @Nullable Threshold threshold)
      implements Serializable {}

  private final String name;
  private final String source;
  private final List<ParameterDefinition> parameters;
  private final List<RiskRule> risks;
  @Nullable private final ScoreFormula formula;

  private ScoreDefinition(
      String name,
      String source,
      List<ParameterDefinition> parameters,
      List<RiskRule> risks,
      @Nullable ScoreFormula formula) {
    this.name = name;
    this.source = source;
    this.parameters = Collections.unmodifiableList(parameters);
    this.risks = Collections.unmodifiableList(risks);
    this.formula = formula;
  }

  /**
   * Begins a definition.
   *
   * @param name stands in {@code score_name}; it tells variants apart
   * @param source where the rule is published, with year or version
   * @return a definition without parameters and risks
   * @throws IllegalArgumentException if the name is blank
   */
  public static ScoreDefinition named(String name, String source) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a score needs a name");
    }
    return new ScoreDefinition(name, source, new ArrayList<>(), new ArrayList<>(), null);
  }

  /**
   * {@return this definition with one more parameter}
   *
   * @param parameter of a name that no other has
   * @throws IllegalArgumentException if one of the name is there
   */
  public ScoreDefinition with(ParameterDefinition parameter) {
    for (ParameterDefinition known : parameters) {
      if (known.name().equals(parameter.name())) {
        throw new IllegalArgumentException(
            "score %s has parameter %s twice".formatted(name, parameter.name()));
      }
    }
    List<ParameterDefinition> more = new ArrayList<>(parameters);
    more.add(parameter);
    return new ScoreDefinition(name, source, more, risks, formula);
  }

  /**
   * {@return this definition with a formula in place of the sum of points}
   *
   * @param formula takes the values in the order of the parameters
   */
  public ScoreDefinition computedBy(ScoreFormula formula) {
    return new ScoreDefinition(name, source, parameters, risks, formula);
  }

  /**
   * {@return this definition with a risk for the scores that hold the threshold}
   *
   * @param risk {@code low}, {@code low-medium}, {@code medium} or {@code high}
   * @param score the scores that have it, where no risk before holds
   */
  public ScoreDefinition risk(String risk, Threshold score) {
    return with(new RiskRule(risk, false, score));
  }

  /**
   * {@return this definition with a risk for scores of which any parameter's points hold it}
   *
   * @param risk {@code low}, {@code low-medium}, {@code medium} or {@code high}
   * @param points which points of one parameter give it, where no risk before holds
   */
  public ScoreDefinition riskOfAny(String risk, Threshold points) {
    return with(new RiskRule(risk, true, points));
  }

  /**
   * {@return this definition with the risk of all other scores}
   *
   * @param risk {@code low}, {@code low-medium}, {@code medium} or {@code high}
   */
  public ScoreDefinition otherwise(String risk) {
    return with(new RiskRule(risk, false, null));
  }

  private ScoreDefinition with(RiskRule rule) {
    if (!RISKS.contains(rule.risk())) {
      throw new IllegalArgumentException(
          "risk '%s' is none of %s".formatted(rule.risk(), String.join(", ", RISKS)));
    }
    if (!risks.isEmpty() && risks.get(risks.size() - 1).threshold() == null) {
      throw new IllegalArgumentException(
          "risk '%s' comes after that of all other scores".formatted(rule.risk()));
    }
    List<RiskRule> more = new ArrayList<>(risks);
    more.add(rule);
    return new ScoreDefinition(name, source, parameters, more, formula);
  }

  /** {@return the name in {@code score_name}} */
  public String name() {
    return name;
  }

  /** {@return where the rule is published} */
  public String source() {
    return source;
  }

  /** {@return the parameters, in the order in which they are told} */
  public List<ParameterDefinition> parameters() {
    return parameters;
  }

  /** {@return the kinds that it looks at} */
  public Set<VitalKind> kinds() {
    Set<VitalKind> kinds = EnumSet.noneOf(VitalKind.class);
    parameters.forEach(p -> kinds.addAll(p.kinds()));
    return kinds;
  }

  /**
   * {@return the longest time for which any of its values counts}
   *
   * @param horizons of the kinds whose parameters have none of their own
   */
  public Duration longest(Horizons horizons) {
    Duration longest = Duration.ofMillis(1);
    for (ParameterDefinition parameter : parameters) {
      for (VitalKind kind : parameter.kinds()) {
        Duration one = parameter.horizon().orElse(horizons.of(kind));
        longest = longest.compareTo(one) < 0 ? one : longest;
      }
    }
    return longest;
  }

  @Nullable
  ScoreFormula formula() {
    return formula;
  }

  List<RiskRule> risks() {
    return risks;
  }

  /** {@return where a parameter stands, or -1} */
  int indexOf(String parameter) {
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i).name().equals(parameter)) {
        return i;
      }
    }
    return -1;
  }

  /** Throws if parts of it do not fit together. */
  public void check() {
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException("score " + name + " has no parameter");
    }
    for (ParameterDefinition parameter : parameters) {
      boolean points = parameter.role() == ParameterDefinition.Role.POINTS;
      if (formula == null && !points && parameter.role() != ParameterDefinition.Role.SHOWN) {
        throw new IllegalArgumentException(
            "score %s: parameter %s has no points, and there is no formula"
                .formatted(name, parameter.name()));
      }
      if (formula != null && points) {
        throw new IllegalArgumentException(
            "score %s: parameter %s has points, and there is a formula"
                .formatted(name, parameter.name()));
      }
      for (ParameterDefinition.Scale scale : parameter.scales()) {
        checkGiven(parameter, scale.given());
      }
    }
  }

  private void checkGiven(ParameterDefinition parameter, String given) {
    if (given.isEmpty()) {
      return;
    }
    int at = indexOf(given);
    boolean fits =
        at >= 0
            && parameters.get(at).kinds().size() == 1
            && parameters.get(at).kinds().get(0).isCoded()
            && parameters.get(at).scales().get(0).given().isEmpty();
    if (!fits) {
      throw new IllegalArgumentException(
          "score %s: parameter %s depends on %s, which is no parameter of one coded kind"
              .formatted(name, parameter.name(), given));
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
