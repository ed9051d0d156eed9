package org.healthbeam.core.vital.alert;

import java.time.LocalDate;
import java.util.Objects;

/**
 * The alarms of one subject on one day in UTC.
 *
 * @param subject whose day it is
 * @param day the day
 * @param raised alerts that somebody heard: raised, missing and repeated
 * @param suppressed alerts that an acknowledgement kept silent
 * @param delayed conditions that ended before their on-delay
 * @param activeMillis how long alerts were active, hysteresis and off-delay included; of several at
 *     a time each counts
 * @param hysteresisMillis how much of that the condition for raising did not hold any more: until
 *     the condition for clearing had held for the off-delay
 */
public record AlertBurden(
    String subject,
    LocalDate day,
    long raised,
    long suppressed,
    long delayed,
    long activeMillis,
    long hysteresisMillis) {
  /**
   * Refuses what is null.
   *
   * @param subject whose day it is
   * @param day the day
   * @param raised alerts that somebody heard: raised, missing and repeated
   * @param suppressed alerts that an acknowledgement kept silent
   * @param delayed conditions that ended before their on-delay
   * @param activeMillis how long alerts were active, hysteresis and off-delay included; of several
   *     at a time each counts
   * @param hysteresisMillis how much of that the condition for raising did not hold any more: until
   *     the condition for clearing had held for the off-delay
   */
  public AlertBurden {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(day, "day");
  }

  /** Hides whose it is. */
  @Override
  public String toString() {
    return "AlertBurden(" + day + ")";
  }
}
