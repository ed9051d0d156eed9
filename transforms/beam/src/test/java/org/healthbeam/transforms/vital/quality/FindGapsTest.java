package org.healthbeam.transforms.vital.quality;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.quality.ReadingGaps;
import org.healthbeam.core.vital.quality.ReadingHours;
import org.healthbeam.core.vital.quality.RunningGaps;
import org.healthbeam.transforms.vital.ObjectState;
import org.healthbeam.transforms.vital.VitalSignCoder;
import org.healthbeam.transforms.vital.Vitals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
class FindGapsTest {
  private static final long T = Instant.parse("2150-03-01T00:00:00Z").toEpochMilli();
  private static final Duration LATENESS = Duration.ofMinutes(90);
  private static final VitalKind[] KINDS = {VitalKind.HEART_RATE, VitalKind.SPO2};

  /** Two days of two subjects, with pauses and readings as late as they may be. */
  private static List<VitalSign> signs() {
    Random random = new Random(11);
    List<VitalSign> signs = new ArrayList<>();
    long time = T;
    while (time < T + Duration.ofDays(2).toMillis()) {
      time += random.nextInt(20) == 0 ? 9_000_000 : random.nextInt(1_200_000);
      long late = random.nextInt(5) == 0 ? random.nextInt((int) LATENESS.toMillis()) : 0;
      signs.add(
          new VitalSign(
              random.nextBoolean() ? "a" : "b",
              KINDS[random.nextInt(2)],
              80,
              Instant.ofEpochMilli(time - late),
              "s",
              "1"));
    }
    return signs;
  }

  private static String show(ReadingGaps gaps) {
    return String.join(
        " ",
        gaps.subject(),
        gaps.kind().kindName(),
        gaps.first().toString(),
        gaps.last().toString(),
        gaps.hours() + "",
        gaps.hoursWithReading() + "",
        gaps.longestGap().toString(),
        gaps.gapFrom().toString());
  }

  private static List<String> expected() {
    Map<String, ReadingHours> hours = new TreeMap<>();
    for (VitalSign sign : signs()) {
      hours
          .computeIfAbsent(sign.subject() + sign.kind().index(), k -> new ReadingHours())
          .add(sign.time().toEpochMilli());
    }
    List<String> rows = new ArrayList<>();
    hours.forEach(
        (key, all) ->
            rows.add(
                show(
                    ReadingGaps.of(
                        key.substring(0, 1),
                        VitalKind.at(Integer.parseInt(key.substring(1))),
                        all))));
    return rows;
  }

  /** The watermark follows the latest reading at once: all that can be let go is let go. */
  private static PCollection<String> rows(Pipeline pipeline, FindGaps find) {
    TestStream.Builder<VitalSign> stream = TestStream.create(VitalSignCoder.of());
    long reached = T;
    for (VitalSign sign : signs()) {
      long time = sign.time().toEpochMilli();
      reached = Math.max(reached, time);
      stream =
          stream
              .advanceWatermarkTo(org.joda.time.Instant.ofEpochMilli(reached))
              .addElements(TimestampedValue.of(sign, org.joda.time.Instant.ofEpochMilli(time)));
    }
    return pipeline
        .apply(stream.advanceWatermarkToInfinity())
        .apply("Find gaps", find)
        .apply("Rows", MapElements.into(TypeDescriptors.strings()).via(FindGapsTest::show))
        .setCoder(StringUtf8Coder.of());
  }

  @Test
  void aStreamThatLetsHoursGoTellsWhatAllReadingsTell(TestPipeline pipeline) {
    PAssert.that(rows(pipeline, Vitals.findGaps().withLateness(LATENESS)))
        .containsInAnyOrder(expected());
    pipeline.run();
  }

  @Test
  void withoutALatenessItHoldsAll(TestPipeline pipeline) {
    PAssert.that(rows(pipeline, Vitals.findGaps())).containsInAnyOrder(expected());
    pipeline.run();
    assertThrows(
        IllegalArgumentException.class,
        () -> Vitals.findGaps().withLateness(Duration.ofMillis(-1)));
  }

  @Test
  void itsStateGoesOnAfterItsCoder() throws Exception {
    RunningGaps gaps = new RunningGaps();
    signs().forEach(sign -> gaps.add(sign.time().toEpochMilli()));
    gaps.letGo(T + Duration.ofDays(1).toMillis());
    byte[] bytes = ObjectState.encodeUntouched(FollowGaps.GapsCoder.INSTANCE, gaps);
    RunningGaps back = CoderUtils.decodeFromByteArray(FollowGaps.GapsCoder.INSTANCE, bytes);
    assertArrayEquals(bytes, ObjectState.encodeUntouched(FollowGaps.GapsCoder.INSTANCE, back));
    assertEquals(gaps.held(), back.held());
    assertEquals(gaps.end("a", VitalKind.SPO2), back.end("a", VitalKind.SPO2));
  }
}
