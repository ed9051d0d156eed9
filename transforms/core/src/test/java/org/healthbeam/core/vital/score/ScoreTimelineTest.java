package org.healthbeam.core.vital.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.healthbeam.core.vital.ConsciousnessLevel;
import org.healthbeam.core.vital.OxygenSupply;
import org.healthbeam.core.vital.VitalKind;
import org.junit.jupiter.api.Test;

class ScoreTimelineTest {
  private static final Instant T = Instant.parse("2110-04-11T20:00:00Z");
  private static final int SPO2 = News2.SCALE_1.indexOf("spo2");
  private static final int CONSCIOUSNESS = News2.SCALE_1.indexOf("consciousness");

  private final SubjectSeries series = new SubjectSeries();

  private void add(VitalKind kind, int minute, double value) {
    series.add(kind, T.plusSeconds(60L * minute).toEpochMilli(), value);
  }

  private List<EarlyWarningScore> scores(boolean scale2, Horizons horizons) {
    List<EarlyWarningScore> result = new ArrayList<>();
    new ScoreTimeline(List.of(scale2 ? News2.SCALE_2 : News2.SCALE_1), horizons)
        .scores("a", series, T, T.plus(Duration.ofDays(1)), 0, true, result::add);
    return result;
  }

  private EarlyWarningScore last(boolean scale2) {
    List<EarlyWarningScore> all = scores(scale2, Horizons.STANDARD);
    return all.get(all.size() - 1);
  }

  @Test
  void completeSetScoresTheSumWithNothingLeftOpen() {
    add(VitalKind.RESPIRATORY_RATE, 0, 22);
    add(VitalKind.SPO2, 0, 93);
    add(VitalKind.INSPIRED_OXYGEN, 0, OxygenSupply.OXYGEN.value());
    add(VitalKind.SYSTOLIC_BP, 0, 100);
    add(VitalKind.HEART_RATE, 0, 120);
    add(VitalKind.CONSCIOUSNESS, 0, ConsciousnessLevel.ALERT.value());
    add(VitalKind.TEMPERATURE, 0, 38.5);
    EarlyWarningScore score = last(false);
    assertEquals(2 + 2 + 2 + 2 + 2 + 0 + 1, score.score());
    assertEquals("high", score.risk());
    assertEquals(score.score(), score.minPossible());
    assertEquals(score.score(), score.maxPossible());
  }

  @Test
  void missingParametersLeaveTheirMostPointsOpen() {
    add(VitalKind.HEART_RATE, 0, 80);
    EarlyWarningScore score = last(false);
    assertEquals(0, score.score());
    assertEquals(0, score.minPossible());
    assertEquals(17, score.maxPossible(), "20 but for the pulse's 3");
    assertEquals(6, score.parameters().stream().filter(ScoreParameter::isMissing).count());
  }

  @Test
  void valueCountsUntilItsHorizonAndNotAtIt() {
    add(VitalKind.TEMPERATURE, 0, 39.5);
    add(VitalKind.HEART_RATE, 59, 80);
    add(VitalKind.HEART_RATE, 60, 80);
    Horizons horizons = Horizons.STANDARD.with(VitalKind.TEMPERATURE, Duration.ofHours(1));
    List<EarlyWarningScore> scores = scores(false, horizons);
    assertEquals(List.of(2.0, 2.0, 0.0), scores.stream().map(EarlyWarningScore::score).toList());
    assertEquals(3540, scores.get(1).parameters().get(6).ageSeconds());
    assertTrue(scores.get(2).parameters().get(6).isMissing());
  }

  @Test
  void ofSeveralValuesAtOneTimeTheOneWithTheMostPointsCounts() {
    add(VitalKind.SYSTOLIC_BP, 0, 120);
    add(VitalKind.SYSTOLIC_BP, 0, 85);
    add(VitalKind.SYSTOLIC_BP, 0, 130);
    EarlyWarningScore score = last(false);
    assertEquals(3, score.score());
    assertEquals("85", score.parameters().get(3).value());
    assertEquals("low-medium", score.risk());
  }

  @Test
  void scale2WithoutKnowledgeOfOxygenHasNoPointsFrom93OnAndWidensTheRange() {
    add(VitalKind.SPO2, 0, 97);
    EarlyWarningScore score = last(true);
    assertFalse(score.parameters().get(SPO2).hasPoints());
    assertFalse(score.parameters().get(SPO2).isMissing());
    assertEquals(0, score.score());
    assertEquals(0, score.minPossible());
    assertEquals(3 + 2 + 3 + 3 + 3 + 3 + 3, score.maxPossible());
    add(VitalKind.INSPIRED_OXYGEN, 0, OxygenSupply.OXYGEN.value());
    assertEquals(5, last(true).score());
    assertEquals(2, last(false).score(), "on scale 1 only the oxygen counts");
  }

  @Test
  void scale2RangeWithoutKnowledgeOfOxygenBeginsAtThePointsThatEachValueHasOnAir() {
    add(VitalKind.SPO2, 0, 87);
    add(VitalKind.SPO2, 0, 97);
    EarlyWarningScore open = last(true);
    assertFalse(open.parameters().get(SPO2).hasPoints());
    assertEquals(1, open.minPossible(), "87 % has a point on air");
    assertEquals(2 + 3 + 3 + 3 + 3 + 3 + 3, open.maxPossible());
    add(VitalKind.INSPIRED_OXYGEN, 0, OxygenSupply.AIR.value());
    assertEquals(open.minPossible(), last(true).score());
  }

  @Test
  void glasgowComaScaleStandsForConsciousnessAndTheLaterOfBothCounts() {
    add(VitalKind.GLASGOW_COMA_SCALE, 0, 14);
    assertEquals("GCS 14", last(false).parameters().get(CONSCIOUSNESS).value());
    assertEquals(3, last(false).score());
    add(VitalKind.CONSCIOUSNESS, 1, ConsciousnessLevel.ALERT.value());
    assertEquals("A", last(false).parameters().get(CONSCIOUSNESS).value());
    add(VitalKind.GLASGOW_COMA_SCALE, 1, 13);
    assertEquals("GCS 13", last(false).parameters().get(CONSCIOUSNESS).value());
  }

  @Property(tries = 200)
  void scoresOfPartsAreThoseOfTheWhole(
      @ForAll @Size(max = 40) List<@IntRange(max = 99) Integer> minutes,
      @ForAll @IntRange(min = 1, max = 30) int period) {
    VitalKind[] kinds = News2.SCALE_1.kinds().toArray(new VitalKind[0]);
    SubjectSeries whole = new SubjectSeries();
    for (int i = 0; i < minutes.size(); i++) {
      VitalKind kind = kinds[i % kinds.length];
      double value = kind.isCoded() ? minutes.get(i) % 2 : minutes.get(i);
      whole.add(kind, 60_000L * minutes.get(i), kind.isCoded() ? value : value + 1);
    }
    ScoreTimeline timeline =
        new ScoreTimeline(KnownScores.ALL, Horizons.all(Duration.ofMinutes(7)));
    List<EarlyWarningScore> all = new ArrayList<>();
    timeline.scores("a", whole, Instant.EPOCH, Instant.ofEpochSecond(6000), 0, true, all::add);
    List<EarlyWarningScore> parts = new ArrayList<>();
    for (int from = 0; from < 100; from += period) {
      SubjectSeries window = new SubjectSeries();
      for (VitalKind kind : kinds) {
        for (int i = 0; i < whole.of(kind).size(); i++) {
          long time = whole.of(kind).timeAt(i);
          if (time >= 60_000L * (from - 60) && time < 60_000L * (from + period)) {
            window.add(kind, time, whole.of(kind).valueAt(i));
          }
        }
      }
      timeline.scores(
          "a",
          window,
          Instant.ofEpochSecond(60L * from),
          Instant.ofEpochSecond(60L * (from + period)),
          0,
          true,
          parts::add);
    }
    assertEquals(all, parts);
  }
}
