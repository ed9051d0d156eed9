package org.healthbeam.core.vital.alert;

import javax.annotation.Nullable;
import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.VitalKind;

/**
 * A reading or an acknowledgement of one subject.
 *
 * @param time the event time in milliseconds
 * @param kind the reading's kind; null for an acknowledgement
 * @param value the reading's value
 * @param version which version of the reading it is
 * @param rule the rule that is acknowledged, empty for all
 */
public record AlertInput(
    long time, @Nullable VitalKind kind, double value, ReadingVersion version, String rule) {

  /**
   * {@return a reading}
   *
   * @param time in milliseconds since 1970
   * @param kind what was measured
   * @param value in the kind's unit, or a code's rank
   * @param version which version of the reading it is
   */
  public static AlertInput reading(
      long time, VitalKind kind, double value, ReadingVersion version) {
    return new AlertInput(time, kind, value, version, "");
  }

  /**
   * {@return a reading told for the first time}
   *
   * @param time in milliseconds since 1970
   * @param kind what was measured
   * @param value in the kind's unit, or a code's rank
   */
  public static AlertInput reading(long time, VitalKind kind, double value) {
    return reading(time, kind, value, ReadingVersion.ORIGINAL);
  }

  /**
   * {@return an acknowledgement}
   *
   * @param time in milliseconds since 1970
   * @param rule the rule that is acknowledged, empty for all
   */
  public static AlertInput acknowledgement(long time, String rule) {
    return new AlertInput(time, null, 0, ReadingVersion.ORIGINAL, rule);
  }

  /** Hides the content: it is a patient's. */
  @Override
  public String toString() {
    return "AlertInput";
  }
}
