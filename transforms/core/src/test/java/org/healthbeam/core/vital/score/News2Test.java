package org.healthbeam.core.vital.score;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleToIntFunction;
import org.healthbeam.core.vital.ConsciousnessLevel;
import org.healthbeam.core.vital.OxygenSupply;
import org.healthbeam.core.vital.VitalKind;
import org.junit.jupiter.api.Test;

/** Every value that the chart prints, and those between. */
class News2Test {
  private static DoubleToIntFunction points(VitalKind kind) {
    return value -> points(News2.SCALE_1, kind, value, OxygenSupply.AIR);
  }

  private static DoubleToIntFunction scale2(OxygenSupply supply) {
    return value -> points(News2.SCALE_2, VitalKind.SPO2, value, supply);
  }

  private static int points(
      ScoreDefinition score, VitalKind kind, double value, OxygenSupply supply) {
    LatestValues latest = new LatestValues();
    if (kind != VitalKind.INSPIRED_OXYGEN) {
      latest.add(VitalKind.INSPIRED_OXYGEN, 0, supply.value());
    }
    latest.add(kind, 0, value);
    ScoreEvaluator evaluator = new ScoreEvaluator(score, Horizons.STANDARD);
    evaluator.evaluate(latest, 0);
    return evaluator.points(score.indexOf(kind.kindName()));
  }

  /** A row of the chart: from and to, as printed, and the points. */
  private record Band(int from, int to, int points) {}

  private static void assertChart(int scale, DoubleToIntFunction rule, Band... bands) {
    int expectedFrom = bands[0].from();
    for (Band band : bands) {
      assertEquals(expectedFrom, band.from(), "the bands of the test leave no gap");
      for (int v = band.from(); v <= band.to(); v++) {
        assertEquals(band.points(), rule.applyAsInt(v / (double) scale), "at " + v);
      }
      expectedFrom = band.to() + 1;
    }
  }

  @Test
  void respiratoryRateScoresAsTheChartHasIt() {
    assertChart(
        1,
        points(VitalKind.RESPIRATORY_RATE),
        new Band(0, 8, 3),
        new Band(9, 11, 1),
        new Band(12, 20, 0),
        new Band(21, 24, 2),
        new Band(25, 120, 3));
  }

  @Test
  void saturationOnScale1ScoresAsTheChartHasIt() {
    assertChart(
        1,
        points(VitalKind.SPO2),
        new Band(0, 91, 3),
        new Band(92, 93, 2),
        new Band(94, 95, 1),
        new Band(96, 100, 0));
  }

  @Test
  void saturationOnScale2ScoresByAirOrOxygenFrom93On() {
    assertChart(
        1,
        scale2(OxygenSupply.OXYGEN),
        new Band(0, 83, 3),
        new Band(84, 85, 2),
        new Band(86, 87, 1),
        new Band(88, 92, 0),
        new Band(93, 94, 1),
        new Band(95, 96, 2),
        new Band(97, 100, 3));
    assertChart(
        1,
        scale2(OxygenSupply.AIR),
        new Band(0, 83, 3),
        new Band(84, 85, 2),
        new Band(86, 87, 1),
        new Band(88, 100, 0));
  }

  @Test
  void systolicPressureScoresAsTheChartHasIt() {
    assertChart(
        1,
        points(VitalKind.SYSTOLIC_BP),
        new Band(0, 90, 3),
        new Band(91, 100, 2),
        new Band(101, 110, 1),
        new Band(111, 219, 0),
        new Band(220, 400, 3));
  }

  @Test
  void pulseScoresAsTheChartHasIt() {
    assertChart(
        1,
        points(VitalKind.HEART_RATE),
        new Band(0, 40, 3),
        new Band(41, 50, 1),
        new Band(51, 90, 0),
        new Band(91, 110, 1),
        new Band(111, 130, 2),
        new Band(131, 400, 3));
  }

  @Test
  void temperatureScoresAsTheChartHasItByTenths() {
    assertChart(
        10,
        points(VitalKind.TEMPERATURE),
        new Band(100, 350, 3),
        new Band(351, 360, 1),
        new Band(361, 380, 0),
        new Band(381, 390, 1),
        new Band(391, 500, 2));
  }

  @Test
  void consciousnessAndOxygenScoreAsTheChartHasThem() {
    for (ConsciousnessLevel level : ConsciousnessLevel.values()) {
      assertEquals(
          level == ConsciousnessLevel.ALERT ? 0 : 3,
          points(VitalKind.CONSCIOUSNESS).applyAsInt(level.value()));
    }
    for (OxygenSupply supply : OxygenSupply.values()) {
      assertEquals(
          supply == OxygenSupply.OXYGEN ? 2 : 0,
          points(VitalKind.INSPIRED_OXYGEN).applyAsInt(supply.value()));
    }
  }

  @Test
  void valuesBetweenPrintedOnesRoundHalfUpwardsByTheirDecimalDigits() {
    assertEquals(0, points(VitalKind.RESPIRATORY_RATE).applyAsInt(20.49));
    assertEquals(2, points(VitalKind.RESPIRATORY_RATE).applyAsInt(20.5));
    assertEquals(2, points(VitalKind.RESPIRATORY_RATE).applyAsInt(24.49));
    assertEquals(3, points(VitalKind.RESPIRATORY_RATE).applyAsInt(24.5));
    assertEquals(3, points(VitalKind.SPO2).applyAsInt(91.49));
    assertEquals(2, points(VitalKind.SPO2).applyAsInt(91.5));
    assertEquals(0, points(VitalKind.SYSTOLIC_BP).applyAsInt(219.4999));
    assertEquals(3, points(VitalKind.SYSTOLIC_BP).applyAsInt(219.5));
    assertEquals(3, points(VitalKind.TEMPERATURE).applyAsInt(35.04));
    assertEquals(
        1,
        points(VitalKind.TEMPERATURE).applyAsInt(35.05),
        "the double nearest to 35.05 lies below it");
    assertEquals(0, points(VitalKind.TEMPERATURE).applyAsInt(36.05));
    assertEquals(1, points(VitalKind.TEMPERATURE).applyAsInt(38.05));
    assertEquals(2, points(VitalKind.TEMPERATURE).applyAsInt(39.05));
    assertEquals(
        3, points(VitalKind.TEMPERATURE).applyAsInt(Math.nextUp(35.0)), "what a conversion leaves");
  }

  /** Every way in which seven parameters can have their points. */
  @Test
  void riskFollowsTheThresholdsAndASingleThree() {
    double[] breaths = {15, 10, 22, 30};
    double[] saturations = {97, 95, 93, 90};
    double[] pressures = {120, 105, 95, 85};
    double[] pulses = {70, 100, 120, 140};
    double[] temperatures = {37, 38.5, 39.5, 34};
    int[] points = {0, 1, 2, 3};
    List<String> seen = new ArrayList<>();
    ScoreEvaluator evaluator = new ScoreEvaluator(News2.SCALE_1, Horizons.STANDARD);
    for (int i = 0; i < 4096; i++) {
      int a = i % 4;
      int b = i / 4 % 4;
      int c = i / 16 % 4;
      int d = i / 64 % 4;
      int e = i / 256 % 4;
      int oxygen = i / 1024 % 2;
      int level = i / 2048;
      LatestValues latest = new LatestValues();
      latest.add(VitalKind.RESPIRATORY_RATE, 0, breaths[a]);
      latest.add(VitalKind.SPO2, 0, saturations[b]);
      latest.add(VitalKind.SYSTOLIC_BP, 0, pressures[c]);
      latest.add(VitalKind.HEART_RATE, 0, pulses[d]);
      latest.add(VitalKind.TEMPERATURE, 0, temperatures[e]);
      latest.add(VitalKind.INSPIRED_OXYGEN, 0, oxygen);
      latest.add(VitalKind.CONSCIOUSNESS, 0, level);
      evaluator.evaluate(latest, 0);
      int sum = points[a] + points[b] + points[c] + points[d] + points[e] + 2 * oxygen + 3 * level;
      boolean three = a == 3 || b == 3 || c == 3 || d == 3 || e == 3 || level == 1;
      String risk = sum >= 7 ? "high" : sum >= 5 ? "medium" : three ? "low-medium" : "low";
      assertEquals(sum, evaluator.score());
      assertEquals(risk, evaluator.risk(), "score " + sum);
      if (!seen.contains(risk)) {
        seen.add(risk);
      }
    }
    assertEquals(4, seen.size());
  }
}
