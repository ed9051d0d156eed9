package org.healthbeam.core.vital.quality;

import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.unit.Converted;
import org.healthbeam.core.unit.UnitConverter;
import org.healthbeam.core.vital.VitalKind;

/**
 * What becomes of readings of a kind in a unit; see {@link
 * org.healthbeam.core.vital.CanonicalValues}.
 */
public enum UnitUse {
  /** None was named: it is the kind's own, or the one that the code implies. */
  IMPLIED,
  /** It is the kind's own. */
  CANONICAL,
  /** Converted by UCUM. */
  CONVERTED,
  /** It is no UCUM, but known from real data; then converted. */
  REPAIRED,
  /** Unknown, or of another quantity. */
  REJECTED,
  /** Inspired oxygen: by the value, as air or oxygen. */
  BY_VALUE;

  /** {@return the word that stands for it in tables} */
  public String code() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }

  /**
   * {@return what becomes of a unit; an empty one was not named}
   *
   * @param kind what was measured
   * @param unit as it was received
   * @param units by which is converted
   */
  public static UnitUse of(VitalKind kind, String unit, UnitConverter units) {
    if (unit.isEmpty()) {
      return IMPLIED;
    }
    if (unit.equals(kind.unit())) {
      return CANONICAL;
    }
    if (kind.isCoded()) {
      return isKnown(unit, "%", units) || isKnown(unit, "L/min", units) ? BY_VALUE : REJECTED;
    }
    try {
      Converted converted = units.convert(1, unit, kind.unit(), kind.loincCodes().get(0));
      return converted.repaired() ? REPAIRED : CONVERTED;
    } catch (RejectedException e) {
      return REJECTED;
    }
  }

  private static boolean isKnown(String unit, String as, UnitConverter units) {
    try {
      units.convert(1, unit, as);
      return true;
    } catch (RejectedException e) {
      return false;
    }
  }
}
