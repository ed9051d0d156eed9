package org.healthbeam.core.vital.score;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.healthbeam.core.vital.ReadingSeries;
import org.healthbeam.core.vital.VitalKind;

/**
 * Scores as functions of event time: one at each time at which a subject has a reading of any of
 * the score's parameters, from the latest value of each parameter in (time - horizon, time].
 */
public final class ScoreTimeline {
  private final List<ScoreEvaluator> evaluators;

  /**
   * Tells these scores.
   *
   * @param definitions in the order in which scores of one time are told
   * @param horizons of the kinds whose parameters have none of their own
   */
  public ScoreTimeline(List<ScoreDefinition> definitions, Horizons horizons) {
    this.evaluators = definitions.stream().map(d -> new ScoreEvaluator(d, horizons)).toList();
  }

  /**
   * Tells the scores at the observation times in a range, by time and then in the order of the
   * definitions.
   *
   * @param subject whose readings they are
   * @param series must hold all readings from the longest horizon before {@code from} on
   * @param from the first observation time that is told
   * @param until the first one that is not
   * @param revision that the scores have
   * @param isFinal whether they will not be told again
   * @param to takes the scores
   */
  public void scores(
      String subject,
      SubjectSeries series,
      Instant from,
      Instant until,
      long revision,
      boolean isFinal,
      Consumer<EarlyWarningScore> to) {
    LatestValues latest = new LatestValues();
    int[] next = new int[VitalKind.count()];
    boolean[] read = new boolean[VitalKind.count()];
    while (true) {
      long time = earliest(series, next);
      if (time >= until.toEpochMilli()) {
        return;
      }
      for (int k = 0; k < next.length; k++) {
        VitalKind kind = VitalKind.at(k);
        ReadingSeries readings = series.of(kind);
        read[k] = false;
        while (next[k] < readings.size() && readings.timeAt(next[k]) == time) {
          latest.add(kind, time, readings.valueAt(next[k]));
          read[k] = true;
          next[k]++;
        }
      }
      if (time >= from.toEpochMilli()) {
        for (ScoreEvaluator evaluator : evaluators) {
          if (observes(evaluator, read)) {
            evaluator.evaluate(latest, time);
            to.accept(evaluator.toScore(subject, revision, isFinal));
          }
        }
      }
    }
  }

  private static boolean observes(ScoreEvaluator evaluator, boolean[] read) {
    for (int k = 0; k < read.length; k++) {
      if (read[k] && evaluator.observes(VitalKind.at(k))) {
        return true;
      }
    }
    return false;
  }

  private static long earliest(SubjectSeries series, int[] next) {
    long earliest = Long.MAX_VALUE;
    for (int k = 0; k < next.length; k++) {
      ReadingSeries readings = series.of(VitalKind.at(k));
      if (next[k] < readings.size()) {
        earliest = Math.min(earliest, readings.timeAt(next[k]));
      }
    }
    return earliest;
  }
}
