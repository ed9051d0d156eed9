package org.healthbeam.core.vital;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.healthbeam.core.outcome.RejectedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlausibilityPolicyTest {
  private static boolean accepts(PlausibilityPolicy policy, VitalKind kind, double value) {
    try {
      policy.check(kind, value);
      return true;
    } catch (RejectedException e) {
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mimic, HEART_RATE, 0, 300, false, false",
    "mimic, RESPIRATORY_RATE, 0, 70, false, false",
    "mimic, SPO2, 0, 100, false, true",
    "mimic, SYSTOLIC_BP, 0, 400, false, false",
    "mimic, DIASTOLIC_BP, 0, 300, false, false",
    "mimic, MEAN_BP, 0, 300, false, false",
    "mimic, TEMPERATURE, 10, 50, false, false",
    "clif, HEART_RATE, 0, 300, true, true",
    "clif, RESPIRATORY_RATE, 0, 60, true, true",
    "clif, SPO2, 50, 100, true, true",
    "clif, SYSTOLIC_BP, 0, 300, true, true",
    "clif, DIASTOLIC_BP, 0, 200, true, true",
    "clif, MEAN_BP, 0, 250, true, true",
    "clif, TEMPERATURE, 32, 44, true, true"
  })
  void boundsBelongToTheIntervalOrNotAsTheTableSays(
      String name, VitalKind kind, double low, double high, boolean atLow, boolean atHigh) {
    PlausibilityPolicy policy =
        name.equals("mimic") ? PlausibilityPolicy.MIMIC : PlausibilityPolicy.CLIF;
    assertEquals(atLow, accepts(policy, kind, low));
    assertEquals(atHigh, accepts(policy, kind, high));
    assertTrue(accepts(policy, kind, Math.nextUp(low)));
    assertTrue(accepts(policy, kind, Math.nextDown(high)));
    assertEquals(false, accepts(policy, kind, Math.nextDown(low)));
    assertEquals(false, accepts(policy, kind, Math.nextUp(high)));
  }

  @Test
  void ownPolicyIsReadFromLinesAndKindsNotListedAreNotChecked() {
    PlausibilityPolicy policy =
        PlausibilityPolicy.parse("own", List.of("# adults", "", "weight [20, 300)  # kg"));
    assertTrue(accepts(policy, VitalKind.WEIGHT, 20));
    assertEquals(false, accepts(policy, VitalKind.WEIGHT, 300));
    assertTrue(accepts(policy, VitalKind.HEART_RATE, 1e9));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"wait (0, 3)", "weight", "weight (3, 0)", "weight 0-3", "consciousness [0, 4]"})
  void lineThatCannotBeReadIsNamedByItsNumber(String line) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> PlausibilityPolicy.parse("own", List.of("#", line)));
    assertTrue(e.getMessage().contains("line 2"), e.getMessage());
  }
}
