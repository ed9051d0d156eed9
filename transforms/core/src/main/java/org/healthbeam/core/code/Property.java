package org.healthbeam.core.code;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * A data element beside a mapping: one that it depends on, or one that comes out of it.
 *
 * <p>Source: FHIR R4 and R5, ConceptMap.group.element.target.dependsOn and product.
 *
 * @param name URI of the element (R4 {@code property}); in R5 the URI that the map declares for the
 *     attribute, or its code if it declares none
 * @param system of the value or of its unit, canonical; empty if it is not coded
 * @param value code, text, {@code true}, or a quantity as {@link #quantity} writes it; empty where
 *     a value set stands
 * @param display of a coded value
 * @param valueSet canonical URL of the value set that the value is in (R5); empty for a value
 */
public record Property(String name, String system, String value, String display, String valueSet) {
  private static final int MOST_DIGITS = 1000;

  /**
   * Refuses what is null; empty is absent.
   *
   * @param name URI of the element (R4 {@code property}); in R5 the URI that the map declares for
   *     the attribute, or its code if it declares none
   * @param system of the value or of its unit, canonical; empty if it is not coded
   * @param value code, text, {@code true}, or a quantity as {@link #quantity} writes it; empty
   *     where a value set stands
   * @param display of a coded value
   * @param valueSet canonical URL of the value set that the value is in (R5); empty for a value
   */
  public Property {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(system, "system");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(display, "display");
    Objects.requireNonNull(valueSet, "valueSet");
  }

  /**
   * {@return a property with a value that is not coded}
   *
   * @param name URI of the element
   * @param value as text
   */
  public static Property of(String name, String value) {
    return new Property(name, "", value, "", "");
  }

  /**
   * {@return how a quantity is written as a value: the number without zeros at its end, a space,
   * and the unit's code (or its name, where it has no code)}
   *
   * @param number exact; its zeros at the end mean nothing here
   * @param unit empty if there is none
   */
  public static String quantity(BigDecimal number, String unit) {
    if (Math.abs((long) number.scale()) > MOST_DIGITS) {
      // Written out it would be very long; as it is, it is still exact.
      return number + (unit.isEmpty() ? "" : " " + unit);
    }
    String plain = number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    return unit.isEmpty() ? plain : plain + " " + unit;
  }
}
