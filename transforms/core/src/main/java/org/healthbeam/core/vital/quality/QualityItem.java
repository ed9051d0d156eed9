package org.healthbeam.core.vital.quality;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Objects;
import org.healthbeam.core.unit.UnitConverter;
import org.healthbeam.core.vital.Interval;
import org.healthbeam.core.vital.VitalKind;

/**
 * One thing that is counted about readings of a kind.
 *
 * @param aspect what is looked at
 * @param kind what was measured
 * @param item what the aspect says of the reading
 * @param detail more of it, or empty
 */
public record QualityItem(QualityAspect aspect, VitalKind kind, String item, String detail) {
  /** Stands for units that are none. */
  public static final String NOT_KNOWN = "(not known)";

  /**
   * Refuses what is null.
   *
   * @param aspect what is looked at
   * @param kind what was measured
   * @param item what the aspect says of the reading
   * @param detail more of it, or empty
   */
  public QualityItem {
    Objects.requireNonNull(aspect, "aspect");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(item, "item");
    Objects.requireNonNull(detail, "detail");
  }

  /**
   * {@return that a reading had this unit; empty if it named none}
   *
   * @param kind what was measured
   * @param unit as it was received; it may hold anything and is not to be shown
   */
  public static QualityItem unit(VitalKind kind, String unit) {
    return new QualityItem(QualityAspect.UNIT, kind, unit, "");
  }

  /**
   * {@return the item as it may be shown: of a unit what becomes of it, and its text only where it
   * is a unit} What is none may be anything that slipped into the field, a name among it, and so
   * may the braces of UCUM.
   *
   * @param units by which is told whether it is a unit
   */
  public QualityItem shown(UnitConverter units) {
    if (aspect != QualityAspect.UNIT) {
      return this;
    }
    UnitUse use = UnitUse.of(kind, item, units);
    String text =
        switch (use) {
          case IMPLIED, CANONICAL -> item;
          case REJECTED -> NOT_KNOWN;
          default -> item.replaceAll("\\{[^}]*\\}", "{}");
        };
    return new QualityItem(aspect, kind, text, use.code());
  }

  /**
   * {@return how long after its time a reading was received}
   *
   * @param kind what was measured
   * @param time when it was measured
   * @param received in milliseconds since 1970; 0 if it is not known
   */
  public static QualityItem delay(VitalKind kind, Instant time, long received) {
    return new QualityItem(
        QualityAspect.DELAY, kind, Delay.of(time.toEpochMilli(), received).code(), "");
  }

  /**
   * {@return that a value is outside this interval}
   *
   * @param kind what was measured
   * @param interval the policy's
   * @param value outside of the interval
   */
  public static QualityItem implausible(VitalKind kind, Interval interval, double value) {
    boolean below = value < interval.high() && !(value > interval.low());
    return new QualityItem(
        QualityAspect.IMPLAUSIBLE, kind, interval.toString(), below ? "below" : "above");
  }

  /**
   * {@return the hour of the day in which a reading was taken}
   *
   * @param kind what was measured
   * @param time when it was measured; the hour is that of UTC
   */
  public static QualityItem hour(VitalKind kind, Instant time) {
    return new QualityItem(
        QualityAspect.HOUR,
        kind,
        String.format(Locale.ROOT, "%02d", time.atOffset(ZoneOffset.UTC).getHour()),
        "");
  }
}
