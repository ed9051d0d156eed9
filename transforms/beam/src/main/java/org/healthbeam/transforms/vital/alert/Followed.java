package org.healthbeam.transforms.vital.alert;

import org.healthbeam.core.vital.alert.AlertLog;

/**
 * The state of one subject.
 *
 * @param log what is known
 * @param dueAt when the timer of delays is set to fire, or {@link Long#MAX_VALUE}
 * @param foldAt when the timer that makes final is
 * @param reachedAt the earliest time that inputs dated ahead wait for
 */
record Followed(AlertLog log, long dueAt, long foldAt, long reachedAt) {
  static final long NEVER = Long.MAX_VALUE;

  static Followed fresh() {
    return new Followed(new AlertLog(), NEVER, NEVER, NEVER);
  }

  @Override
  public String toString() {
    return "Followed";
  }
}
