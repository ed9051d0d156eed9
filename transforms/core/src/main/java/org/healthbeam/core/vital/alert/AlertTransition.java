package org.healthbeam.core.vital.alert;

/**
 * What the machine of a subject tells.
 *
 * @param rule the place of the rule, or {@link #NO_RULE}
 */
record AlertTransition(int rule, long time, AlertState state, double score, String detail) {
  /** Of an acknowledgement that met no alert. */
  static final int NO_RULE = -1;

  boolean isSameKey(AlertTransition other) {
    return rule == other.rule && time == other.time && state == other.state;
  }

  boolean isSame(AlertTransition other) {
    return isSameKey(other)
        && Double.compare(score, other.score) == 0
        && detail.equals(other.detail);
  }

  @Override
  public String toString() {
    return "AlertTransition(" + state.text() + ")";
  }
}
