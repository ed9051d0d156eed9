package org.healthbeam.core.vital.alert;

import java.util.ArrayList;
import java.util.List;
import org.healthbeam.core.vital.ReadingSeries;
import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.score.ScoreDefinition;
import org.healthbeam.core.vital.score.ScoreEvaluator;
import org.healthbeam.core.vital.score.SubjectSeries;

/** Measures the signals of rules at a time: scores, values, trends. */
final class SignalSampler {
  private final List<AlertRule> rules;
  private final List<ScoreEvaluator> evaluators = new ArrayList<>();
  private final boolean[] evaluated;
  private final int[] scoreOf;
  private final int[] parameterOf;
  private final List<VitalKind> trendKinds = new ArrayList<>();
  private final List<Long> trendLengths = new ArrayList<>();
  private final boolean[] read = new boolean[VitalKind.count()];
  private boolean anyRead;

  private boolean raises;
  private boolean clears;

  SignalSampler(AlertPlan plan) {
    this.rules = plan.rules();
    plan.scores().forEach(s -> evaluators.add(new ScoreEvaluator(s, plan.horizons())));
    evaluated = new boolean[evaluators.size()];
    scoreOf = new int[rules.size()];
    parameterOf = new int[rules.size()];
    for (int rule = 0; rule < rules.size(); rule++) {
      AlertSignal signal = rules.get(rule).signal();
      scoreOf[rule] = -1;
      for (int e = 0; e < evaluators.size(); e++) {
        if (evaluators.get(e).definition().name().equals(signal.score())) {
          scoreOf[rule] = e;
          parameterOf[rule] = place(evaluators.get(e).definition(), signal.parameter());
        }
      }
      if (signal.isTrend() && !trendKinds.contains(signal.kind())) {
        trendKinds.add(signal.kind());
        trendLengths.add(plan.trendOf(signal.kind()));
      }
    }
  }

  private static int place(ScoreDefinition score, String parameter) {
    for (int i = 0; i < score.parameters().size(); i++) {
      if (score.parameters().get(i).name().equals(parameter)) {
        return i;
      }
    }
    return -1;
  }

  /** {@return how many kinds have trends} */
  int trends() {
    return trendKinds.size();
  }

  /** Takes the readings of a time and computes the scores that they are of. */
  void take(AlertMemory m, long time, List<AlertInput> inputs) {
    java.util.Arrays.fill(read, false);
    anyRead = false;
    boolean amended = false;
    for (AlertInput input : inputs) {
      ReadingVersion.Status status = input.version().status();
      boolean alone =
          status == ReadingVersion.Status.PRELIMINARY || status == ReadingVersion.Status.FINAL;
      amended |= !input.version().isOriginal() && !(alone && inputs.size() == 1);
    }
    if (amended) {
      takeAmended(m, time, inputs);
    } else {
      for (AlertInput input : inputs) {
        if (input.kind() != null) {
          takeOne(m, input.kind(), time, input.value());
        }
      }
    }
    for (int t = 0; t < trendKinds.size(); t++) {
      VitalKind kind = trendKinds.get(t);
      if (read[kind.index()]) {
        m.trends[t].add(time, mean(m, kind), trendLengths.get(t));
      }
    }
    for (int e = 0; e < evaluated.length; e++) {
      evaluated[e] = isObserved(evaluators.get(e));
      if (evaluated[e]) {
        evaluators.get(e).evaluate(m.latest, time);
      }
    }
  }

  /** Takes what versions come to, all of which are of the same time. */
  private void takeAmended(AlertMemory m, long time, List<AlertInput> inputs) {
    SubjectSeries series = new SubjectSeries();
    for (AlertInput input : inputs) {
      if (input.kind() != null) {
        series.add(input.kind(), time, input.value(), input.version());
      }
    }
    for (int k = 0; k < VitalKind.count(); k++) {
      ReadingSeries readings = series.of(VitalKind.at(k));
      for (int i = 0; i < readings.size(); i++) {
        takeOne(m, VitalKind.at(k), time, readings.valueAt(i));
      }
    }
  }

  private void takeOne(AlertMemory m, VitalKind kind, long time, double value) {
    m.latest.add(kind, time, value);
    read[kind.index()] = true;
    anyRead = true;
  }

  private static double mean(AlertMemory m, VitalKind kind) {
    double sum = 0;
    for (int i = 0; i < m.latest.count(kind); i++) {
      sum += m.latest.value(kind, i);
    }
    return sum / m.latest.count(kind);
  }

  private boolean isObserved(ScoreEvaluator evaluator) {
    for (int k = 0; k < read.length; k++) {
      if (read[k] && evaluator.observes(VitalKind.at(k))) {
        return true;
      }
    }
    return false;
  }

  /** {@return whether there is a reading of the kind that a rule of missing readings looks for} */
  boolean isRead(int rule) {
    VitalKind kind = rules.get(rule).signal().kind();
    return kind == null ? anyRead : read[kind.index()];
  }

  /** Measures a rule's signal; returns false if it is not measured at this time. */
  boolean sample(AlertMemory m, int rule, long time) {
    AlertSignal signal = rules.get(rule).signal();
    if (signal.isOfScore()) {
      return evaluated[scoreOf[rule]] && sampleScore(m, rule, signal);
    }
    VitalKind kind = signal.kind();
    if (kind == null || !read[kind.index()]) {
      return false;
    }
    if (signal.isTrend()) {
      TrendValues trend = m.trends[trendKinds.indexOf(kind)];
      long after = time - signal.over().toMillis();
      boolean delta = signal.type() == AlertSignal.Type.DELTA;
      return take(m, rule, delta ? trend.delta(after) : trend.slope(after));
    }
    return sampleValues(m, rule, kind);
  }

  private boolean sampleScore(AlertMemory m, int rule, AlertSignal signal) {
    ScoreEvaluator evaluator = evaluators.get(scoreOf[rule]);
    if (signal.type() == AlertSignal.Type.POINTS) {
      return samplePoints(m, rule, evaluator, parameterOf[rule]);
    }
    boolean ofScore = signal.type() == AlertSignal.Type.SCORE;
    double value = ofScore ? evaluator.score() : ScoreDefinition.RISKS.indexOf(evaluator.risk());
    boolean known = ofScore ? !Double.isNaN(value) : value >= 0;
    if (!known) {
      return false;
    }
    m.score[rule] = evaluator.score();
    return take(m, rule, value);
  }

  /**
   * Takes points that may depend on what is missing: the condition holds if it does whatever that
   * is, and so does the one for clearing. Where neither is certain, nothing is measured.
   */
  private boolean samplePoints(AlertMemory m, int rule, ScoreEvaluator evaluator, int parameter) {
    if (!evaluator.isPointed(parameter)) {
      return false;
    }
    AlertRule r = rules.get(rule);
    int least = evaluator.leastPoints(parameter);
    int most = evaluator.mostPoints(parameter);
    boolean certain = r.raises(least) && r.raises(most);
    boolean over = r.clears(least) && r.clears(most);
    if (least != most && !certain && !over) {
      return false;
    }
    m.score[rule] = evaluator.score();
    m.value[rule] = certain ? least : most;
    raises = certain;
    clears = over;
    return true;
  }

  private boolean sampleValues(AlertMemory m, int rule, VitalKind kind) {
    AlertRule r = rules.get(rule);
    raises = false;
    clears = true;
    for (int i = 0; i < m.latest.count(kind); i++) {
      double value = m.latest.value(kind, i);
      clears &= r.clears(value);
      if (!raises) {
        m.value[rule] = value;
        raises = r.raises(value);
      }
    }
    return true;
  }

  private boolean take(AlertMemory m, int rule, double value) {
    if (Double.isNaN(value)) {
      return false;
    }
    m.value[rule] = value;
    raises = rules.get(rule).raises(value);
    clears = rules.get(rule).clears(value);
    return true;
  }

  /** {@return whether what was sampled last holds the condition} */
  boolean raises() {
    return raises;
  }

  /** {@return whether it holds the condition for clearing} */
  boolean clears() {
    return clears;
  }
}
