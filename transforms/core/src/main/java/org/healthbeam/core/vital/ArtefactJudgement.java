package org.healthbeam.core.vital;

import java.util.Comparator;

/**
 * What is told of a value after it was measured: that it is an artefact, or is none after all.
 *
 * @param timeMillis the event time of the reading
 * @param value the value judged
 * @param order of the judgements of one value the greatest counts; of two of the same order the one
 *     that lets the value be used
 * @param artefact whether it is not to be used
 */
public record ArtefactJudgement(long timeMillis, double value, long order, boolean artefact) {
  /** By time and value, which say whose judgement it is. */
  static final Comparator<ArtefactJudgement> BY_READING =
      Comparator.comparingLong(ArtefactJudgement::timeMillis)
          .thenComparingDouble(ArtefactJudgement::value);

  /** {@return which of two judgements of one value counts} */
  static ArtefactJudgement later(ArtefactJudgement a, ArtefactJudgement b) {
    if (a.order != b.order) {
      return a.order > b.order ? a : b;
    }
    return a.artefact ? b : a;
  }

  /** Hides the content: it is a patient's. */
  @Override
  public String toString() {
    return "ArtefactJudgement";
  }
}
