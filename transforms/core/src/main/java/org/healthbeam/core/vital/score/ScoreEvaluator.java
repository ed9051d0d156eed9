package org.healthbeam.core.vital.score;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.score.ParameterDefinition.Role;
import org.healthbeam.core.vital.score.ParameterDefinition.Scale;
import org.healthbeam.core.vital.score.ScoreDefinition.RiskRule;

/**
 * Computes one score from the {@link LatestValues} of a subject at a time. It keeps what it
 * computed last, makes no objects while it computes, and is for one thread.
 *
 * <p>Of several values of one kind at its latest time the one with the most points counts, of those
 * with as many points the greatest.
 */
public final class ScoreEvaluator {
  private static final int NO_POINTS = -1;

  private final ScoreDefinition definition;
  private final List<ParameterDefinition> parameters;
  private final long[][] horizons;

  private final int[] points;
  private final int[] least;
  private final int[] most;
  private final int[] scaleOf;
  private final double[] values;
  private final long[] times;

  private long time;
  private double score;
  private double minPossible;
  private double maxPossible;
  private String risk = "";

  // What the scale that was looked at last came to.
  private int scalePoints;
  private int scaleLeast;
  private int scaleMost;
  private double scaleValue;

  /**
   * Computes one score.
   *
   * @param definition with parameters and risks that fit together
   * @param horizons of the kinds whose parameters have none of their own
   */
  public ScoreEvaluator(ScoreDefinition definition, Horizons horizons) {
    definition.check();
    this.definition = definition;
    this.parameters = definition.parameters();
    int n = parameters.size();
    this.horizons = new long[n][];
    for (int p = 0; p < n; p++) {
      ParameterDefinition parameter = parameters.get(p);
      this.horizons[p] =
          parameter.kinds().stream()
              .mapToLong(kind -> parameter.horizon().orElse(horizons.of(kind)).toMillis())
              .toArray();
    }
    points = new int[n];
    least = new int[n];
    most = new int[n];
    scaleOf = new int[n];
    values = new double[n];
    times = new long[n];
  }

  /** {@return the score that it computes} */
  public ScoreDefinition definition() {
    return definition;
  }

  /**
   * {@return whether a reading of the kind makes an observation time of this score}
   *
   * @param kind any
   */
  public boolean observes(VitalKind kind) {
    for (ParameterDefinition parameter : parameters) {
      if (parameter.role() != Role.SHOWN && parameter.kinds().contains(kind)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Computes the score at a time that is no earlier than any of the values.
   *
   * @param latest values of the subject; is not changed
   * @param at in milliseconds since 1970
   */
  public void evaluate(LatestValues latest, long at) {
    time = at;
    for (int p = 0; p < points.length; p++) {
      if (parameters.get(p).scales().get(0).given().isEmpty()) {
        choose(p, latest);
      }
    }
    for (int p = 0; p < points.length; p++) {
      if (!parameters.get(p).scales().get(0).given().isEmpty()) {
        choose(p, latest);
      }
    }
    if (definition.formula() == null) {
      addPoints();
    } else {
      applyFormula();
    }
    risk = riskOf();
  }

  private void choose(int p, LatestValues latest) {
    ParameterDefinition parameter = parameters.get(p);
    scaleOf[p] = -1;
    List<Scale> scales = parameter.scales();
    for (int s = 0; s < scales.size(); s++) {
      VitalKind kind = scales.get(s).kind();
      if (!latest.has(kind, time - horizons[p][s])) {
        continue;
      }
      long measured = latest.time(kind);
      if (scaleOf[p] >= 0 && measured < times[p]) {
        continue;
      }
      apply(scales.get(s), parameter.role(), latest);
      if (scaleOf[p] < 0 || measured > times[p] || scalePoints > points[p]) {
        scaleOf[p] = s;
        times[p] = measured;
        points[p] = scalePoints;
        least[p] = scaleLeast;
        most[p] = scaleMost;
        values[p] = scaleValue;
      }
    }
    if (scaleOf[p] < 0) {
      points[p] = NO_POINTS;
      least[p] = parameter.leastPoints();
      most[p] = parameter.mostPoints();
      values[p] = Double.NaN;
    }
  }

  private void apply(Scale scale, Role role, LatestValues latest) {
    if (role != Role.POINTS) {
      int n = latest.count(scale.kind());
      scaleValue = latest.value(scale.kind(), role == Role.GREATEST_VALUE ? n - 1 : 0);
      scalePoints = NO_POINTS;
      scaleLeast = 0;
      scaleMost = 0;
      return;
    }
    List<PointRule> rules = scale.rules();
    if (!scale.given().isEmpty()) {
      int other = definition.indexOf(scale.given());
      if (scaleOf[other] < 0) {
        applyAll(rules, scale.kind(), latest);
        return;
      }
      int rank = (int) values[other];
      applyOne(rules.get(Math.min(rank, rules.size() - 1)), scale.kind(), latest);
      return;
    }
    applyOne(rules.get(0), scale.kind(), latest);
  }

  private void applyOne(PointRule rule, VitalKind kind, LatestValues latest) {
    scalePoints = NO_POINTS;
    for (int i = 0; i < latest.count(kind); i++) {
      double candidate = latest.value(kind, i);
      int p = rule.points(candidate);
      if (p >= scalePoints) {
        scalePoints = p;
        scaleValue = candidate;
      }
    }
    scaleLeast = scalePoints;
    scaleMost = scalePoints;
  }

  private void applyAll(List<PointRule> rules, VitalKind kind, LatestValues latest) {
    int fewest = Integer.MAX_VALUE;
    int greatest = NO_POINTS;
    for (PointRule rule : rules) {
      applyOne(rule, kind, latest);
      fewest = Math.min(fewest, scalePoints);
      greatest = Math.max(greatest, scalePoints);
    }
    scaleLeast = fewest;
    scaleMost = greatest;
    scalePoints = fewest == greatest ? greatest : NO_POINTS;
  }

  private void addPoints() {
    int known = 0;
    int fewest = 0;
    int open = 0;
    for (int p = 0; p < points.length; p++) {
      if (points[p] >= 0) {
        known += points[p];
      } else if (parameters.get(p).role() == Role.POINTS) {
        fewest += least[p];
        open += most[p];
      }
    }
    score = known;
    minPossible = known + fewest;
    maxPossible = known + open;
  }

  private void applyFormula() {
    List<Double> given = new ArrayList<>(values.length);
    boolean complete = true;
    for (int p = 0; p < values.length; p++) {
      complete &= parameters.get(p).role() == Role.SHOWN || scaleOf[p] >= 0;
      given.add(values[p]);
    }
    double computed = complete ? definition.formula().score(given) : Double.NaN;
    score = Double.isFinite(computed) ? computed : Double.NaN;
    minPossible = score;
    maxPossible = score;
  }

  private String riskOf() {
    if (Double.isNaN(score)) {
      return "";
    }
    for (RiskRule rule : definition.risks()) {
      if (rule.threshold() == null
          || (rule.ofAnyParameter()
              ? anyPointsHold(rule.threshold())
              : rule.threshold().holds(score))) {
        return rule.risk();
      }
    }
    return "";
  }

  private boolean anyPointsHold(Threshold threshold) {
    for (int p : points) {
      if (p >= 0 && threshold.holds(p)) {
        return true;
      }
    }
    return false;
  }

  /** {@return the score; not a number if a value that the formula needs is missing} */
  public double score() {
    return score;
  }

  /** {@return the risk; empty if the score is unknown or the definition names none} */
  public String risk() {
    return risk;
  }

  /**
   * {@return the points of the i-th parameter; negative if there are none}
   *
   * @param i from 0
   */
  public int points(int i) {
    return points[i];
  }

  /**
   * {@return the fewest points that the i-th parameter may have: those that it has, or where that
   * depends on what is missing, as a saturation on scale 2 without air or oxygen, the fewest}
   *
   * @param i from 0
   */
  public int leastPoints(int i) {
    return least[i];
  }

  /**
   * {@return the most points that the i-th parameter may have}
   *
   * @param i from 0
   */
  public int mostPoints(int i) {
    return most[i];
  }

  /**
   * {@return whether there is a value of the i-th parameter that has points}
   *
   * @param i from 0
   */
  public boolean isPointed(int i) {
    return scaleOf[i] >= 0 && parameters.get(i).role() == Role.POINTS && most[i] >= 0;
  }

  /**
   * {@return the value of the i-th parameter; not a number if it is missing}
   *
   * @param i from 0
   */
  public double value(int i) {
    return values[i];
  }

  /**
   * {@return the last computed score as an element of output}
   *
   * @param subject whose score it is
   * @param revision how many times it was told before
   * @param isFinal whether it will not be told again
   */
  public EarlyWarningScore toScore(String subject, long revision, boolean isFinal) {
    List<ScoreParameter> told = new ArrayList<>(points.length);
    for (int p = 0; p < points.length; p++) {
      told.add(scaleOf[p] < 0 ? ScoreParameter.MISSING : parameter(p));
    }
    return new EarlyWarningScore(
        subject,
        Instant.ofEpochMilli(time),
        definition.name(),
        score,
        risk,
        revision,
        isFinal,
        false,
        minPossible,
        maxPossible,
        told);
  }

  private ScoreParameter parameter(int p) {
    VitalKind kind = parameters.get(p).scales().get(scaleOf[p]).kind();
    String value = kind.display(values[p]);
    if (scaleOf[p] > 0) {
      value = (kind == VitalKind.GLASGOW_COMA_SCALE ? "GCS" : kind.kindName()) + " " + value;
    }
    return new ScoreParameter(points[p], value, (time - times[p]) / 1000.0);
  }
}
