package org.healthbeam.core.fhir;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FhirElementsTest {
  private static final R4Model MODEL = new R4Model();

  @Test
  void theChoicesAreThoseOfTheModel() throws IOException {
    Set<String> expected = new TreeSet<>(MODEL.choices());
    // The model has names of its own for references to a resource of any type.
    expected.removeIf(line -> line.contains("Resource "));
    assertEquals(expected, lines("r4-choice-elements.txt"));
  }

  @Test
  void theExtensionsOfAPrimitiveStandAtItsOwnPath() {
    assertEquals("birthDate", FhirElements.pathName("_birthDate"));
    assertEquals("value", FhirElements.pathName("_valueString"));
  }

  @Test
  void theCodingsAreThoseOfTheModelButForLabelsOfTheRecord() throws IOException {
    Set<String> expected = new TreeSet<>(MODEL.codings());
    expected.remove("*.tag");
    expected.remove("*.security");
    assertEquals(expected, lines("r4-coding-elements.txt"));
  }

  private static Set<String> lines(String resource) throws IOException {
    try (InputStream in = FhirElements.class.getResourceAsStream(resource)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new TreeSet<>(text.lines().toList());
    }
  }
}
