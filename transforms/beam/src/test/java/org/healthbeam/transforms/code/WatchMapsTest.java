package org.healthbeam.transforms.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.coders.InstantCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.PeriodicImpulse;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.StageLedger;
import org.healthbeam.transforms.outcome.InputRecordCoder;
import org.healthbeam.transforms.outcome.Rejects;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPipelineExtension.class)
class WatchMapsTest {
  private static final TupleTag<InputRecord> RECORDS = new TupleTag<>("records") {};
  private static final TupleTag<Instant> TICKS = new TupleTag<>("ticks") {};

  @TempDir Path dir;

  @Test
  void recordsAfterAChangeAreMappedByTheNewVersionAndABrokenOneIsRefused(TestPipeline pipeline)
      throws Exception {
    Path map = dir.resolve("map.csv");
    write(map, version("1", "x"));
    Rejects rejects = Rejects.with(PayloadHash.salted());
    WatchMaps watch = Codes.watch(List.of(map.toString()), Duration.standardMinutes(5));

    PCollectionTuple happened =
        pipeline
            .apply(
                TestStream.create(StringUtf8Coder.of())
                    .advanceWatermarkTo(Instant.EPOCH)
                    .addElements("tick")
                    .addElements("a")
                    .addElements("tick")
                    .addElements("b")
                    .addElements("write " + version("2", "y"))
                    .addElements("c")
                    .addElements("write " + version("3", "y\nurn:s,b"))
                    .addElements("d")
                    .addElements("tick")
                    .addElements("write " + version("4", "z"))
                    .addElements("e")
                    .advanceWatermarkToInfinity())
            .apply(
                "Happen",
                ParDo.of(new Happen(map.toString()))
                    .withOutputTags(RECORDS, TupleTagList.of(TICKS)));
    PCollectionView<CodeMaps> maps =
        watch.countedIn(rejects).onTicks(happened.get(TICKS).setCoder(InstantCoder.of()));
    PCollectionTuple mapped =
        happened
            .get(RECORDS)
            .setCoder(InputRecordCoder.of())
            .apply(Window.into(FixedWindows.of(Duration.standardMinutes(1))))
            .apply("Map codes", Codes.map(maps).rejectedTo(rejects));

    PCollection<String> versions =
        mapped
            .get(MapCodes.TRANSLATIONS)
            .apply(
                MapElements.into(TypeDescriptors.strings())
                    .via(
                        each ->
                            each.position()
                                + " "
                                + each.translation().answers().get(0).map()
                                + " "
                                + each.translation().answers().get(0).target().code()))
            .apply("Together", Window.into(new GlobalWindows()));
    PAssert.that(versions)
        .containsInAnyOrder(
            "a " + new MapId("urn:m", "1") + " x",
            "b " + new MapId("urn:m", "1") + " x",
            "c " + new MapId("urn:m", "2") + " y",
            "d " + new MapId("urn:m", "2") + " y",
            "e " + new MapId("urn:m", "4") + " z");
    rejects.all(pipeline);

    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertEquals(List.of(), rejects.ledger(result.metrics()).violations());
    Map<String, StageLedger> stages =
        rejects.ledger(result.metrics()).stages().stream()
            .collect(Collectors.toMap(StageLedger::stage, s -> s));
    StageLedger looks = stages.get("Watch code maps");
    assertEquals(6, looks.in());
    assertEquals(3, looks.outcomes().get("taken"));
    // A file that was written just now is read again, and then refused again.
    assertTrue(looks.outcomes().get("refused") >= 1, looks::toString);
    assertEquals(5, stages.get("Map codes").in());
  }

  @Test
  void theClockItselfLooksAgainAndAgainUntilItStops(TestPipeline pipeline) throws Exception {
    Path map = dir.resolve("map.csv");
    write(map, version("1", "x"));
    Rejects rejects = Rejects.with(PayloadHash.salted());
    WatchMaps watch = Codes.watch(List.of(map.toString()), Duration.standardMinutes(5));
    PCollectionView<CodeMaps> maps =
        watch
            .countedIn(rejects)
            .onTicks(
                pipeline.apply(
                    "Tick",
                    PeriodicImpulse.create()
                        .withInterval(Duration.millis(100))
                        .stopAfter(Duration.millis(500))));
    PCollection<String> told =
        pipeline
            .apply("Records", Create.of(List.of("a", "b")))
            .apply(
                "Happen",
                ParDo.of(new Happen(map.toString()))
                    .withOutputTags(RECORDS, TupleTagList.of(TICKS)))
            .get(RECORDS)
            .setCoder(InputRecordCoder.of())
            .apply("Map codes", Codes.map(maps).rejectedTo(rejects))
            .get(MapCodes.TRANSLATIONS)
            .apply(
                MapElements.into(TypeDescriptors.strings())
                    .via(
                        each -> each.position() + " " + each.translation().answers().get(0).map()));
    PAssert.that(told).containsInAnyOrder("a urn:m|1", "b urn:m|1");
    rejects.all(pipeline);

    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    StageLedger looks =
        rejects.ledger(result.metrics()).stages().stream()
            .filter(stage -> stage.stage().equals("Watch code maps"))
            .findFirst()
            .orElseThrow();
    assertTrue(looks.in() >= 5, looks::toString);
    assertEquals(1, looks.outcomes().get("taken"));
    assertEquals(looks.in() - 1, looks.outcomes().get("unchanged"));
  }

  @Test
  void aNewVersionMayBePutBesideTheOneBefore(TestPipeline pipeline) throws Exception {
    Path old = dir.resolve("m-1.csv");
    write(old, version("1", "x"));
    WatchMaps watch =
        Codes.watch(List.of(dir.toString()), Duration.standardMinutes(5), CodeMaps::latestVersions);
    Rejects rejects = Rejects.with(PayloadHash.salted());
    PCollectionTuple happened =
        pipeline
            .apply(
                TestStream.create(StringUtf8Coder.of())
                    .advanceWatermarkTo(Instant.EPOCH)
                    .addElements("tick")
                    .addElements("a")
                    .addElements("write " + version("2", "y"))
                    .addElements("b")
                    .advanceWatermarkToInfinity())
            .apply(
                "Happen",
                ParDo.of(new Happen(dir.resolve("m-2.csv").toString()))
                    .withOutputTags(RECORDS, TupleTagList.of(TICKS)));
    PCollectionView<CodeMaps> maps =
        watch.countedIn(rejects).onTicks(happened.get(TICKS).setCoder(InstantCoder.of()));
    PCollection<String> told =
        happened
            .get(RECORDS)
            .setCoder(InputRecordCoder.of())
            .apply("Map codes", Codes.map(maps).rejectedTo(rejects))
            .get(MapCodes.TRANSLATIONS)
            .apply(
                MapElements.into(TypeDescriptors.strings())
                    .via(
                        each -> each.position() + " " + each.translation().answers().get(0).map()));
    PAssert.that(told).containsInAnyOrder("a urn:m|1", "b urn:m|2");
    rejects.all(pipeline);
    pipeline.run().waitUntilFinish();
    assertThrows(
        InvalidMapException.class,
        () -> Codes.watch(List.of(dir.toString()), Duration.standardMinutes(5)));
  }

  @Test
  void aBrokenFirstVersionStopsThePipelineWhereItIsBuilt() throws Exception {
    Path map = dir.resolve("map.csv");
    write(map, "source_system,source_code\nurn:s,a\n");
    assertThrows(
        InvalidMapException.class,
        () -> Codes.watch(List.of(map.toString()), Duration.standardMinutes(5)));
  }

  @Test
  void onSparkItSaysSoWhenThePipelineIsBuilt() throws Exception {
    Path map = dir.resolve("map.csv");
    write(map, version("1", "x"));
    WatchMaps watch = Codes.watch(List.of(map.toString()), Duration.standardMinutes(5));
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(SparkLikeRunner.class);
    Pipeline pipeline = Pipeline.create(options);
    assertEquals(
        "Code maps cannot be watched on SparkLikeRunner in streaming: it has no side inputs that"
            + " change. Use CodeMaps.fromFiles, or run on Flink.",
        assertThrows(UnsupportedOperationException.class, () -> pipeline.apply("Watch", watch))
            .getMessage());
  }

  @Test
  void watchedMapsHaveNoOneVersionToCompareWith(TestPipeline pipeline) throws Exception {
    Path map = dir.resolve("map.csv");
    write(map, version("1", "x"));
    List<String> files = List.of(map.toString());
    PCollectionView<CodeMaps> view =
        pipeline.apply("Watch", Codes.watch(files, Duration.standardMinutes(5)));
    CodeMaps earlier = CodeMaps.fromFiles(files);
    assertThrows(IllegalStateException.class, () -> Codes.map(view).changedSince(earlier));
    pipeline.enableAbandonedNodeEnforcement(false);
  }

  private static String version(String version, String target) {
    return "source_system,source_code,target_system,target_code,map_url,map_version\n"
        + "urn:s,a,urn:t,"
        + target
        + ",urn:m,"
        + version
        + "\n";
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
  }

  /** Writes maps and ticks, or is a record. */
  static final class Happen extends DoFn<String, InputRecord> {
    private static final long serialVersionUID = 1L;
    private final String map;

    Happen(String map) {
      this.map = map;
    }

    @ProcessElement
    public void process(@Element String event, MultiOutputReceiver out) throws IOException {
      if (event.startsWith("write ")) {
        write(Path.of(map), event.substring("write ".length()));
      }
      if (event.startsWith("write ") || event.equals("tick")) {
        out.get(TICKS).output(Instant.EPOCH);
      } else {
        out.get(RECORDS)
            .output(
                InputRecord.ofText(
                    "f",
                    event,
                    "{\"resourceType\":\"Condition\",\"code\":{\"coding\":["
                        + "{\"system\":\"urn:s\",\"code\":\"a\"}]}}"));
      }
    }
  }

  /** Is called like the runner, which is not on this class path. */
  public static final class SparkLikeRunner extends PipelineRunner<PipelineResult> {
    public static SparkLikeRunner fromOptions(PipelineOptions options) {
      return new SparkLikeRunner();
    }

    @Override
    public PipelineResult run(Pipeline pipeline) {
      throw new AssertionError("must not run");
    }
  }
}
