package org.healthbeam.core.fhir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The little that must be known of FHIR R4's model: which JSON names are one of a choice, and where
 * a Coding stands outside a CodeableConcept. Both are tables in resources, compared with HAPI's
 * model by a test.
 */
final class FhirElements {
  // Asked for every property, and never changed: these are faster than copies that cannot be.
  private static final Map<String, String> CHOICES = choices();
  private static final Set<String> CODINGS = new HashSet<>(lines("r4-coding-elements.txt"));
  private static final Set<String> CODING_NAMES = codingNames();

  private FhirElements() {}

  /**
   * {@return the FHIRPath name of a JSON name: {@code value} for {@code valueCodeableConcept},
   * {@code birthDate} for {@code _birthDate}, which holds the extensions of a primitive}
   */
  static String pathName(String jsonName) {
    String name = jsonName.startsWith("_") ? jsonName.substring(1) : jsonName;
    String choice = CHOICES.get(name);
    return choice == null ? name : choice;
  }

  /** {@return whether an element of this name is a Coding in some resource} */
  static boolean mayBeCoding(String jsonName) {
    return CODING_NAMES.contains(jsonName);
  }

  /**
   * {@return whether an element of this name is a Coding in this resource} Labels of the record,
   * {@code meta.tag} and {@code meta.security}, are not: they say nothing about the patient.
   */
  static boolean isCoding(String resourceType, String jsonName) {
    return CODINGS.contains(resourceType + "." + jsonName) || CODINGS.contains("*." + jsonName);
  }

  private static Map<String, String> choices() {
    Map<String, String> result = new HashMap<>();
    for (String line : lines("r4-choice-elements.txt")) {
      int space = line.indexOf(' ');
      result.put(line.substring(0, space), line.substring(space + 1));
    }
    return result;
  }

  private static Set<String> codingNames() {
    Set<String> result = new HashSet<>();
    CODINGS.forEach(c -> result.add(c.substring(c.indexOf('.') + 1)));
    return result;
  }

  static List<String> lines(String resource) {
    List<String> result = new ArrayList<>();
    try (InputStream in = FhirElements.class.getResourceAsStream(resource);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        result.add(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return result;
  }
}
