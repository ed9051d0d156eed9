package org.healthbeam.transforms.vital.alert;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.healthbeam.core.vital.alert.AlertFollower;
import org.healthbeam.core.vital.alert.AlertPlan;
import org.healthbeam.core.vital.score.ScoreDefinition;
import org.healthbeam.transforms.vital.ScoreSet;

/** The followers of a worker: one for all subjects, and one for each set of variants. */
final class Followers implements Serializable {
  private static final long serialVersionUID = 1L;

  private final AlertPlan plan;
  private final ScoreSet scores;
  private transient Map<List<ScoreDefinition>, AlertFollower> byScores;

  Followers(AlertPlan plan, ScoreSet scores) {
    this.plan = plan;
    this.scores = scores;
  }

  void start() {
    byScores = new HashMap<>();
  }

  AlertFollower of(String subject) {
    return byScores.computeIfAbsent(
        scores.of(subject), definitions -> new AlertFollower(plan.withScores(definitions)));
  }

  @Override
  public String toString() {
    return plan.rules().size() + " rules";
  }
}
