package org.healthbeam.core.vital;

import java.time.Instant;
import java.util.Objects;

/**
 * One measured value as it was read, before its unit is converted.
 *
 * @param subject whose value it is
 * @param kind what was measured
 * @param value a number in {@code unit}; for a code, the code's rank
 * @param unit the unit as read; never empty for a number
 * @param coded whether the value is the rank of a {@link ConsciousnessLevel} or {@link
 *     OxygenSupply}; such a value has no unit
 * @param time when it was measured, in whole milliseconds
 * @param source the file, topic or other origin
 * @param position where in the source
 * @param version which version of the measurement this is; one that takes back has the value NaN
 */
public record VitalReading(
    String subject,
    VitalKind kind,
    double value,
    String unit,
    boolean coded,
    Instant time,
    String source,
    String position,
    ReadingVersion version) {

  /**
   * Refuses what is null.
   *
   * @param subject whose value it is
   * @param kind what was measured
   * @param value a number in {@code unit}; for a code, the code's rank
   * @param unit the unit as read; never empty for a number
   * @param coded whether the value is the rank of a {@link ConsciousnessLevel} or {@link
   *     OxygenSupply}; such a value has no unit
   * @param time when it was measured, in whole milliseconds
   * @param source the file, topic or other origin
   * @param position where in the source
   * @param version which version of the measurement this is; one that takes back has the value NaN
   */
  public VitalReading {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(position, "position");
    Objects.requireNonNull(version, "version");
  }

  /**
   * A reading told for the first time, as nearly all are.
   *
   * @param subject whose value it is
   * @param kind what was measured
   * @param value a number in {@code unit}; for a code, the code's rank
   * @param unit the unit as read; never empty for a number
   * @param coded whether the value is a code's rank
   * @param time when it was measured, in whole milliseconds
   * @param source the file, topic or other origin
   * @param position where in the source
   */
  public VitalReading(
      String subject,
      VitalKind kind,
      double value,
      String unit,
      boolean coded,
      Instant time,
      String source,
      String position) {
    this(subject, kind, value, unit, coded, time, source, position, ReadingVersion.ORIGINAL);
  }

  /**
   * {@return the same reading of a subject called otherwise}
   *
   * @param other the pseudonym, or another name
   */
  public VitalReading withSubject(String other) {
    return new VitalReading(other, kind, value, unit, coded, time, source, position, version);
  }

  /**
   * {@return the same reading as another version}
   *
   * @param other the version that it is to be
   */
  public VitalReading withVersion(ReadingVersion other) {
    return new VitalReading(subject, kind, value, unit, coded, time, source, position, other);
  }

  /** Shows the place only: the content is a patient's. */
  @Override
  public String toString() {
    return source + ":" + position;
  }
}
