package org.healthbeam.core.vital;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;

/**
 * One measured value in its kind's canonical unit.
 *
 * @param subject whose value it is
 * @param kind what was measured
 * @param value in {@link VitalKind#unit}; for a coded kind the rank of its {@link
 *     ConsciousnessLevel} or {@link OxygenSupply}
 * @param time when it was measured, in whole milliseconds
 * @param source the file, topic or other origin
 * @param position where in the source
 * @param version which version of the measurement this is; one that takes back has the value NaN
 */
public record VitalSign(
    String subject,
    VitalKind kind,
    double value,
    Instant time,
    String source,
    String position,
    ReadingVersion version) {

  /**
   * Refuses what is null.
   *
   * @param subject whose value it is
   * @param kind what was measured
   * @param value in {@link VitalKind#unit}; for a coded kind the rank of its {@link
   *     ConsciousnessLevel} or {@link OxygenSupply}
   * @param time when it was measured, in whole milliseconds
   * @param source the file, topic or other origin
   * @param position where in the source
   * @param version which version of the measurement this is; one that takes back has the value NaN
   */
  public VitalSign {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(position, "position");
    Objects.requireNonNull(version, "version");
  }

  /**
   * A vital sign told for the first time, as nearly all are.
   *
   * @param subject whose value it is
   * @param kind what was measured
   * @param value in {@link VitalKind#unit}, or a code's rank
   * @param time when it was measured, in whole milliseconds
   * @param source the file, topic or other origin
   * @param position where in the source
   */
  public VitalSign(
      String subject, VitalKind kind, double value, Instant time, String source, String position) {
    this(subject, kind, value, time, source, position, ReadingVersion.ORIGINAL);
  }

  /** {@return the bytes that stand for this value where a reject needs a payload to hash} */
  public byte[] payload() {
    String shown = version.isWithdrawn() ? "" : kind.display(value);
    return (subject + '\t' + time + '\t' + kind.kindName() + '\t' + shown)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Shows the place only: the content is a patient's. */
  @Override
  public String toString() {
    return source + ":" + position;
  }
}
