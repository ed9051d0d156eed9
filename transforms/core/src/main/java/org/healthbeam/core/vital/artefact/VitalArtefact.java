package org.healthbeam.core.vital.artefact;

import java.time.Instant;
import java.util.Objects;
import org.healthbeam.core.vital.VitalKind;

/**
 * A reading that was judged to be an artefact, and why.
 *
 * @param subject whose reading it is
 * @param kind what was measured
 * @param time when
 * @param value as measured, in the kind's unit
 * @param median of the readings around it; not a number where it is no artefact any more
 * @param limit how far from the median a reading may be; not a number as the median
 * @param revision how many times its neighbourhood was judged before; 0 in batch
 * @param artefact false if a later revision takes an earlier judgement back
 */
public record VitalArtefact(
    String subject,
    VitalKind kind,
    Instant time,
    double value,
    double median,
    double limit,
    long revision,
    boolean artefact) {

  /**
   * Refuses what is null.
   *
   * @param subject whose reading it is
   * @param kind what was measured
   * @param time when
   * @param value as measured, in the kind's unit
   * @param median of the readings around it; not a number where it is no artefact any more
   * @param limit how far from the median a reading may be; not a number as the median
   * @param revision how many times its neighbourhood was judged before; 0 in batch
   * @param artefact false if a later revision takes an earlier judgement back
   */
  public VitalArtefact {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(time, "time");
  }

  /** Shows nothing: the content is a patient's. */
  @Override
  public String toString() {
    return "VitalArtefact";
  }
}
