package org.healthbeam.samples.patients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.healthbeam.samples.Shipped;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatientSampleTest {
  @Test
  @Tag("long")
  void makerReproducesWhatIsShipped(@TempDir Path folder) throws Exception {
    List<Integer> progress = new ArrayList<>();
    PatientSample.SHIPPED.write(folder, progress::add);
    assertEquals(List.of(1, 2, 3, 4, 5, 6, 7, 8), progress);
    Path shipped = Shipped.path("fhir");
    assertEquals(names(shipped), names(folder));
    for (String name : names(shipped)) {
      assertArrayEquals(
          Shipped.unpacked(shipped.resolve(name)), Shipped.unpacked(folder.resolve(name)), name);
    }
  }

  @Test
  void everyShippedLineIsAResourceOfItsFilesType() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    Set<String> names = names(Shipped.path("fhir"));
    assertTrue(
        names.containsAll(
            Set.of("Patient.ndjson.gz", "Condition.ndjson.gz", "Observation.ndjson.gz")));
    for (String name : names) {
      byte[] bytes = Shipped.unpacked(Shipped.path("fhir").resolve(name));
      for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
        JsonNode resource = mapper.readTree(line);
        assertEquals(name, resource.get("resourceType").asText() + ".ndjson.gz");
        assertFalse(resource.get("id").asText().isEmpty());
      }
    }
  }

  @Test
  void noPatientsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new PatientSample(0, 42));
  }

  private static Set<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
