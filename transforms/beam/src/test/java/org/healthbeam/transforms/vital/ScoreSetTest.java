package org.healthbeam.transforms.vital;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.score.Bands;
import org.healthbeam.core.vital.score.Horizons;
import org.healthbeam.core.vital.score.KnownScores;
import org.healthbeam.core.vital.score.News2;
import org.healthbeam.core.vital.score.ParameterDefinition;
import org.healthbeam.core.vital.score.ScoreDefinition;
import org.junit.jupiter.api.Test;

class ScoreSetTest {
  @Test
  void variantThatIsNotAskedForHoldsNothing() {
    ScoreSet scores =
        ScoreSet.of(List.of(KnownScores.MEAN_ARTERIAL_PRESSURE)).withSpo2Scale2(Set.of("a"));
    assertEquals(KnownScores.MEAN_ARTERIAL_PRESSURE.kinds(), scores.kinds());
    assertEquals(
        KnownScores.MEAN_ARTERIAL_PRESSURE.longest(Horizons.STANDARD),
        scores.longest(Horizons.STANDARD));
    ScoreDefinition wider =
        ScoreDefinition.named("MAP", "test")
            .with(
                ParameterDefinition.of(VitalKind.WEIGHT, Bands.whole().upTo(90, 0).above(1))
                    .within(Duration.ofDays(9)));
    assertEquals(
        KnownScores.MEAN_ARTERIAL_PRESSURE.kinds(),
        scores.withVariant(wider, Set.of()).kinds(),
        "nobody has it");
    assertEquals(List.of(wider), scores.withVariant(wider, Set.of("a")).of("a"));
  }

  @Test
  void scaleTwoReplacesNothingButNews2Itself() {
    ScoreDefinition own =
        ScoreDefinition.named(News2.NAME, "test")
            .with(ParameterDefinition.of(VitalKind.SPO2, Bands.whole().upTo(90, 3).above(0)));
    assertEquals(List.of(own), ScoreSet.of(List.of(own)).withSpo2Scale2(Set.of("a")).of("a"));
    ScoreSet news2 = ScoreSet.of(List.of(News2.SCALE_1)).withSpo2Scale2(Set.of("a"));
    assertEquals(List.of(News2.SCALE_2), news2.of("a"));
    assertEquals(List.of(News2.SCALE_1), news2.of("b"));
  }
}
