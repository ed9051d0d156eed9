package org.healthbeam.core.vital;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.DoubleToIntFunction;
import org.junit.jupiter.api.Test;

/** Every value that the chart prints, and those between. */
class News2Test {
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
        News2::respiratoryRate,
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
        News2::spo2Scale1,
        new Band(0, 91, 3),
        new Band(92, 93, 2),
        new Band(94, 95, 1),
        new Band(96, 100, 0));
  }

  @Test
  void saturationOnScale2ScoresByAirOrOxygenFrom93On() {
    assertChart(
        1,
        v -> News2.spo2Scale2(v, OxygenSupply.OXYGEN),
        new Band(0, 83, 3),
        new Band(84, 85, 2),
        new Band(86, 87, 1),
        new Band(88, 92, 0),
        new Band(93, 94, 1),
        new Band(95, 96, 2),
        new Band(97, 100, 3));
    assertChart(
        1,
        v -> News2.spo2Scale2(v, OxygenSupply.AIR),
        new Band(0, 83, 3),
        new Band(84, 85, 2),
        new Band(86, 87, 1),
        new Band(88, 100, 0));
  }

  @Test
  void systolicPressureScoresAsTheChartHasIt() {
    assertChart(
        1,
        News2::systolicPressure,
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
        News2::pulse,
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
        News2::temperature,
        new Band(100, 350, 3),
        new Band(351, 360, 1),
        new Band(361, 380, 0),
        new Band(381, 390, 1),
        new Band(391, 500, 2));
  }

  @Test
  void consciousnessAndOxygenScoreAsTheChartHasThem() {
    assertEquals(0, News2.consciousness(ConsciousnessLevel.ALERT));
    for (ConsciousnessLevel level : ConsciousnessLevel.values()) {
      assertEquals(level == ConsciousnessLevel.ALERT ? 0 : 3, News2.consciousness(level));
    }
    assertEquals(0, News2.inspiredOxygen(OxygenSupply.AIR));
    assertEquals(2, News2.inspiredOxygen(OxygenSupply.OXYGEN));
  }

  @Test
  void valuesBetweenPrintedOnesRoundHalfUpwardsByTheirDecimalDigits() {
    assertEquals(0, News2.respiratoryRate(20.49));
    assertEquals(2, News2.respiratoryRate(20.5));
    assertEquals(2, News2.respiratoryRate(24.49));
    assertEquals(3, News2.respiratoryRate(24.5));
    assertEquals(3, News2.spo2Scale1(91.49));
    assertEquals(2, News2.spo2Scale1(91.5));
    assertEquals(0, News2.systolicPressure(219.4999));
    assertEquals(3, News2.systolicPressure(219.5));
    assertEquals(3, News2.temperature(35.04));
    assertEquals(1, News2.temperature(35.05), "the double nearest to 35.05 lies below it");
    assertEquals(0, News2.temperature(36.05));
    assertEquals(1, News2.temperature(38.05));
    assertEquals(2, News2.temperature(39.05));
    assertEquals(3, News2.temperature(Math.nextUp(35.0)), "what a conversion leaves");
  }

  @Test
  void riskFollowsTheThresholdsAndASingleThree() {
    for (int score = 0; score <= 20; score++) {
      String byScore = score >= 7 ? "high" : score >= 5 ? "medium" : "low";
      assertEquals(byScore, News2.risk(score, false), "score " + score);
      if (score >= 3) {
        assertEquals(score < 5 ? "low-medium" : byScore, News2.risk(score, true), "" + score);
      }
    }
  }
}
