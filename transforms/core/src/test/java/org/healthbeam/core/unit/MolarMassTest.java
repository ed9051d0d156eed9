package org.healthbeam.core.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.healthbeam.core.outcome.RejectedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MolarMassTest {
  private static final Pattern ELEMENT = Pattern.compile("([A-Z][a-z]?)(\\d*)");

  /** IUPAC abridged standard atomic weights 2021. */
  private static final Map<String, String> WEIGHTS =
      Map.ofEntries(
          Map.entry("H", "1.008"),
          Map.entry("Li", "6.94"),
          Map.entry("C", "12.011"),
          Map.entry("N", "14.007"),
          Map.entry("O", "15.999"),
          Map.entry("Na", "22.990"),
          Map.entry("Mg", "24.305"),
          Map.entry("P", "30.974"),
          Map.entry("Cl", "35.45"),
          Map.entry("K", "39.098"),
          Map.entry("Ca", "40.078"),
          Map.entry("Fe", "55.845"),
          Map.entry("Co", "58.933"),
          Map.entry("Cu", "63.546"),
          Map.entry("Zn", "65.38"),
          Map.entry("I", "126.90"),
          Map.entry("Pb", "207.2"));

  private final UnitConverter ucum = UnitConverter.ucum();

  /** Factors that clinical laboratories publish, to the digits that they publish. */
  @ParameterizedTest
  @CsvSource({
    "2345-7, mg/dL, mmol/L, 0.0555, 4",
    "2160-0, mg/dL, umol/L, 88.4, 1",
    "2093-3, mg/dL, mmol/L, 0.0259, 4",
    "2571-8, mg/dL, mmol/L, 0.0113, 4",
    "3094-0, mg/dL, mmol/L, 0.357, 3",
    "1975-2, mg/dL, umol/L, 17.1, 1",
    "17861-6, mg/dL, mmol/L, 0.2495, 4",
    "19123-9, mg/dL, mmol/L, 0.4114, 4",
    "2777-1, mg/dL, mmol/L, 0.3229, 4",
    "3084-1, mg/dL, umol/L, 59.48, 2",
    "2498-4, ug/dL, umol/L, 0.179, 3",
    "2524-7, mg/dL, mmol/L, 0.111, 3",
    "22763-7, ug/dL, umol/L, 0.587, 3",
    "3024-7, ng/dL, pmol/L, 12.87, 2",
    "3051-0, pg/mL, pmol/L, 1.536, 3",
    "2143-6, ug/dL, nmol/L, 27.59, 2",
    "2986-8, ng/dL, nmol/L, 0.0347, 4",
    "2243-4, pg/mL, pmol/L, 3.671, 3",
    "2839-9, ng/mL, nmol/L, 3.18, 2",
    "2132-9, pg/mL, pmol/L, 0.738, 3",
    "2284-8, ng/mL, nmol/L, 2.27, 2",
    "1989-3, ng/mL, nmol/L, 2.496, 3",
    "10535-3, ng/mL, nmol/L, 1.28, 2",
    "4049-3, ug/mL, umol/L, 5.55, 2",
    "718-7, g/dL, mmol/L, 0.6206, 4",
    "2000-8, meq/L, mmol/L, 0.5, 3",
    "2951-2, meq/L, mmol/L, 1, 3",
    "2000-8, mg/dL, meq/L, 0.499, 3",
  })
  void givesThePublishedFactor(String loinc, String from, String to, String factor, int decimals)
      throws RejectedException {
    double there = ucum.convert(1, from, to, loinc).value();
    assertEquals(Double.parseDouble(factor), there, 0.5 * Math.pow(10, -decimals) + 1e-12);
    assertEquals(1, ucum.convert(there, to, from, loinc).value(), 1e-15);
  }

  @Test
  void withoutAnAnalyteMassIsNotSubstance() {
    assertThrows(RejectedException.class, () -> ucum.convert(1, "mg/dL", "mmol/L"));
    assertThrows(RejectedException.class, () -> ucum.convert(1, "mg/dL", "mmol/L", "8867-4"));
  }

  @Test
  void anAnalyteDoesNotMakeOtherUnitsCommensurable() {
    assertThrows(RejectedException.class, () -> ucum.convert(1, "mg/dL", "mmol", "2345-7"));
    assertThrows(RejectedException.class, () -> ucum.convert(1, "mg/dL", "/L", "2345-7"));
    // What is in the denominator is another substance than the analyte.
    assertThrows(RejectedException.class, () -> ucum.convert(1, "mg/g", "mg/mmol", "2161-8"));
    assertThrows(RejectedException.class, () -> ucum.convert(1, "mg/dL", "mmol2/L", "2345-7"));
  }

  @Test
  void repairsAndAnalytesWorkTogether() throws RejectedException {
    Converted converted = ucum.convert(100, "MG/DL", "mmol/L", "2345-7");
    assertTrue(converted.repaired());
    assertEquals(5.55, converted.value(), 0.005);
  }

  @Test
  void equivalentsAreMolesAsUcumSaysWhereNoAnalyteIsNamed() throws RejectedException {
    assertEquals(4, ucum.convert(4, "meq/L", "mmol/L").value());
  }

  @Test
  void everyMolarMassIsTheSumOfItsFormula() {
    for (MolarMass row : MolarMass.table()) {
      if (row.formula().isEmpty()) {
        assertTrue(row.analyte().startsWith("hemoglobin"), row.loinc());
        continue;
      }
      BigDecimal sum = BigDecimal.ZERO;
      Matcher element = ELEMENT.matcher(row.formula());
      while (element.find()) {
        BigDecimal weight = new BigDecimal(WEIGHTS.get(element.group(1)));
        BigDecimal count = new BigDecimal(element.group(2).isEmpty() ? "1" : element.group(2));
        sum = sum.add(weight.multiply(count));
      }
      assertEquals(0, sum.compareTo(row.gramsPerMole()), row.loinc());
    }
    assertEquals(99, MolarMass.table().size());
  }

  @Test
  void everyCodeHasItsCheckDigit() {
    for (MolarMass row : MolarMass.table()) {
      String[] parts = row.loinc().split("-");
      int sum = 0;
      for (int i = 0; i < parts[0].length(); i++) {
        int digit = parts[0].charAt(parts[0].length() - 1 - i) - '0';
        int doubled = i % 2 == 0 ? 2 * digit : digit;
        sum += doubled / 10 + doubled % 10;
      }
      assertEquals(Integer.parseInt(parts[1]), (10 - sum % 10) % 10, row.loinc());
    }
  }
}
