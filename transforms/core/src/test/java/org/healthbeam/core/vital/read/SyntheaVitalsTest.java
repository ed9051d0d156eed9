package org.healthbeam.core.vital.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalReading;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;

/**
 * All observations of the sample patients, which Synthea made, compared with HAPI's typed model.
 */
class SyntheaVitalsTest {
  private static final IParser HAPI = FhirContext.forR4Cached().newJsonParser();

  private static List<String> lines() throws IOException {
    Path file =
        Path.of(
            System.getProperty("healthbeam.root", "../.."),
            "samples/data/fhir/Observation.ndjson.gz");
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  @Test
  void everyMeasurementIsTheSameAsInTheTypedModel() throws IOException {
    List<String> lines = lines();
    Map<VitalKind, Integer> compared = new EnumMap<>(VitalKind.class);
    int resources = 0;
    for (int i = 0; i < lines.size(); i++) {
      String position = Integer.toString(i + 1);
      ParsedVitals parsed = new ParsedVitals();
      ObservationVitals.parse(InputRecord.ofText("f", position, lines.get(i)), parsed);
      List<VitalReading> expected =
          TypedVitals.of(HAPI.parseResource(Observation.class, lines.get(i)), "f", position);
      assertEquals(expected, parsed.readings(), position);
      resources += parsed.resources().size();
      expected.forEach(r -> compared.merge(r.kind(), 1, Integer::sum));
    }
    assertEquals(lines.size(), resources);
    assertTrue(compared.get(VitalKind.SYSTOLIC_BP) >= 90, compared::toString);
    assertTrue(compared.keySet().size() >= 8, compared::toString);
  }

  @Test
  void aBundleOfThemReadsAsTheyDoOneByOne() throws IOException {
    List<String> lines = lines().subList(0, 400);
    Bundle bundle = new Bundle();
    List<VitalReading> expected = new ArrayList<>();
    for (String line : lines) {
      Observation observation = HAPI.parseResource(Observation.class, line);
      bundle.addEntry().setResource(observation);
      expected.addAll(TypedVitals.of(observation, "f", "1"));
    }
    ParsedVitals parsed = new ParsedVitals();
    ObservationVitals.parse(
        InputRecord.ofText("f", "1", HAPI.encodeResourceToString(bundle)), parsed);
    assertTrue(expected.size() > 20);
    assertEquals(expected, parsed.readings());
  }
}
