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
 */
public record VitalSign(
    String subject, VitalKind kind, double value, Instant time, String source, String position) {

  public VitalSign {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(position, "position");
  }

  /** Returns the bytes that stand for this value where a reject needs a payload to hash. */
  public byte[] payload() {
    return (subject + '\t' + time + '\t' + kind.kindName() + '\t' + kind.display(value))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Shows the place only: the content is a patient's. */
  @Override
  public String toString() {
    return source + ":" + position;
  }
}
