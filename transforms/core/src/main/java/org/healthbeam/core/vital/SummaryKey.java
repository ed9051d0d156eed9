package org.healthbeam.core.vital;

import java.time.Instant;
import java.util.Objects;

/**
 * What a row of a summary is the newest word on: sinks put a row in the place of those with the
 * same key and a lower revision.
 *
 * @param subject whose summary it is
 * @param kind what was measured
 * @param windowStart when the window begins
 * @param windowEnd when it ends, excluded
 */
public record SummaryKey(String subject, VitalKind kind, Instant windowStart, Instant windowEnd) {

  /**
   * Refuses what is null.
   *
   * @param subject whose summary it is
   * @param kind what was measured
   * @param windowStart when the window begins
   * @param windowEnd when it ends, excluded
   */
  public SummaryKey {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(windowStart, "windowStart");
    Objects.requireNonNull(windowEnd, "windowEnd");
  }

  /** Shows kind and window only: the rest is a patient's. */
  @Override
  public String toString() {
    return "SummaryKey(" + kind.kindName() + " " + windowStart + ")";
  }
}
