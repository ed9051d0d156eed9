package org.healthbeam.core.vital;

import java.util.Optional;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.unit.Converted;
import org.healthbeam.core.unit.UnitConverter;

/**
 * Brings readings to their kind's canonical unit, and inspired oxygen to air or oxygen.
 *
 * <p>Inspired oxygen as a number: a fraction above 0.21 (21 %) or a flow above 0 is oxygen. A
 * fraction above 0 and below 0.15, which nobody is given to breathe, is refused: it is most likely
 * a fraction written as percent. A fraction without a unit (LOINC 3150-6) is percent if above 1.
 * Where neither the unit nor the name says whether it is a fraction or a flow, numbers up to 0.21
 * are air; 21 is refused, since it may be percent or litres a minute; other numbers are oxygen
 * either way.
 */
public final class CanonicalValues {
  /** The fraction of oxygen in air, as printed on flow meters and in charts. */
  private static final double AIR_PERCENT = 21;

  /** The least that is given to breathe, as on high mountains and in tests of fitness to fly. */
  private static final double LEAST_PERCENT = 15;

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

  /**
   * Converts with these units.
   *
   * @param units may be shared by many threads
   */
  public CanonicalValues(UnitConverter units) {
    this.units = units;
  }

  /**
   * {@return the reading as a vital sign}
   *
   * @param reading a number in a unit, or a code's rank
   * @throws RejectedException if its unit or its value cannot be used
   */
  public Canonical of(VitalReading reading) throws RejectedException {
    double value;
    boolean repaired = false;
    if (reading.version().isWithdrawn()) {
      return new Canonical(sign(reading, Double.NaN), false);
    }
    if (reading.coded()) {
      value = reading.value();
    } else if (reading.kind() == VitalKind.INSPIRED_OXYGEN) {
      Converted converted = oxygen(reading.value(), reading.unit());
      value = converted.value();
      repaired = converted.repaired();
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
    return new Canonical(sign(reading, value + 0.0), repaired);
  }

  private static VitalSign sign(VitalReading reading, double value) {
    return new VitalSign(
        reading.subject(),
        reading.kind(),
        value,
        reading.time(),
        reading.source(),
        reading.position(),
        reading.version());
  }

  private Converted oxygen(double value, String unit) throws RejectedException {
    if (value < 0) {
      throw new RejectedException(RejectReason.INVALID_VALUE, "inspired oxygen is negative");
    }
    if (unit.isEmpty()) {
      if (value == AIR_PERCENT) {
        throw new RejectedException(
            RejectReason.UNKNOWN_UNIT,
            "inspired oxygen of 21 without a unit may be percent or litres a minute");
      }
      return supply(value * 100 > AIR_PERCENT + TOLERANCE, false);
    }
    Optional<Converted> flow = flow(value, unit);
    if (flow.isPresent()) {
      return supply(flow.get().value() > 0, flow.get().repaired());
    }
    Converted percent = units.convert(value, unit, "%");
    if (percent.value() > 100 + TOLERANCE) {
      throw new RejectedException(
          RejectReason.INVALID_VALUE, "the fraction of inspired oxygen is above one");
    }
    if (percent.value() > 0 && percent.value() < LEAST_PERCENT - TOLERANCE) {
      throw new RejectedException(
          RejectReason.INVALID_VALUE, "the fraction of inspired oxygen is above 0 and below 0.15");
    }
    return supply(percent.value() > AIR_PERCENT + TOLERANCE, percent.repaired());
  }

  private static Converted supply(boolean oxygen, boolean repaired) {
    return new Converted((oxygen ? OxygenSupply.OXYGEN : OxygenSupply.AIR).value(), repaired);
  }

  private Optional<Converted> flow(double value, String unit) {
    try {
      return Optional.of(units.convert(value, unit, "L/min"));
    } catch (RejectedException e) {
      return Optional.empty();
    }
  }
}
