package org.healthbeam.core.code;

import java.util.Objects;

/**
 * A data element beside a mapping: one that it depends on, or one that comes out of it.
 *
 * <p>Source: FHIR R4 and R5, ConceptMap.group.element.target.dependsOn and product.
 *
 * @param name URI of the element (R4 {@code property}) or code of the attribute (R5)
 * @param system of the value, canonical; empty if it is not coded
 * @param value code, text, {@code true}, or number with unit; empty where a value set stands
 * @param display of a coded value
 * @param valueSet canonical URL of the value set that the value is in (R5); empty for a value
 */
public record Property(String name, String system, String value, String display, String valueSet) {

  public Property {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(system, "system");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(display, "display");
    Objects.requireNonNull(valueSet, "valueSet");
  }

  /** Returns a property with a value that is not coded. */
  public static Property of(String name, String value) {
    return new Property(name, "", value, "", "");
  }
}
