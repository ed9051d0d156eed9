package org.healthbeam.runners.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.runners.spark.SparkPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Latest;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PeriodicImpulse;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.transforms.code.CodeColumns;
import org.healthbeam.transforms.code.CodeMaps;
import org.healthbeam.transforms.code.Codes;
import org.joda.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Code maps that change need side inputs that change, which Spark does not have. */
class ChangingMapsOnSparkTest {
  private static final Duration EVERY = Duration.standardMinutes(5);
  private static final Schema CLAIM = Schema.builder().addStringField("diagnosis").build();

  @TempDir Path folder;
  private String file;
  private CodeMaps maps;
  private Pipeline pipeline;

  @BeforeEach
  void build() throws Exception {
    Path map = folder.resolve("map.csv");
    Files.writeString(
        map, "source_system,source_code,target_system,target_code\nurn:s,a,urn:t,x\n");
    file = map.toString();
    maps = CodeMaps.fromFiles(List.of(file));
    SparkPipelineOptions options =
        PipelineOptionsFactory.fromArgs("--sparkMaster=local[1]").as(SparkPipelineOptions.class);
    new SparkAdapter().configure(options);
    pipeline = Pipeline.create(options);
  }

  /** A view as an author may make one, without {@link Codes#watch}. */
  private PCollectionView<CodeMaps> changing() {
    CodeMaps now = maps;
    return pipeline
        .apply("Tick", PeriodicImpulse.create().withInterval(EVERY))
        .apply("Maps", MapElements.into(TypeDescriptor.of(CodeMaps.class)).via(tick -> now))
        .apply(
            "Each at once",
            Window.<CodeMaps>into(new GlobalWindows())
                .triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(1)))
                .withAllowedLateness(Duration.ZERO)
                .discardingFiredPanes())
        .apply("Latest", Latest.globally())
        .apply("View", View.asSingleton());
  }

  @Test
  void everyTransformRefusesAViewThatChangesWhereThePipelineIsBuilt() {
    PCollectionView<CodeMaps> view = changing();
    PCollection<Coding> codings = pipeline.apply("Codings", Create.of(Coding.of("urn:s", "a")));
    PCollection<InputRecord> records =
        pipeline.apply(
            "Records", Create.of(InputRecord.ofText("f", "1", "{\"resourceType\":\"Patient\"}")));
    PCollection<Row> rows =
        pipeline.apply(
            "Claims", Create.of(Row.withSchema(CLAIM).addValue("a").build()).withRowSchema(CLAIM));
    refused(() -> records.apply("Map codes", Codes.map(view)));
    refused(() -> codings.apply("Translate", Codes.translate(view)));
    refused(
        () ->
            rows.apply(
                "Map rows", Codes.mapRows(view, CodeColumns.of("diagnosis").inSystem("urn:s"))));
    refused(
        () ->
            codings.apply(
                "Map values",
                Codes.mapValues(
                        view,
                        (Coding coding) -> List.of(coding),
                        (coding, answered) -> coding.code())
                    .into(TypeDescriptors.strings())));
  }

  private static void refused(Executable apply) {
    assertEquals(
        "A view of code maps that changes cannot be used on SparkRunner in streaming: it has no"
            + " side inputs that change. Use CodeMaps.fromFiles, or run on Flink.",
        assertThrows(UnsupportedOperationException.class, apply).getMessage());
  }

  @Test
  void watchedMapsAreRefusedToo() throws Exception {
    var watch = Codes.watch(List.of(file), EVERY);
    assertEquals(
        "Code maps cannot be watched on SparkRunner in streaming: it has no side inputs that"
            + " change. Use CodeMaps.fromFiles, or run on Flink.",
        assertThrows(UnsupportedOperationException.class, () -> pipeline.apply("Watch", watch))
            .getMessage());
  }

  @Test
  void aViewThatNeverChangesIsTaken() {
    PCollectionView<CodeMaps> view =
        pipeline.apply("Maps", Create.of(maps)).apply("View", View.asSingleton());
    PAssert.that(
            pipeline
                .apply("Codings", Create.of(Coding.of("urn:s", "a"), Coding.of("urn:s", "b")))
                .apply("Translate", Codes.translate(view))
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(each -> each.source().code() + " " + each.outcome().code())))
        .containsInAnyOrder("a mapped", "b unmapped");
    assertEquals(PipelineResult.State.DONE, pipeline.run().waitUntilFinish());
  }
}
