package org.healthbeam.samples.ward;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes readings as FHIR R4 Observations, pressures of one moment together as a panel. */
final class WardFhir {
  private static final String LOINC = "http://loinc.org";
  private static final String SNOMED = "http://snomed.info/sct";
  private static final String UCUM = "http://unitsofmeasure.org";
  private static final Map<String, String[]> ACVPU =
      Map.of(
          "A", new String[] {"248234008", "Mentally alert"},
          "C", new String[] {"130987000", "Acute confusion"},
          "V", new String[] {"300202002", "Responds to voice"},
          "P", new String[] {"450847001", "Responds to pain"},
          "U", new String[] {"422768004", "Unresponsive"});

  private final OutputStream out;
  private final JsonGenerator json;
  private final List<Reading> panel = new ArrayList<>();
  private Dialect panelDialect = Dialect.NAMES;
  private int written;

  WardFhir(OutputStream out) throws IOException {
    this.out = out;
    this.json =
        new JsonFactory()
            .createGenerator(out)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .setRootValueSeparator(null);
  }

  void write(Bed bed, Reading reading) throws IOException {
    if (reading.kind().isPressure()) {
      if (!panel.isEmpty() && !sameMoment(panel.get(0), reading)) {
        flushPanel();
      }
      panel.add(reading);
      panelDialect = bed.dialect();
      return;
    }
    single(bed.dialect(), reading);
  }

  void finish() throws IOException {
    flushPanel();
    json.flush();
  }

  private boolean sameMoment(Reading first, Reading next) {
    return first.subject().equals(next.subject())
        && first.time().equals(next.time())
        && first.received().equals(next.received())
        && panel.stream().noneMatch(held -> held.kind() == next.kind());
  }

  private void flushPanel() throws IOException {
    if (panel.isEmpty()) {
      return;
    }
    Reading first = panel.get(0);
    open(first, "final", Wording.time(panelDialect, first.time()));
    code("85354-9", "Blood pressure panel with all children optional");
    json.writeArrayFieldStart("component");
    for (Reading reading : panel) {
      json.writeStartObject();
      Wording.Sent sent = Wording.of(panelDialect, reading);
      code(reading.kind().loinc(), reading.kind().display());
      value(sent, reading);
      json.writeEndObject();
    }
    json.writeEndArray();
    close();
    panel.clear();
  }

  private void single(Dialect dialect, Reading reading) throws IOException {
    Wording.Sent sent = Wording.of(dialect, reading);
    // Every four hundredth is withdrawn, as happens when a reading was charted for another patient.
    open(reading, written % 400 == 399 ? "entered-in-error" : "final", sent.time());
    boolean fraction = sent.code().equals("3150-6");
    code(
        fraction ? "3150-6" : reading.kind().loinc(),
        fraction ? "Inhaled oxygen concentration" : reading.kind().display());
    value(sent, reading);
    close();
  }

  private void open(Reading reading, String status, String time) throws IOException {
    written++;
    json.writeStartObject();
    json.writeStringField("resourceType", "Observation");
    json.writeStringField("id", reading.subject() + "-" + written);
    json.writeStringField("status", status);
    json.writeArrayFieldStart("category");
    json.writeStartObject();
    json.writeArrayFieldStart("coding");
    json.writeStartObject();
    json.writeStringField("system", "http://terminology.hl7.org/CodeSystem/observation-category");
    json.writeStringField("code", "vital-signs");
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeObjectFieldStart("subject");
    json.writeStringField("reference", "Patient/" + reading.subject());
    json.writeEndObject();
    json.writeStringField("effectiveDateTime", time);
    json.writeStringField("issued", reading.received().toString());
  }

  private void close() throws IOException {
    json.writeEndObject();
    json.flush();
    out.write('\n');
  }

  private void code(String code, String display) throws IOException {
    json.writeObjectFieldStart("code");
    coding(LOINC, code, display);
    json.writeEndObject();
  }

  private void coding(String system, String code, String display) throws IOException {
    json.writeArrayFieldStart("coding");
    json.writeStartObject();
    json.writeStringField("system", system);
    json.writeStringField("code", code);
    json.writeStringField("display", display);
    json.writeEndObject();
    json.writeEndArray();
  }

  private void value(Wording.Sent sent, Reading reading) throws IOException {
    if (reading.kind() == Kind.CONSCIOUSNESS && ACVPU.containsKey(sent.value())) {
      String[] concept = ACVPU.get(sent.value());
      json.writeObjectFieldStart("valueCodeableConcept");
      coding(SNOMED, concept[0], concept[1]);
      json.writeStringField("text", sent.value());
      json.writeEndObject();
    } else if (Mishaps.isNumber(sent.value())) {
      json.writeObjectFieldStart("valueQuantity");
      json.writeNumberField("value", new BigDecimal(sent.value()));
      String unit = sent.unit().isEmpty() ? reading.kind().unit() : sent.unit();
      json.writeStringField("unit", unit);
      // What a device calls bpm or F is no code of UCUM, and is sent as a unit's name only.
      if (isUcum(unit)) {
        json.writeStringField("system", UCUM);
        json.writeStringField("code", unit);
      }
      json.writeEndObject();
    } else if (sent.value().isEmpty()) {
      json.writeObjectFieldStart("dataAbsentReason");
      coding("http://terminology.hl7.org/CodeSystem/data-absent-reason", "error", "Error");
      json.writeEndObject();
    } else {
      json.writeStringField("valueString", sent.value());
    }
  }

  private static boolean isUcum(String unit) {
    return switch (unit) {
      case "bpm", "breaths/min", "mm Hg", "F", "°C" -> false;
      default -> true;
    };
  }
}
