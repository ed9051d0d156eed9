package org.healthbeam.core.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.healthbeam.core.outcome.RejectedException;
import org.junit.jupiter.api.Test;

class RepairsTest {
  private final Repairs repairs = Repairs.load();
  private final UnitConverter ucum = UnitConverter.ucum();

  @Test
  void everyRowMeansUcumAndSaysWhy() throws RejectedException {
    for (Repairs.Repair row : repairs.rows()) {
      ucum.validate(row.ucum());
      assertFalse(row.reason().isBlank(), row.written());
      assertEquals(Repairs.tidy(row.written()), row.written());
    }
  }

  @Test
  void everyRowIsReachable() throws RejectedException {
    List<String> shadowed = new ArrayList<>();
    for (Repairs.Repair row : repairs.rows()) {
      if (ucum.commensurable(row.written(), row.ucum()) != row.always()) {
        shadowed.add(row.written());
      } else {
        Converted converted = ucum.convert(1, row.written(), row.ucum());
        assertEquals(new Converted(1, true), converted, row.written());
      }
    }
    assertEquals(List.of(), shadowed);
  }

  @Test
  void aTextWithSeveralMeaningsIsDecidedByWhatIsWanted() {
    for (Repairs.Repair row : repairs.rows()) {
      List<String> candidates = repairs.candidates(row.written());
      for (String a : candidates) {
        for (String b : candidates) {
          assertTrue(a.equals(b) || !ucum.commensurable(a, b), row.written());
        }
      }
    }
  }

  @Test
  void blanksAndBothMicroSignsAreTidied() throws RejectedException {
    assertTrue(ucum.convert(1, "  mm \t Hg ", "kPa").repaired());
    assertTrue(ucum.convert(1, "\u03bcmol/L", "mmol/L").repaired());
    assertTrue(ucum.convert(1, "\u00b5mol/L", "mmol/L").repaired());
  }

  @Test
  void aUcumTermWithBlanksAroundItIsRepaired() throws RejectedException {
    assertEquals(new Converted(1000, true), ucum.convert(1, " kg ", "g"));
  }
}
