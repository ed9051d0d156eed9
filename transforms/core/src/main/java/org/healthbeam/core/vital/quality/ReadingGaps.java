package org.healthbeam.core.vital.quality;

import java.time.Duration;
import java.time.Instant;
import org.healthbeam.core.vital.VitalKind;

/**
 * Where a subject's readings of one kind are absent, to the minute.
 *
 * @param subject whose readings they are
 * @param kind what was measured
 * @param first the minute of the first reading
 * @param last the minute of the last reading
 * @param hours from the hour of the first to that of the last, both counted
 * @param hoursWithReading how many of those have a reading
 * @param longestGap between two minutes that have a reading; nothing if there is one only
 * @param gapFrom the minute with which the longest gap begins
 */
public record ReadingGaps(
    String subject,
    VitalKind kind,
    Instant first,
    Instant last,
    long hours,
    long hoursWithReading,
    Duration longestGap,
    Instant gapFrom) {

  /**
   * {@return the gaps of a series that has a reading}
   *
   * @param subject whose readings they are
   * @param kind what was measured
   * @param readings at least one
   */
  public static ReadingGaps of(String subject, VitalKind kind, ReadingHours readings) {
    long[] longest = readings.longestGap();
    return new ReadingGaps(
        subject,
        kind,
        Instant.ofEpochMilli(readings.first()),
        Instant.ofEpochMilli(readings.last()),
        readings.hours(),
        readings.hoursWithReading(),
        Duration.ofMillis(longest[0]),
        Instant.ofEpochMilli(longest[1]));
  }

  /** Shows nothing of the content: it is a patient's. */
  @Override
  public String toString() {
    return "ReadingGaps(" + kind.kindName() + ")";
  }
}
