package org.healthbeam.core.vital.alert;

import java.time.Instant;
import java.util.Objects;

/**
 * Somebody has seen an alert.
 *
 * @param subject whose alert
 * @param time when
 * @param rule of which rule; empty for all that are active then
 */
public record Acknowledgement(String subject, Instant time, String rule) {
  /**
   * Refuses what is null.
   *
   * @param subject whose alert
   * @param time when
   * @param rule of which rule; empty for all that are active then
   */
  public Acknowledgement {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(rule, "rule");
  }

  /** Hides whose it is. */
  @Override
  public String toString() {
    return "Acknowledgement(" + rule + ")";
  }
}
