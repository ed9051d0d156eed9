package org.healthbeam.transforms.vital;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.score.EarlyWarningScore;
import org.healthbeam.core.vital.score.Horizons;
import org.healthbeam.core.vital.score.KnownScores;
import org.healthbeam.core.vital.score.News2;
import org.healthbeam.core.vital.score.ScoreDefinition;
import org.healthbeam.core.vital.score.ScoreTimeline;
import org.healthbeam.core.vital.score.SubjectSeries;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(TestPipelineExtension.class)
class ScoreVitalsTest {
  private static final Instant T = Instant.parse("2110-01-01T05:13:00Z");
  private static final List<ScoreDefinition> SCORES =
      List.of(News2.SCALE_1, KnownScores.QSOFA, KnownScores.SHOCK_INDEX);
  private static final Horizons HORIZONS =
      Horizons.all(Duration.ofMinutes(47)).with(VitalKind.TEMPERATURE, Duration.ofMinutes(90));

  @ParameterizedTest
  @CsvSource({"PT7M", "PT1H", "PT3H", "P10D"})
  void scoresAreThoseOfTheWholeTimelineWhateverThePeriod(Duration period, TestPipeline pipeline) {
    Random random = new Random(7);
    List<VitalSign> signs = new ArrayList<>();
    SubjectSeries whole = new SubjectSeries();
    List<VitalKind> kinds = List.copyOf(News2.SCALE_1.kinds());
    for (int i = 0; i < 120; i++) {
      VitalKind kind = kinds.get(random.nextInt(kinds.size()));
      Instant time = T.plusSeconds(random.nextInt(6 * 3600));
      double value = kind.isCoded() ? random.nextInt(2) : kind == VitalKind.TEMPERATURE ? 37 : 90;
      signs.add(new VitalSign("a", kind, value, time, "s", "" + i));
      whole.add(kind, time.toEpochMilli(), value);
    }
    List<EarlyWarningScore> expected = new ArrayList<>();
    new ScoreTimeline(SCORES, HORIZONS)
        .scores("a", whole, T, T.plus(Duration.ofDays(1)), 0, true, expected::add);
    Collections.shuffle(signs, random);
    PCollection<EarlyWarningScore> scores =
        pipeline
            .apply(Create.of(signs))
            .apply(
                Vitals.score(SCORES.toArray(ScoreDefinition[]::new))
                    .withHorizons(HORIZONS)
                    .withPeriod(period))
            .apply("Together", Window.into(new GlobalWindows()));
    PAssert.that(scores).containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }
}
