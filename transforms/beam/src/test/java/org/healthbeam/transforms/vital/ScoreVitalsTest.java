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
import org.healthbeam.core.vital.EarlyWarningScore;
import org.healthbeam.core.vital.Horizons;
import org.healthbeam.core.vital.News2;
import org.healthbeam.core.vital.News2Timeline;
import org.healthbeam.core.vital.SubjectSeries;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalSign;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(TestPipelineExtension.class)
class ScoreVitalsTest {
  private static final Instant T = Instant.parse("2110-01-01T05:13:00Z");
  private static final Horizons HORIZONS =
      Horizons.all(Duration.ofMinutes(47)).with(VitalKind.TEMPERATURE, Duration.ofMinutes(90));

  @ParameterizedTest
  @CsvSource({"PT7M", "PT1H", "PT3H", "P10D"})
  void scoresAreThoseOfTheWholeTimelineWhateverThePeriod(Duration period, TestPipeline pipeline) {
    Random random = new Random(7);
    List<VitalSign> signs = new ArrayList<>();
    SubjectSeries whole = new SubjectSeries();
    for (int i = 0; i < 120; i++) {
      VitalKind kind = News2.PARAMETERS.get(random.nextInt(7));
      Instant time = T.plusSeconds(random.nextInt(6 * 3600));
      double value = kind.isCoded() ? random.nextInt(2) : kind == VitalKind.TEMPERATURE ? 37 : 90;
      signs.add(new VitalSign("a", kind, value, time, "s", "" + i));
      whole.add(kind, time.toEpochMilli(), value);
    }
    List<EarlyWarningScore> expected = new ArrayList<>();
    new News2Timeline(HORIZONS)
        .scores("a", whole, false, T, T.plus(Duration.ofDays(1)), 0, true, expected::add);
    Collections.shuffle(signs, random);
    PCollection<EarlyWarningScore> scores =
        pipeline
            .apply(Create.of(signs))
            .apply(Vitals.news2().withHorizons(HORIZONS).withPeriod(period))
            .apply("Together", Window.into(new GlobalWindows()));
    PAssert.that(scores).containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }
}
