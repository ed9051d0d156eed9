package org.healthbeam.core.vital.alert;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.score.Horizons;
import org.healthbeam.core.vital.score.ScoreDefinition;

/** Rules that fit together, with the scores that they look at. */
public final class AlertPlan implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Duration LONGEST_TREND = Duration.ofDays(1);

  private final ArrayList<AlertRule> rules;
  private final ArrayList<ScoreDefinition> scores;
  private final Horizons horizons;

  private AlertPlan(List<AlertRule> rules, List<ScoreDefinition> scores, Horizons horizons) {
    this.rules = new ArrayList<>(rules);
    this.scores = new ArrayList<>(scores);
    this.horizons = horizons;
  }

  /**
   * Makes a plan.
   *
   * @param rules each with a name of its own
   * @param scores the definitions of all scores that the rules name; others are left out
   * @param horizons how long a value counts for a score
   * @return the plan
   * @throws IllegalArgumentException if two rules have one name, a score or a parameter that a rule
   *     names is missing, or a trend looks back more than a day
   */
  public static AlertPlan of(
      List<AlertRule> rules, List<ScoreDefinition> scores, Horizons horizons) {
    Set<String> names = new HashSet<>();
    List<ScoreDefinition> used = new ArrayList<>();
    for (AlertRule rule : rules) {
      if (!names.add(rule.name())) {
        throw new IllegalArgumentException("rule " + rule.name() + " stands twice");
      }
      if (rule.signal().isOfScore()) {
        ScoreDefinition score = find(scores, rule);
        if (!used.contains(score)) {
          used.add(score);
        }
      }
      if (rule.signal().isTrend() && rule.signal().over().compareTo(LONGEST_TREND) > 0) {
        throw new IllegalArgumentException(
            "rule " + rule.name() + " looks back more than a day; readings of it are held");
      }
    }
    return new AlertPlan(rules, used, horizons);
  }

  private static ScoreDefinition find(List<ScoreDefinition> scores, AlertRule rule) {
    for (ScoreDefinition score : scores) {
      if (score.name().equals(rule.signal().score())) {
        String parameter = rule.signal().parameter();
        if (!parameter.isEmpty()
            && score.parameters().stream().noneMatch(p -> p.name().equals(parameter))) {
          throw new IllegalArgumentException(
              "rule %s: %s has no parameter %s".formatted(rule.name(), score.name(), parameter));
        }
        return score;
      }
    }
    throw new IllegalArgumentException(
        "rule %s: there is no score %s".formatted(rule.name(), rule.signal().score()));
  }

  /**
   * {@return this plan with variants of its scores, by name}
   *
   * @param variants definitions of all scores that the rules name
   */
  public AlertPlan withScores(List<ScoreDefinition> variants) {
    return of(rules, variants, horizons);
  }

  /** {@return the rules} */
  public List<AlertRule> rules() {
    return List.copyOf(rules);
  }

  /** {@return the scores that the rules look at} */
  public List<ScoreDefinition> scores() {
    return List.copyOf(scores);
  }

  /**
   * {@return a number that is the same for the same plan on every machine, and in all likelihood
   * another where anything differs that alerts depend on}
   */
  int fingerprint() {
    StringBuilder text = new StringBuilder();
    for (AlertRule rule : rules) {
      text.append(rule.name()).append(rule.signal()).append(rule.raise()).append(rule.clear());
      text.append(rule.onDelay()).append(rule.offDelay()).append(rule.suppression());
      text.append(rule.expiry()).append(rule.repeatEvery()).append(rule.repeats()).append('\n');
    }
    for (ScoreDefinition score : scores) {
      text.append(score.name()).append(score.longest(horizons)).append('\n');
    }
    return text.toString().hashCode();
  }

  Horizons horizons() {
    return horizons;
  }

  /** {@return the kinds that any rule looks at} */
  public Set<VitalKind> kinds() {
    Set<VitalKind> kinds = EnumSet.noneOf(VitalKind.class);
    scores.forEach(s -> kinds.addAll(s.kinds()));
    for (AlertRule rule : rules) {
      if (rule.signal().kind() != null) {
        kinds.add(rule.signal().kind());
      } else if (rule.isOfMissing()) {
        return EnumSet.allOf(VitalKind.class);
      }
    }
    return kinds;
  }

  /** {@return how long values of a kind are held for trends, in milliseconds; 0 if not at all} */
  long trendOf(VitalKind kind) {
    long longest = 0;
    for (AlertRule rule : rules) {
      if (rule.signal().isTrend() && rule.signal().kind() == kind) {
        longest = Math.max(longest, rule.signal().over().toMillis());
      }
    }
    return longest;
  }

  /** {@return how long after a reading it may still matter to a score} */
  long longestHorizon() {
    long longest = 0;
    for (ScoreDefinition score : scores) {
      longest = Math.max(longest, score.longest(horizons).toMillis());
    }
    return longest;
  }
}
