package org.healthbeam.core.unit;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.healthbeam.core.outcome.RejectedException;
import org.junit.jupiter.api.Test;

/** The page about units says what the tables say. */
class UnitsPageTest {
  private final List<String> page = page();

  @Test
  void hasTheTableOfRepairs() {
    Map<String, String> byUcum =
        Repairs.load().rows().stream()
            .collect(
                groupingBy(
                    Repairs.Repair::ucum,
                    LinkedHashMap::new,
                    mapping(r -> cell(r.written()), joining(" "))));
    byUcum.forEach(
        (ucum, written) -> {
          String row = "| " + cell(ucum) + " | " + written + " |";
          assertTrue(page.contains(row), row);
        });
  }

  @Test
  void hasTheTableOfAnalytes() {
    for (MolarMass mass : MolarMass.table()) {
      long rows =
          page.stream()
              .filter(row -> row.startsWith("| " + mass.analyte() + " | "))
              .filter(row -> row.contains(" " + mass.gramsPerMole() + " "))
              .filter(row -> row.matches(".*[ ,]" + mass.loinc() + "[ ,].*"))
              .count();
      assertEquals(1, rows, mass.loinc());
    }
  }

  @Test
  void itsExamplesAreTrue() throws RejectedException {
    UnitConverter ucum = UnitConverter.ucum();
    assertEquals(39.81071705535, ucum.convert(7.4, "[pH]", "nmol/L").value());
    assertEquals(5.550744909966918, ucum.convert(100, "mg/dL", "mmol/L", "2345-7").value());
    assertTrue(page.stream().anyMatch(row -> row.contains("// 39.81071705535")));
    assertTrue(page.stream().anyMatch(row -> row.contains("// 5.550744909966918")));
  }

  private static String cell(String text) {
    return "`" + text.replace("|", "\\|") + "`";
  }

  private static List<String> page() {
    Path root = Path.of(System.getProperty("healthbeam.root", "."));
    try {
      return Files.readAllLines(root.resolve("docs/units.md"));
    } catch (IOException e) {
      throw new IllegalStateException("The project has no docs/units.md", e);
    }
  }
}
