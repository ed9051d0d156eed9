package org.healthbeam.samples.ward;

import java.time.Instant;

/** What one device sent about one vital sign: the value as text, in the unit that it named. */
record Reading(
    String subject, Instant time, Kind kind, String value, String unit, Instant received) {

  Reading withValue(String other, Instant otherReceived) {
    return new Reading(subject, time, kind, other, unit, otherReceived);
  }

  Reading receivedAt(Instant other) {
    return new Reading(subject, time, kind, value, unit, other);
  }
}
