package org.healthbeam.core.vital.alert;

import java.time.Instant;
import java.util.Objects;

/**
 * What happened to an alert of one subject and rule at a time. Subject, rule, time and state are
 * its key: a row with a higher revision replaces one told before.
 *
 * @param subject whose alert it is
 * @param time when it happened, in event time
 * @param rule the rule's name; empty of an acknowledgement that met no alert
 * @param state what happened
 * @param priority the rule's; low where there is none
 * @param score the score that the rule looks at; not a number if it looks at none
 * @param detail the value and the condition, or how long
 * @param revision how many times it was told before
 * @param isFinal whether it will not be told again
 * @param withdrawn whether late readings have shown that it did not happen
 */
public record Alert(
    String subject,
    Instant time,
    String rule,
    AlertState state,
    AlertPriority priority,
    double score,
    String detail,
    long revision,
    boolean isFinal,
    boolean withdrawn) {

  /**
   * Refuses a subject or a time that is null.
   *
   * @param subject whose alert it is
   * @param time when it happened, in event time
   * @param rule the rule's name; empty of an acknowledgement that met no alert
   * @param state what happened
   * @param priority the rule's; low where there is none
   * @param score the score that the rule looks at; not a number if it looks at none
   * @param detail the value and the condition, or how long
   * @param revision how many times it was told before
   * @param isFinal whether it will not be told again
   * @param withdrawn whether late readings have shown that it did not happen
   */
  public Alert {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(time, "time");
  }

  /** Hides the content: it is a patient's. */
  @Override
  public String toString() {
    return "Alert(" + rule + " " + state.text() + " r" + revision + ")";
  }
}
