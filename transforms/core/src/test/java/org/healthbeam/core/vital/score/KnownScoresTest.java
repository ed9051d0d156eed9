package org.healthbeam.core.vital.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.healthbeam.core.vital.VitalKind;
import org.junit.jupiter.api.Test;

/**
 * The tables as their sources print them, read value by value: every printed number and its
 * neighbours at the printed precision.
 */
class KnownScoresTest {
  /** A cell of a printed table, in units of the print: from, to and the points. */
  private record Cell(int from, int to, int points) {}

  private static int points(ScoreDefinition score, VitalKind kind, double value) {
    ScoreEvaluator evaluator = new ScoreEvaluator(score, Horizons.STANDARD);
    LatestValues latest = new LatestValues();
    latest.add(kind, 0, value);
    evaluator.evaluate(latest, 0);
    assertTrue(evaluator.observes(kind));
    return (int) evaluator.score();
  }

  private static void assertPrinted(
      ScoreDefinition score, VitalKind kind, int scale, Cell... cells) {
    int from = cells[0].from();
    for (Cell cell : cells) {
      assertEquals(from, cell.from(), "the cells of the test leave no gap");
      for (int v = cell.from(); v <= cell.to(); v++) {
        assertEquals(
            cell.points(),
            points(score, kind, v / (double) scale),
            score.name() + " " + kind.kindName() + " " + v);
      }
      from = cell.to() + 1;
    }
  }

  /** Singer et al., JAMA 2016;315:801, box 4: 22 or more breaths, 100 mm Hg or less. */
  @Test
  void qsofaScoresAsSepsis3HasIt() {
    for (ScoreDefinition score : List.of(KnownScores.QSOFA, KnownScores.QSOFA_GCS13)) {
      assertPrinted(score, VitalKind.RESPIRATORY_RATE, 1, new Cell(1, 21, 0), new Cell(22, 70, 1));
      assertPrinted(score, VitalKind.SYSTOLIC_BP, 1, new Cell(1, 100, 1), new Cell(101, 300, 0));
      assertPrinted(score, VitalKind.CONSCIOUSNESS, 1, new Cell(0, 0, 0), new Cell(1, 4, 1));
    }
    assertPrinted(
        KnownScores.QSOFA,
        VitalKind.GLASGOW_COMA_SCALE,
        1,
        new Cell(3, 14, 1),
        new Cell(15, 15, 0));
    assertPrinted(
        KnownScores.QSOFA_GCS13,
        VitalKind.GLASGOW_COMA_SCALE,
        1,
        new Cell(3, 13, 1),
        new Cell(14, 15, 0));
  }

  @Test
  void inequalitiesAreNotRounded() {
    assertEquals(0, points(KnownScores.QSOFA, VitalKind.RESPIRATORY_RATE, 21.9));
    assertEquals(1, points(KnownScores.QSOFA, VitalKind.RESPIRATORY_RATE, 22));
    assertEquals(0, points(KnownScores.QSOFA, VitalKind.SYSTOLIC_BP, 100.4));
    assertEquals(1, points(KnownScores.QSOFA, VitalKind.SYSTOLIC_BP, 100));
    assertEquals(2, points(KnownScores.MEWS_SUBBE, VitalKind.TEMPERATURE, 34.97));
    assertEquals(0, points(KnownScores.MEWS_SUBBE, VitalKind.TEMPERATURE, 38.44));
    assertEquals(2, points(KnownScores.MEWS_SUBBE, VitalKind.TEMPERATURE, 38.45));
  }

  @Test
  void pressuresAMinuteApartCountTogetherAndNoLonger() {
    for (int apart : List.of(60_000, 60_001)) {
      SubjectSeries series = new SubjectSeries();
      series.add(VitalKind.DIASTOLIC_BP, 0, 60);
      series.add(VitalKind.SYSTOLIC_BP, apart, 120);
      List<EarlyWarningScore> told = told(KnownScores.MEAN_ARTERIAL_PRESSURE, series);
      assertEquals(apart == 60_000 ? 80 : Double.NaN, told.get(1).score());
    }
  }

  @Test
  void bandEndsHaveNoMoreDigitsThanTheTablePrints() {
    assertThrows(IllegalArgumentException.class, () -> Bands.whole().upTo(37.5, 1));
    assertThrows(IllegalArgumentException.class, () -> Bands.tenths().below(37.55, 1));
    assertEquals(1, Bands.tenths().upTo(37.5, 1).above(2).points(37.5));
    assertEquals(1, Bands.whole().upTo(100, 1).above(2).points(100));
  }

  @Test
  void nothingComesAfterTheRiskOfAllOthers() {
    ScoreDefinition all = ScoreDefinition.named("all", "test").otherwise("low");
    assertThrows(IllegalArgumentException.class, () -> all.risk("high", Threshold.parse(">=1")));
  }

  @Test
  void qsofaOfTwoIsHigh() {
    assertEquals("low", last(KnownScores.QSOFA, VitalKind.RESPIRATORY_RATE, 22).risk());
    EarlyWarningScore two =
        last(KnownScores.QSOFA, VitalKind.RESPIRATORY_RATE, 22, VitalKind.GLASGOW_COMA_SCALE, 14);
    assertEquals(2, two.score());
    assertEquals("high", two.risk());
    assertEquals(3, two.maxPossible());
    assertEquals("GCS 14", two.parameters().get(2).value());
  }

  /** Subbe et al., QJM 2001;94:521, table 1; 70 and 40, which it leaves out, with those below. */
  @Test
  void mewsScoresAsSubbeHasIt() {
    for (ScoreDefinition score : List.of(KnownScores.MEWS_SUBBE, KnownScores.MEWS_SUBBE_35)) {
      assertPrinted(
          score,
          VitalKind.SYSTOLIC_BP,
          1,
          new Cell(1, 70, 3),
          new Cell(71, 80, 2),
          new Cell(81, 100, 1),
          new Cell(101, 199, 0),
          new Cell(200, 300, 2));
      assertPrinted(
          score,
          VitalKind.HEART_RATE,
          1,
          new Cell(1, 40, 2),
          new Cell(41, 50, 1),
          new Cell(51, 100, 0),
          new Cell(101, 110, 1),
          new Cell(111, 129, 2),
          new Cell(130, 300, 3));
      assertPrinted(
          score,
          VitalKind.RESPIRATORY_RATE,
          1,
          new Cell(1, 8, 2),
          new Cell(9, 14, 0),
          new Cell(15, 20, 1),
          new Cell(21, 29, 2),
          new Cell(30, 70, 3));
      // Alert, confused (as voice), voice, pain, unresponsive.
      assertPrinted(
          score,
          VitalKind.CONSCIOUSNESS,
          1,
          new Cell(0, 0, 0),
          new Cell(1, 2, 1),
          new Cell(3, 3, 2),
          new Cell(4, 4, 3));
    }
    assertPrinted(
        KnownScores.MEWS_SUBBE,
        VitalKind.TEMPERATURE,
        10,
        new Cell(250, 349, 2),
        new Cell(350, 384, 0),
        new Cell(385, 450, 2));
    assertPrinted(
        KnownScores.MEWS_SUBBE_35,
        VitalKind.TEMPERATURE,
        10,
        new Cell(250, 350, 2),
        new Cell(351, 384, 0),
        new Cell(385, 450, 2));
  }

  @Test
  void mewsOfFiveIsHigh() {
    EarlyWarningScore four =
        last(KnownScores.MEWS_SUBBE, VitalKind.HEART_RATE, 111, VitalKind.TEMPERATURE, 38.5);
    assertEquals(4, four.score());
    assertEquals("low", four.risk());
    EarlyWarningScore five =
        last(KnownScores.MEWS_SUBBE, VitalKind.HEART_RATE, 130, VitalKind.TEMPERATURE, 38.5);
    assertEquals("high", five.risk());
    assertEquals(5 + 3 + 3 + 3, five.maxPossible());
  }

  @Test
  void shockIndexIsPulseBySystolicPressureWithinTheHour() {
    assertEquals(0.75, shock(90, 120).score());
    assertEquals("medium", shock(90, 120).risk());
    assertEquals("low", shock(70, 100).risk(), "0.7 is normal still");
    assertEquals("medium", shock(90, 100).risk(), "0.9 is not above 0.9");
    assertEquals("high", shock(91, 100).risk());
    assertEquals("medium", shock(71, 100).risk());
  }

  @Test
  void shockIndexWithoutAPressureIsUnknownAndSaysSo() {
    EarlyWarningScore score = last(KnownScores.SHOCK_INDEX, VitalKind.HEART_RATE, 90);
    assertTrue(Double.isNaN(score.score()));
    assertTrue(Double.isNaN(score.maxPossible()));
    assertEquals("", score.risk());
    assertTrue(score.parameters().get(1).isMissing());
  }

  @Test
  void meanPressureIsComputedBesideTheMeasuredOne() {
    EarlyWarningScore score =
        last(
            KnownScores.MEAN_ARTERIAL_PRESSURE,
            VitalKind.SYSTOLIC_BP,
            100,
            VitalKind.DIASTOLIC_BP,
            60,
            VitalKind.MEAN_BP,
            75);
    assertEquals(220.0 / 3, score.score());
    assertEquals("low", score.risk());
    assertEquals("75", score.parameters().get(2).value());
    assertEquals("low", mean(90, 60).risk(), "70 is not below 70");
    assertEquals("medium", mean(89, 60).risk());
    assertEquals("medium", mean(95, 50).risk(), "65 is not below 65");
    assertEquals("high", mean(94, 50).risk());
  }

  @Test
  void measuredMeanPressureAloneMakesNoObservationOfTheComputedOne() {
    assertEquals(List.of(), scores(KnownScores.MEAN_ARTERIAL_PRESSURE, VitalKind.MEAN_BP, 75.0));
  }

  @Test
  void scoresAreFoundByNameInAnyCase() {
    for (ScoreDefinition score : KnownScores.ALL) {
      assertEquals(score, KnownScores.find(score.name().toUpperCase(java.util.Locale.ROOT)).get());
      score.check();
    }
    assertTrue(KnownScores.find("apache").isEmpty());
  }

  @Test
  void definitionsThatDoNotFitAreRefused() {
    ScoreDefinition none = ScoreDefinition.named("none", "test");
    assertThrows(IllegalArgumentException.class, none::check);
    assertThrows(
        IllegalArgumentException.class,
        () -> Bands.whole().upTo(10, 1).upTo(10, 2),
        "a band that does not follow");
    assertThrows(IllegalArgumentException.class, () -> none.otherwise("terrible"));
    ScoreDefinition lonely =
        none.with(
            ParameterDefinition.dependent(
                VitalKind.SPO2, "heart_rate", List.of(Bands.byRank(0, 1))));
    assertThrows(IllegalArgumentException.class, lonely::check);
    ScoreDefinition mixed =
        none.with(
            ParameterDefinition.value(VitalKind.SPO2, ParameterDefinition.Role.GREATEST_VALUE));
    assertThrows(IllegalArgumentException.class, mixed::check);
  }

  @Test
  void horizonOfADefinitionStandsBeforeTheRuns() {
    ScoreDefinition brief =
        ScoreDefinition.named("brief", "test")
            .with(
                ParameterDefinition.of(VitalKind.TEMPERATURE, Bands.tenths().upTo(38, 0).above(1))
                    .within(Duration.ofMinutes(1)))
            .with(ParameterDefinition.of(VitalKind.HEART_RATE, Bands.whole().upTo(90, 0).above(1)));
    SubjectSeries series = new SubjectSeries();
    series.add(VitalKind.TEMPERATURE, 0, 39);
    series.add(VitalKind.HEART_RATE, 59_999, 100);
    series.add(VitalKind.HEART_RATE, 60_000, 100);
    assertEquals(
        List.of(1.0, 2.0, 1.0),
        told(brief, series).stream().map(EarlyWarningScore::score).toList());
  }

  private static EarlyWarningScore shock(double pulse, double pressure) {
    return last(
        KnownScores.SHOCK_INDEX, VitalKind.HEART_RATE, pulse, VitalKind.SYSTOLIC_BP, pressure);
  }

  private static EarlyWarningScore mean(double systolic, double diastolic) {
    return last(
        KnownScores.MEAN_ARTERIAL_PRESSURE,
        VitalKind.SYSTOLIC_BP,
        systolic,
        VitalKind.DIASTOLIC_BP,
        diastolic);
  }

  private static EarlyWarningScore last(ScoreDefinition score, Object... kindsAndValues) {
    List<EarlyWarningScore> all = scores(score, kindsAndValues);
    return all.get(all.size() - 1);
  }

  private static List<EarlyWarningScore> scores(ScoreDefinition score, Object... kindsAndValues) {
    SubjectSeries series = new SubjectSeries();
    for (int i = 0; i < kindsAndValues.length; i += 2) {
      series.add((VitalKind) kindsAndValues[i], 0, ((Number) kindsAndValues[i + 1]).doubleValue());
    }
    return told(score, series);
  }

  private static List<EarlyWarningScore> told(ScoreDefinition score, SubjectSeries series) {
    List<EarlyWarningScore> all = new ArrayList<>();
    new ScoreTimeline(List.of(score), Horizons.STANDARD)
        .scores(
            "a", series, Instant.EPOCH, Instant.parse("2200-01-01T00:00:00Z"), 0, true, all::add);
    return all;
  }
}
