package org.healthbeam.core.vital;

import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.unit.Converted;
import org.healthbeam.core.unit.UnitConverter;

/**
 * Brings readings to their kind's canonical unit, and inspired oxygen to air or oxygen.
 *
 * <p>Inspired oxygen as a number: a fraction above 0.21 (21 %) or a flow above 0 is oxygen. Without
 * a unit a number up to 1 is a fraction, as is 0, which is then air; 21 is refused, since it may be
 * percent or litres a minute; other numbers are oxygen either way.
 */
public final class CanonicalValues {
  /** The fraction of oxygen in air, as printed on flow meters and in charts. */
  private static final double AIR_PERCENT = 21;

  /** Room for the rounding of a conversion. */
  private static final double TOLERANCE = 1e-6;

  private final UnitConverter units;

  /**
   * A reading in its kind's canonical unit.
   *
   * @param sign the vital sign
   * @param repaired whether its unit was not UCUM and was read by the table of repairs
   */
  public record Canonical(VitalSign sign, boolean repaired) {}

  public CanonicalValues(UnitConverter units) {
    this.units = units;
  }

  /**
   * Returns the reading as a vital sign.
   *
   * @throws RejectedException if its unit or its value cannot be used
   */
  public Canonical of(VitalReading reading) throws RejectedException {
    double value;
    boolean repaired = false;
    if (reading.coded()) {
      value = reading.value();
    } else if (reading.kind() == VitalKind.INSPIRED_OXYGEN) {
      value = oxygen(reading.value(), reading.unit()).value();
    } else if (reading.unit().equals(reading.kind().unit())) {
      value = reading.value();
    } else {
      VitalKind kind = reading.kind();
      Converted converted =
          units.convert(reading.value(), reading.unit(), kind.unit(), kind.loincCodes().get(0));
      value = converted.value();
      repaired = converted.repaired();
    }
    if (!Double.isFinite(value)) {
      throw new RejectedException(RejectReason.INVALID_VALUE, "the value is not finite");
    }
    if (reading.kind() == VitalKind.GLASGOW_COMA_SCALE
        && (value != Math.rint(value) || value < 3 || value > 15)) {
      throw new RejectedException(
          RejectReason.INVALID_VALUE, "the Glasgow coma scale is a whole number from 3 to 15");
    }
    // Adding zero makes the negative zero the positive one.
    VitalSign sign =
        new VitalSign(
            reading.subject(),
            reading.kind(),
            value + 0.0,
            reading.time(),
            reading.source(),
            reading.position());
    return new Canonical(sign, repaired);
  }

  private OxygenSupply oxygen(double value, String unit) throws RejectedException {
    if (value < 0) {
      throw new RejectedException(RejectReason.INVALID_VALUE, "inspired oxygen is negative");
    }
    if (unit.isEmpty()) {
      if (value == AIR_PERCENT) {
        throw new RejectedException(
            RejectReason.UNKNOWN_UNIT,
            "inspired oxygen of 21 without a unit may be percent or litres a minute");
      }
      return value == 0 || value == AIR_PERCENT / 100 ? OxygenSupply.AIR : OxygenSupply.OXYGEN;
    }
    if (isFlow(unit)) {
      return value > 0 ? OxygenSupply.OXYGEN : OxygenSupply.AIR;
    }
    double percent = units.convert(value, unit, "%").value();
    if (percent > 100 + TOLERANCE) {
      throw new RejectedException(
          RejectReason.INVALID_VALUE, "the fraction of inspired oxygen is above one");
    }
    return percent > AIR_PERCENT + TOLERANCE ? OxygenSupply.OXYGEN : OxygenSupply.AIR;
  }

  private boolean isFlow(String unit) {
    try {
      return units.convert(1, unit, "L/min").value() > 0;
    } catch (RejectedException e) {
      return false;
    }
  }
}
