package org.healthbeam.transforms.code;

import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.schemas.transforms.Convert;
import org.apache.beam.sdk.testing.CombineFnTester;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TimestampedValue;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.MapDiff;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.code.TranslationOutcome;
import org.healthbeam.core.code.count.CodeTally;
import org.healthbeam.core.fhir.CodingInResource;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPipelineExtension.class)
class CountCodesTest {
  private static final String LOINC = "http://loinc.org";
  private static final String HEADER =
      "source_system,source_code,target_system,target_code,relationship,map_url,map_version\n";

  @TempDir Path dir;
  private CodeMaps maps;
  private CodeMap map;

  @BeforeEach
  void maps() throws Exception {
    maps =
        fromFile(
            "old.csv",
            "LN,1-8,urn:t,x,equivalent,urn:m,1\n"
                + "LN,2-6,urn:t,y,equivalent,urn:m,1\n"
                + "LN,2-6,urn:t,z,equivalent,urn:m,1\n");
    map = maps.load();
  }

  private CodeMaps fromFile(String name, String rows) throws Exception {
    Path file = Files.writeString(dir.resolve(name), HEADER + rows);
    return CodeMaps.fromFiles(List.of(file.toString()));
  }

  private PlacedTranslation placed(String type, String system, String code, String display) {
    Translation translation =
        map.translate(new Coding(system, "2.77", code, display), SeveralTargets.AMBIGUOUS);
    return new PlacedTranslation(
        "f", "1", new CodingInResource(type, "id" + code, type + ".code.coding[0]", translation));
  }

  private CodeCount count(String type, String code, String display, long n) {
    return new CodeCount(
        type, map.translate(new Coding(LOINC, "2.77", code, display), SeveralTargets.AMBIGUOUS), n);
  }

  private List<PlacedTranslation> data() {
    List<PlacedTranslation> data = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      data.add(placed("Observation", i % 2 == 0 ? "LN" : LOINC, "1-8", i % 3 == 0 ? "" : "b" + i));
    }
    data.add(placed("Observation", LOINC, "1-8", "b10"));
    data.add(placed("Condition", LOINC, "1-8", ""));
    data.add(placed("Observation", LOINC, "2-6", "two"));
    data.add(placed("Observation", LOINC, "9-9", ""));
    data.add(placed("Observation", LOINC, "9-9", "nine"));
    return data;
  }

  private CodeCount[] expected() {
    return new CodeCount[] {
      count("Observation", "1-8", "b10", 31),
      count("Condition", "1-8", "", 1),
      count("Observation", "2-6", "two", 1),
      count("Observation", "9-9", "nine", 2)
    };
  }

  @Test
  void codesAreCountedOnceHoweverTheSystemIsCalledAndWithTheMostFrequentDisplay(
      TestPipeline pipeline) {
    PCollection<CodeCount> counts =
        pipeline.apply(Create.of(data())).apply("Count codes", Codes.count());
    PAssert.that(counts).containsInAnyOrder(expected());
    PAssert.that(counts.apply("Sum coverage", Codes.coverageOfCounts()))
        .containsInAnyOrder(
            new Coverage(LOINC, TranslationOutcome.MAPPED, 32),
            new Coverage(LOINC, TranslationOutcome.AMBIGUOUS, 1),
            new Coverage(LOINC, TranslationOutcome.UNMAPPED, 2));
    PCollection<Row> rows = counts.apply("Rows", Convert.toRows());
    PAssert.that(rows.apply("Back", Convert.fromRows(CodeCount.class)))
        .containsInAnyOrder(expected());
    assertEquals(PipelineResult.State.DONE, pipeline.run().waitUntilFinish());
  }

  @Test
  void countsOfShardsAreTheSameInWhateverOrderTheyAreMerged() throws Exception {
    List<CodeCount> parts = new ArrayList<>();
    for (PlacedTranslation each : data()) {
      parts.add(new CodeCount(each.coding().resourceType(), each.translation(), 1));
    }
    CombineFnTester.testCombineFn(
        new SumCodes.MergeTallies(), parts, containsInAnyOrder(expected()));
    CodeTally tally = new CodeTally();
    parts.forEach(each -> tally.add(each.resourceType(), each.translation(), each.n()));
    CodeTally decoded = CoderUtils.clone(new CodeTallyCoder(), tally);
    assertEquals(
        Set.copyOf(CodeTallyCoder.counts(tally)), Set.copyOf(CodeTallyCoder.counts(decoded)));
  }

  @Test
  void aMergeGoesOnWithTheFirstCountsAndLeavesTheOthersAsTheyAre() {
    SumCodes.MergeTallies merge = new SumCodes.MergeTallies();
    List<CodeTally> tallies = new ArrayList<>();
    for (PlacedTranslation each : data()) {
      CodeTally tally = new CodeTally();
      tally.add(each.coding().resourceType(), each.translation());
      tallies.add(tally);
    }
    List<CodeCount> second = CodeTallyCoder.counts(tallies.get(1));
    CodeTally merged = merge.mergeAccumulators(tallies);
    assertSame(tallies.get(0), merged);
    assertEquals(Set.of(expected()), Set.copyOf(CodeTallyCoder.counts(merged)));
    assertEquals(second, CodeTallyCoder.counts(tallies.get(1)));
    merged.addAll(tallies.get(1));
    assertEquals(second, CodeTallyCoder.counts(tallies.get(1)));
    assertEquals(0, merge.mergeAccumulators(List.of()).size());
  }

  @Test
  void inAStreamEachWindowIsCountedByItself(TestPipeline pipeline) {
    TestStream.Builder<PlacedTranslation> stream = TestStream.create(PlacedTranslationCoder.of());
    stream = stream.advanceWatermarkTo(Instant.ofEpochMilli(0));
    for (PlacedTranslation each : data()) {
      stream =
          stream.addElements(
              TimestampedValue.of(each, Instant.ofEpochMilli(5_000)),
              TimestampedValue.of(each, Instant.ofEpochMilli(65_000)));
    }
    PCollection<CodeCount> counts =
        pipeline
            .apply(stream.advanceWatermarkToInfinity())
            .apply(Window.into(FixedWindows.of(Duration.standardMinutes(1))))
            .apply("Count codes", Codes.count());
    for (long minute = 0; minute < 2; minute++) {
      PAssert.that(counts)
          .inOnTimePane(
              new IntervalWindow(
                  Instant.ofEpochMilli(minute * 60_000), Duration.standardMinutes(1)))
          .containsInAnyOrder(expected());
    }
    assertEquals(PipelineResult.State.DONE, pipeline.run().waitUntilFinish());
  }

  @Test
  void codesThatOtherMapsAnswerOtherwiseAreFoundWithTheirNumber(TestPipeline pipeline)
      throws Exception {
    CodeMaps newer =
        fromFile(
            "new.csv",
            "LN,1-8,urn:t,x,equivalent,urn:m,2\n"
                + "LN,2-6,urn:t,y,equivalent,urn:m,2\n"
                + "LN,9-9,urn:t,n,equivalent,urn:m,2\n");
    PCollection<CodeChange> changes =
        pipeline
            .apply(Create.of(data()))
            .apply("Count codes", Codes.count())
            .apply("Compare", Codes.compare(maps, newer));
    CodeCount two = count("Observation", "2-6", "two", 1);
    CodeCount nine = count("Observation", "9-9", "nine", 2);
    CodeMap other = newer.load();
    PAssert.that(changes)
        .containsInAnyOrder(
            new CodeChange(
                "Observation",
                two.translation(),
                other.translate(two.translation().source(), SeveralTargets.AMBIGUOUS),
                1,
                MapDiff.When.NOW),
            new CodeChange(
                "Observation",
                nine.translation(),
                other.translate(nine.translation().source(), SeveralTargets.AMBIGUOUS),
                2,
                MapDiff.When.NOW));
    assertEquals(PipelineResult.State.DONE, pipeline.run().waitUntilFinish());
  }
}
