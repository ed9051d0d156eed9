package org.healthbeam.core.code.read;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.healthbeam.core.code.CodeSystems;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.Property;

/**
 * Reads {@code target.dependsOn} and {@code target.product}. R4 has a URI, a system and a string;
 * R5 the code of an attribute, and a value of one of five types or a value set.
 */
final class PropertyJson {
  private final FhirJson in;

  PropertyJson(FhirJson in) {
    this.in = in;
  }

  /**
   * What R5 declares about an attribute.
   *
   * @param name its URI; its code if it has none
   * @param system of its values, if they are codes; else empty
   */
  record Attribute(String name, String system) {}

  /** {@return properties under the names that the map declares for them} */
  static List<Property> named(List<Property> properties, Map<String, Attribute> attributes) {
    List<Property> result = new ArrayList<>(properties.size());
    for (Property each : properties) {
      Attribute declared = attributes.get(each.name());
      result.add(
          declared == null
              ? each
              : new Property(
                  declared.name(),
                  each.system().isEmpty() && each.valueSet().isEmpty()
                      ? declared.system()
                      : each.system(),
                  each.value(),
                  each.display(),
                  each.valueSet()));
    }
    return result;
  }

  Property property(String where) throws IOException, InvalidMapException {
    return new Reading(where).read();
  }

  private final class Reading {
    private final String where;
    private String name = "";
    private String system = "";
    private String value = "";
    private String display = "";
    private String valueSet = "";
    private int values;
    private boolean r5;

    Reading(String where) {
      this.where = where;
    }

    Property read() throws IOException, InvalidMapException {
      in.fields(this::field);
      if (name.isEmpty()) {
        throw in.refuse(where, "names no property (R4) and no attribute (R5)");
      }
      if (r5 && (values != 1 || !valueSet.isEmpty()) && (values != 0 || valueSet.isEmpty())) {
        throw in.refuse(where, "breaks cmd-6: either a value or a valueSet, and not both");
      }
      if (!r5 && values == 0) {
        throw in.refuse(where + ".value", "is missing");
      }
      return new Property(name, system, value, display, valueSet);
    }

    private void field(String key) throws IOException, InvalidMapException {
      String place = where + "." + key;
      r5 |= key.equals("attribute") || key.equals("valueSet") || isTyped(key);
      if (isTyped(key) || key.equals("value")) {
        values++;
      }
      switch (key) {
        case "property" -> name = in.text(place);
        case "attribute" -> name = in.code(place);
        // R4: a canonical, which may name a version.
        case "system" -> system = CodeSystems.canonical(MapId.parse(in.text(place)).url());
        case "display" -> display = in.text(place);
        case "value", "valueString" -> value = in.text(place);
        case "valueCode" -> value = in.code(place);
        case "valueBoolean" -> value = Boolean.toString(in.bool(place));
        case "valueCoding" -> coding(place);
        case "valueQuantity" -> quantity(place);
        case "valueSet" -> valueSet = in.text(place);
        default -> {
          if (isTyped(key)) {
            throw in.refuse(
                place,
                "must be one of valueCode, valueCoding, valueString, valueBoolean,"
                    + " valueQuantity");
          }
          in.skip();
        }
      }
    }

    private static boolean isTyped(String key) {
      return key.startsWith("value") && key.length() > "value".length() && !key.equals("valueSet");
    }

    private void coding(String place) throws IOException, InvalidMapException {
      in.object(place);
      in.fields(
          key -> {
            switch (key) {
              case "system" -> system = CodeSystems.canonical(in.text(place + ".system"));
              case "code" -> value = in.code(place + ".code");
              case "display" -> display = in.text(place + ".display");
              default -> in.skip();
            }
          });
      if (value.isEmpty()) {
        throw in.refuse(place + ".code", "is missing: a value without code equals nothing");
      }
    }

    private void quantity(String place) throws IOException, InvalidMapException {
      String[] parts = {"", "", "", ""};
      in.object(place);
      in.fields(
          key -> {
            switch (key) {
              case "value" -> parts[0] = in.number(place + ".value");
              case "unit" -> parts[1] = in.text(place + ".unit");
              case "code" -> parts[2] = in.code(place + ".code");
              case "system" -> system = CodeSystems.canonical(in.text(place + ".system"));
              case "comparator" ->
                  throw in.refuse(
                      place + ".comparator", "is there: properties are compared for equality only");
              default -> in.skip();
            }
          });
      if (parts[0].isEmpty()) {
        throw in.refuse(place + ".value", "is missing: a quantity without value equals nothing");
      }
      value =
          Property.quantity(
              decimal(parts[0], place + ".value"), parts[2].isEmpty() ? parts[1] : parts[2]);
    }

    private BigDecimal decimal(String number, String place) throws InvalidMapException {
      try {
        return new BigDecimal(number);
      } catch (NumberFormatException e) {
        throw in.refuse(place, "has an exponent that is too large");
      }
    }
  }
}
