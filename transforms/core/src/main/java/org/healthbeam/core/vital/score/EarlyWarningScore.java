package org.healthbeam.core.vital.score;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A score of one subject at one observation time, with its parts.
 *
 * @param subject whose score it is
 * @param time the observation time of which it is the score
 * @param scoreName which score: {@code NEWS2}
 * @param score the sum of the points that are known, or what the formula says; not a number if it
 *     cannot be told
 * @param risk the risk of {@code score}: {@code low}, {@code low-medium}, {@code medium} or {@code
 *     high}; empty if it cannot be told
 * @param revision how many times this time's score was told before
 * @param isFinal whether it will not be told again
 * @param withdrawn whether there is no such score after all: what was measured then was taken back;
 *     nothing else of it counts
 * @param minPossible the least that the score can be, whatever the missing parameters are
 * @param maxPossible the most that it can be
 * @param parameters in the order of {@link ScoreDefinition#parameters}
 */
public record EarlyWarningScore(
    String subject,
    Instant time,
    String scoreName,
    double score,
    String risk,
    long revision,
    boolean isFinal,
    boolean withdrawn,
    double minPossible,
    double maxPossible,
    List<ScoreParameter> parameters) {

  /**
   * Refuses a subject or a time that is null, and takes a copy of the parameters.
   *
   * @param subject whose score it is
   * @param time the observation time of which it is the score
   * @param scoreName which score: {@code NEWS2}
   * @param score the sum of the points that are known, or what the formula says; not a number if it
   *     cannot be told
   * @param risk the risk of {@code score}: {@code low}, {@code low-medium}, {@code medium} or
   *     {@code high}; empty if it cannot be told
   * @param revision how many times this time's score was told before
   * @param isFinal whether it will not be told again
   * @param withdrawn whether there is no such score after all: what was measured then was taken
   *     back; nothing else of it counts
   * @param minPossible the least that the score can be, whatever the missing parameters are
   * @param maxPossible the most that it can be
   * @param parameters in the order of {@link ScoreDefinition#parameters}
   */
  public EarlyWarningScore {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(time, "time");
    parameters = List.copyOf(parameters);
  }

  /**
   * {@return the same score as another revision}
   *
   * @param revision how many times this time's score was told before
   * @param isFinal whether it will not be told again
   */
  public EarlyWarningScore revised(long revision, boolean isFinal) {
    return new EarlyWarningScore(
        subject,
        time,
        scoreName,
        score,
        risk,
        revision,
        isFinal,
        withdrawn,
        minPossible,
        maxPossible,
        parameters);
  }

  /** Hides the content: it is a patient's. */
  @Override
  public String toString() {
    return "EarlyWarningScore(" + scoreName + " r" + revision + ")";
  }
}
