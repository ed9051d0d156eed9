package org.healthbeam.core.vital.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.annotation.Nullable;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.vital.VitalKind;

/** Code and value of an Observation, or of one of its components, as they are being read. */
final class ObservationFields {
  private static final Set<String> PANELS = Set.of("85353-1", "85354-9", "55284-4");

  private final KindCodes kinds;
  @Nullable private KindCodes.Found found;
  private boolean panel;
  private boolean hasValue;
  private boolean absent;
  private boolean comparator;
  @Nullable private String number;
  @Nullable private String unitCode;
  @Nullable private String unitText;
  private final List<String> words = new ArrayList<>(2);

  ObservationFields(KindCodes kinds) {
    this.kinds = kinds;
  }

  @Nullable
  VitalKind kind() {
    return found == null ? null : found.kind();
  }

  boolean isPanel() {
    return panel;
  }

  boolean hasValue() {
    return hasValue;
  }

  boolean isAbsent() {
    return absent;
  }

  /** Reads the field if it is one of code, value[x] and dataAbsentReason; else returns false. */
  boolean read(String field, JsonParser p) throws IOException {
    switch (field) {
      case "code" -> readCode(p);
      case "dataAbsentReason" -> {
        absent = p.currentToken() == JsonToken.START_OBJECT;
        p.skipChildren();
      }
      case "valueQuantity" -> {
        hasValue = true;
        readQuantity(p);
      }
      case "valueCodeableConcept" -> {
        hasValue = true;
        readConcept(p, null, words);
      }
      case "valueInteger" -> {
        hasValue = true;
        number = p.currentToken().isNumeric() ? p.getText() : null;
        p.skipChildren();
      }
      case "valueString" -> {
        hasValue = true;
        if (p.currentToken() == JsonToken.VALUE_STRING) {
          words.add(p.getText());
        }
        p.skipChildren();
      }
      default -> {
        if (!field.startsWith("value")) {
          return false;
        }
        hasValue = true;
        p.skipChildren();
      }
    }
    return true;
  }

  /**
   * {@return the measurement's number and unit}
   *
   * @throws RejectedException if the value cannot be used
   */
  Measured measured() throws RejectedException {
    if (absent && !hasValue) {
      throw new RejectedException(
          RejectReason.WITHDRAWN, "dataAbsentReason says that there is no value");
    }
    KindCodes.Found named = named();
    VitalKind kind = named.kind();
    if (!hasValue) {
      throw new RejectedException(RejectReason.MISSING_FIELD, "value[x] is absent");
    }
    if (kind.isCoded()) {
      for (String word : words) {
        Double code = CodedValues.find(kind, word);
        if (code != null) {
          return new Measured(code, "", true);
        }
      }
    }
    if (number == null || kind == VitalKind.CONSCIOUSNESS) {
      throw new RejectedException(
          RejectReason.INVALID_VALUE,
          kind.isCoded() ? "value[x] is no known code" : "value[x] is not a number");
    }
    if (comparator) {
      throw new RejectedException(
          RejectReason.INVALID_VALUE, "the quantity has a comparator: a bound, not a value");
    }
    String unit = unit();
    double value = NumberText.parse(number);
    return new Measured(
        value, unit.isEmpty() ? kind.unitImpliedBy(named.name(), value) : unit, false);
  }

  /** {@return the unit as written, its code before its text; empty if there is none} */
  String unit() {
    String unit = unitCode != null && !unitCode.isBlank() ? unitCode : unitText;
    return unit == null ? "" : unit.strip();
  }

  /**
   * {@return no value, of what is taken back}
   *
   * @throws RejectedException if the code names no kind
   */
  Measured withdrawn() throws RejectedException {
    named();
    return new Measured(Double.NaN, "", false);
  }

  private KindCodes.Found named() throws RejectedException {
    if (found == null) {
      throw new RejectedException(
          RejectReason.UNKNOWN_CODE, "the code names no kind of vital sign");
    }
    return found;
  }

  /** A number and its unit, or the rank of a code. */
  record Measured(double value, String unit, boolean coded) {}

  private void readCode(JsonParser p) throws IOException {
    List<String> local = new ArrayList<>(0);
    readConcept(
        p,
        (system, code) -> {
          if (VitalKind.LOINC.equals(system)) {
            panel |= PANELS.contains(code);
            found = found == null ? kinds.find(system, code) : found;
          } else if (system != null && kinds.knowsLocalCodes()) {
            local.add(system);
            local.add(code);
          }
        },
        null);
    // LOINC counts before what has to be looked up.
    for (int i = 0; found == null && i < local.size(); i += 2) {
      found = kinds.find(local.get(i), local.get(i + 1));
    }
  }

  private void readQuantity(JsonParser p) throws IOException {
    if (p.currentToken() != JsonToken.START_OBJECT) {
      p.skipChildren();
      return;
    }
    while (p.nextToken() == JsonToken.FIELD_NAME) {
      String field = p.currentName();
      JsonToken token = p.nextToken();
      switch (field) {
        case "value" -> number = token.isScalarValue() ? p.getText() : "";
        case "comparator" -> comparator = token == JsonToken.VALUE_STRING;
        case "code" -> unitCode = token == JsonToken.VALUE_STRING ? p.getText() : null;
        case "unit" -> unitText = token == JsonToken.VALUE_STRING ? p.getText() : null;
        default -> {}
      }
      p.skipChildren();
    }
  }

  /** Takes a coding's system and code. */
  interface CodingConsumer {
    void take(@Nullable String system, String code);
  }

  /** Reads a CodeableConcept; its codes, displays and text go to {@code words} if that is given. */
  static void readConcept(
      JsonParser p, @Nullable CodingConsumer codings, @Nullable List<String> words)
      throws IOException {
    if (p.currentToken() != JsonToken.START_OBJECT) {
      p.skipChildren();
      return;
    }
    while (p.nextToken() == JsonToken.FIELD_NAME) {
      String field = p.currentName();
      JsonToken token = p.nextToken();
      if (field.equals("coding") && token == JsonToken.START_ARRAY) {
        while (p.nextToken() != JsonToken.END_ARRAY) {
          readCoding(p, codings, words);
        }
      } else {
        if (words != null && field.equals("text") && token == JsonToken.VALUE_STRING) {
          words.add(p.getText());
        }
        p.skipChildren();
      }
    }
  }

  private static void readCoding(
      JsonParser p, @Nullable CodingConsumer codings, @Nullable List<String> words)
      throws IOException {
    if (p.currentToken() != JsonToken.START_OBJECT) {
      p.skipChildren();
      return;
    }
    String system = null;
    String code = null;
    while (p.nextToken() == JsonToken.FIELD_NAME) {
      String field = p.currentName();
      boolean text = p.nextToken() == JsonToken.VALUE_STRING;
      if (text && field.equals("system")) {
        system = p.getText();
      } else if (text && field.equals("code")) {
        code = p.getText();
      } else if (text && field.equals("display") && words != null) {
        words.add(p.getText());
      }
      p.skipChildren();
    }
    if (code != null) {
      if (codings != null) {
        codings.take(system, code);
      }
      if (words != null) {
        words.add(code);
      }
    }
  }
}
